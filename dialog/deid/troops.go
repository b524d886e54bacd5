package deid

// troops finds units of the armed forces by their numbers: "2nd bn 11th marines",
// "3rd Infantry Division", "1/5 cavalry".
func (d *doc) troops() {
	for i := 0; i < len(d.t); i++ {
		if d.t[i].form != number && !troopOrdinals.has(d.t[i].text) {
			continue
		}
		if end := d.troopsEnd(i); end > 0 {
			d.hit(i, end, Organization)
			i = end - 1
		}
	}
}

// troopsEnd returns the end of the unit that begins with the number at i, or 0: two
// marines are none.
func (d *doc) troopsEnd(i int) int {
	end, told := 0, 0
	for k := i + 1; k < i+8 && k < len(d.t) && (d.t[k].gap == ' ' || d.glued(k)); k++ {
		switch {
		case bodiesOfTroops.has(d.t[k].text):
			told += 2
			end = k + 1
		case alsoTroops.has(d.t[k].text):
			told++
			end = k + 1
		case d.t[k].form == number, d.is(k, "/", "-") && d.at(k+1).form == number:
		default:
			k = len(d.t)
		}
	}
	if told < 2 || end == i+2 && figures(d.t[i].text) {
		return 0
	}
	return end
}

// bodiesOfTroops belong to armed forces alone; alsoTroops beside them or beside
// one another.
var (
	bodiesOfTroops = wordsOf("bn battalion brigade bde regiment regt infantry cavalry cav airborne artillery marines fusiliers rangers armored platoon squadron")
	alsoTroops     = wordsOf("division div wing armor engineers engineer combat sustainment special forces fighter bomber mountain recon light mechanized expeditionary marine")
)

// troopOrdinals are the numbers of units that are written in words.
var troopOrdinals = wordsOf("first second third fourth fifth")
