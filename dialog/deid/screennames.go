package deid

import "curbside/dialog/deid/internal/lexicon"

// screenNames finds what somebody is called online: "her handle is glows", "on
// insta as miss.odalys.glows".
func (d *doc) screenNames() {
	for i := range d.t {
		t := &d.t[i]
		if t.form == mark || t.hit != "" || t.kept || t.gap == 0 && !d.is(i-1, "\"", "(", "'") {
			continue
		}
		end := d.chainOfWords(i)
		dots := 0
		for k := i + 1; k < end; k++ {
			if d.is(k, ".") {
				dots++
			}
		}
		switch {
		case dots >= 2 && len(t.text) > 1 && t.form == word && !d.citationNear(i) && len(d.at(end-1).text) > 1:
			d.hit(i, end, Handle)
		case d.screenCue(i-1) && (end > i+1 || t.form == word && t.class&(lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Kin|lexicon.Person|lexicon.Clinical) == 0 && d.ends(end)):
			d.hit(i, end, Handle)
		}
	}
}

// chainOfWords returns the end of words and figures that dots, hyphens and
// underscores join without a space.
func (d *doc) chainOfWords(i int) int {
	end := i + 1
	for d.at(end).form == mark && d.is(end, ".", "_", "-") && d.glued(end) && d.at(end+1).form != mark && d.glued(end+1) {
		end += 2
	}
	return end
}

// screenCue reports that what somebody is called online follows token k.
func (d *doc) screenCue(k int) bool {
	if d.at(k).form == mark && d.is(k, "\"", "(") {
		k--
	}
	if !screenLinks.has(d.at(k).text) {
		return false
	}
	k--
	if d.is(k, "name") && d.is(k-1, "user", "screen", "account", "profile", "channel") {
		return true
	}
	for n := 0; n < 3 && d.is(k, "on", "the", "that", "this", "app", "site", "game", "there", "in", "forum", "server", "ig", "insta", "tiktok", "discord", "reddit", "kik") && d.at(k-1).form == word && !d.is(k-1, "her", "his", "their", "my", "client", "pt"); n++ {
		k-- // her handle on the app is
	}
	return d.is(k, "handle", "username", "screenname", "gamertag", "insta", "ig", "snap", "snapchat", "tiktok", "discord", "finsta", "kik", "twitch", "alt", "burner") && d.at(k).gap == ' ' &&
		(!d.is(k, "snap", "alt", "burner", "discord", "tiktok", "snapchat", "twitch", "ig", "insta", "kik") || d.is(k-1, "her", "his", "their", "my", "on", "the", "client", "pt"))
}

// screenLinks stand between a network and what somebody is called there.
var screenLinks = wordsOf("is was : = as named called")
