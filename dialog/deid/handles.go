package deid

// handles keeps the handles of the program's own consults. A part of something
// longer is none, nor is what was disguised.
func (d *doc) handles() {
	if d.handle == nil {
		return
	}
	for i := 0; i+4 < len(d.t); i++ {
		if d.t[i].form == word && d.is(i+1, "-") && d.ownHandle(i) {
			for k := i; k < i+5; k++ {
				d.t[k].kept, d.t[k].own = true, true
			}
		}
	}
}

// ownHandle reports a handle whose first word is token i.
func (d *doc) ownHandle(i int) bool {
	if d.t[i+2].form != word || !d.is(i+3, "-") || d.t[i+4].form != number || d.glued(i) && !d.is(i-1, "(", "\"", "'", "[", ":", "/", "*", "_", "`") {
		return false
	}
	if d.glued(i+5) && !d.is(i+5, ".", ",", ";", ":", ")", "]", "\"", "'", "?", "!", "/", "*", "_", "`") || d.glued(i+5) && d.glued(i+6) && d.at(i+6).form == number {
		return false
	}
	for k := i; k < i+5; k++ {
		if t := &d.t[k]; t.hit != "" || t.disguised || t.foreign || t.accented || t.possessive || k > i && t.gap != 0 {
			return false
		}
	}
	return d.handle(d.text[d.t[i].from:d.t[i+4].to])
}
