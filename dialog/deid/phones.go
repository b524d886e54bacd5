package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// hotlines are the public crisis lines; anybody may be told to call them.
var hotlines = wordsOf("18002738255 8002738255 18007997233 8007997233 18004224453 8004224453 18006564673 8006564673 18006624357 8006624357 18883737888 8883737888 741741 838255 988 911 211 311 811 112 999")

// phones finds telephone numbers and nine-digit Social Security numbers:
// groups of digits with a few marks or single spaces between them.
func (d *doc) phones() {
	var room [14]string // as many groups as there may be
	for i := 0; i < len(d.t); i++ {
		t := &d.t[i]
		if t.hit != "" || t.kept || !(figures(t.text) || t.form == mark && d.is(i, "+", "(") && d.glued(i+1) && figures(d.at(i+1).text)) {
			continue
		}
		end, groups := d.digitGroups(i, room[:0])
		if kind, ok := d.dialled(i, end, groups); ok {
			d.hit(i, d.extension(end), kind)
			i = end - 1
		} else if all := strings.Join(groups, ""); hotlines.has(all) && (len(groups) == 1 || len(all) > 6) && !d.has(i-1, lexicon.Record) && (len(all) > 3 || cues[d.at(i-1).text] != Place) {
			for k := i; k < end; k++ {
				d.t[k].kept = true
			}
			i = end - 1
		}
	}
}

// digitGroups returns the end of a run of digit groups, and appends them to groups,
// which has none yet.
func (d *doc) digitGroups(i int, groups []string) (int, []string) {
	end := i
	for k := i; k < len(d.t); k++ {
		t := &d.t[k]
		switch {
		case t.hit != "" || t.kept || t.gap == '\n' && k > i || len(groups) > 12:
			return end, groups
		case figures(t.text):
			if k > i && t.gap != 0 && d.t[k-1].form != mark && (len(t.text) == 4 && year(t.text) || len(d.t[k-1].text) == 4 && year(d.t[k-1].text)) && len(groups) < 2 {
				return end, groups
			}
			groups = append(groups, t.text)
			end = k + 1
		case t.form == mark && strings.Contains("()-./+~_*[]", t.text) && k-end < 3:
		case t.form == mark && t.text == "," && len(groups) > 0 && d.at(k+1).gap == ' ' && len(groups[0]) == 1:
		default:
			return end, groups
		}
	}
	return end, groups
}

// dialled decides what a run of digit groups is.
func (d *doc) dialled(i, end int, groups []string) (Kind, bool) {
	if len(groups) == 0 {
		return "", false
	}
	digits := strings.Join(groups, "")
	if whole := d.text[d.t[i].from:d.t[end-1].to]; len(groups) == 4 && strings.Count(whole, ".") == 3 && len(whole) == len(digits)+3 {
		return IP, true
	}
	n := len(digits)
	if hotlines.has(digits) && (len(groups) == 1 || n > 6) {
		return "", false
	}
	if n < 5 {
		return "", false
	}
	cued := d.cue(i)
	sizes := ""
	years := 0
	for _, g := range groups {
		sizes += string(rune('0' + min(len(g), 9)))
		if len(g) == 4 && year(g) {
			years++
		}
	}
	switch {
	case sizes == "324", n == 9 && (cued == SSN || len(groups) == 1 && !d.has(end, lexicon.Unit)), sizes == "32" && cued == SSN:
		return SSN, true
	case years == len(groups):
		return "", false
	case n >= 5 && len(groups) == n:
		return d.or(cued, Phone), true
	case d.citedBefore(i) && sizes != "334" && sizes != "34" && sizes != "1334":
		return "", false
	case n >= 7 && n <= 16 && len(groups) > 1 && d.phoneSizes(groups) && !d.isDate(i, end):
		return d.or(cued, Phone), true
	case n >= 10 && n <= 11 && len(groups) == 1:
		return d.or(cued, Phone), true
	case n == 7 && len(groups) == 1 && (cued == Phone || cued == Fax):
		return cued, true
	}
	return "", false
}

func (d *doc) or(k, otherwise Kind) Kind {
	if k != "" {
		return k
	}
	return otherwise
}

// phoneSizes reports groups as telephone numbers have them.
func (d *doc) phoneSizes(groups []string) bool {
	longest := 0
	for _, g := range groups {
		longest = max(longest, len(g))
	}
	return longest >= 3 && longest <= 8 && len(groups) <= 7
}

func (d *doc) isDate(i, j int) bool {
	_, ok := d.dateChain(i, j)
	return ok
}

// extension takes in "x3", "ext. 12" and what closes a bracket.
func (d *doc) extension(end int) int {
	k := end
	if d.is(k, ")") {
		k++
	}
	if d.is(k, ",") && d.is(k+1, "x", "ext", "extension") {
		k++
	}
	switch {
	case d.is(k, "x", "ext", "extension", "#"):
		k++
		if d.is(k, ".", ":", "#") {
			k++
		}
		if figures(d.at(k).text) {
			return k + 1
		}
	case d.at(k).form == number && d.at(k).text[0] == 'x' && figures(d.at(k).text[1:]), strings.HasPrefix(d.at(k).text, "ext") && d.at(k).form == number:
		return k + 1
	}
	return end
}

func year(s string) bool { return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") }

// cues tell what kind of number follows.
var cues = map[string]Kind{
	"fax": Fax, "phone": Phone, "cell": Phone, "mobile": Phone, "tel": Phone, "pager": Phone, "ext": Phone, "extension": Phone, "landline": Phone, "whatsapp": Phone,
	"ssn": SSN, "social": SSN,
	"mrn": Record, "chart": Record, "record": Record, "records": Record, "emr": Record, "ehr": Record, "mychart": Record, "accession": Record, "specimen": Record,
	"policy": Plan, "member": Plan, "subscriber": Plan, "medicaid": Plan, "medicare": Plan, "mbi": Plan, "beneficiary": Plan, "insurance": Plan, "insurer": Plan, "hicn": Plan, "rxbin": Plan, "pcn": Plan,
	"account": Account, "acct": Account, "card": Account, "visa": Account, "mastercard": Account, "amex": Account, "iban": Account, "routing": Account, "swift": Account, "invoice": Account, "debit": Account, "bank": Account, "venmo": Account,
	"license": Licence, "licence": Licence, "lic": Licence, "npi": Licence, "dea": Licence, "passport": Licence, "cert": Licence, "certificate": Licence, "permit": Licence, "dl": Licence, "upin": Licence,
	"vin": Vehicle, "plate": Vehicle, "plates": Vehicle, "tag": Vehicle, "tags": Vehicle, "registration": Vehicle,
	"serial": Device, "imei": Device, "implant": Device, "pacemaker": Device, "device": Device, "pump": Device, "lot": Device, "udi": Device, "sn": Device, "meid": Device, "iccid": Device,
	"zip": Place, "zipcode": Place, "postal": Place, "postcode": Place, "apt": Place, "apartment": Place, "suite": Place, "ste": Place, "box": Place, "exit": Place, "route": Place, "rt": Place, "rte": Place, "hwy": Place, "highway": Place, "interstate": Place, "room": Place, "rm": Place, "bldg": Place, "building": Place, "trailer": Place, "dorm": Place, "marker": Place, "milepost": Place, "gate": Place, "cabin": Place, "unit": Place, "ward": Place, "courtroom": Place, "icu": Place, "nicu": Place, "picu": Place, "micu": Place, "tower": Place, "floor": Place, "wing": Place, "cellblock": Place,
	"docket": Case, "warrant": Case,
	"badge": Code, "inmate": Code, "student": Code, "study": Code, "claim": Code, "ticket": Code, "confirmation": Code, "reference": Code, "ref": Code, "pin": Code, "password": Code, "passcode": Code, "code": Code, "combo": Code, "locker": Place, "id": Code, "employee": Code, "case": Code, "file": Code, "alien": Code, "uscis": Code, "rx": Code, "order": Code, "authorization": Code, "auth": Code, "referral": Code, "participant": Code, "enrollment": Code, "digits": Code, "number": Code, "num": Code, "bed": Place, "pod": Place, "holding": Place, "seg": Place, "tank": Place, "hallway": Place, "flight": Place, "bus": Place, "squad": Code, "engine": Code, "username": Handle, "login": Handle, "user": Handle, "gamertag": Handle, "handle": Handle, "screenname": Handle,
	"fingerprint": Biometric, "template": Biometric, "retina": Biometric, "voiceprint": Biometric, "faceid": Biometric, "hash": Biometric,
}

// shortened are cues that go with a full stop.
var shortened = wordsOf("no nr num lic acct ref ext apt rm tel ste bldg pol cert dl rec mrn id pt ser reg tag vin cell fax ph sn ssn ss soc inv auth conf memb mem med rx hwy rt rte st")

// softCues are words that stand before harmless numbers as well.
var softCues = wordsOf("holding seg tank hallway icu nicu picu micu tower code case study order file number student employee member referral social record records bank insurance insurer card gate device lot bed bus pod floor wing engine digits user medicaid medicare implant room num visa template cell policy certificate mobile phone")

// cue returns the kind that the words before token i promise, "" for none.
func (d *doc) cue(i int) Kind {
	k, _ := d.cueAt(i)
	return k
}

// cueAt also tells whether the cue leaves no doubt.
func (d *doc) cueAt(i int) (Kind, bool) {
	k, seen, firm := i-1, 0, false
	if d.is(k, "(") && d.is(k-1, "ward") {
		return "", false // a guardian's ward and her age
	}
	for ; k >= 0 && seen < 4; k-- {
		t := &d.t[k]
		if t.gap == '\n' && k < i-1 && d.at(k+1).gap == '\n' {
			break
		}
		if t.form == mark {
			switch t.text {
			case "#":
				firm = true
				continue
			case ":", "-", "(", "=", "\"":
				continue
			case ",":
				if d.is(k+1, "maybe", "partial", "possibly") {
					continue
				}
			case ".":
				if d.glued(k+1) || shortened.has(d.at(k-1).text) {
					continue
				}
			}
			break
		}
		if kind, ok := cues[t.text]; ok {
			return kind, firm || !softCues.has(t.text)
		}
		if k >= i-2 && len(t.text) <= 4 && t.class&(lexicon.English|lexicon.Function|lexicon.Clinical) == 0 {
			continue // the letters of a plate
		}
		switch t.text {
		case "number", "no", "nr", "num", "is", "was", "ending", "ends", "in", "with", "id", "of", "last", "four", "4", "s", "and", "starts", "starting", "to", "at", "on", "from", "the", "new", "my", "his", "her", "their", "old", "maybe", "partial", "possibly", "like":
			seen++
			if t.text == "ending" || t.text == "number" || t.text == "four" || t.text == "id" || t.text == "starting" {
				firm = true
			}
			continue
		}
		if t.form == number && seen == 0 {
			seen++
			continue
		}
		break
	}
	if firm && d.is(i-1, "#") {
		return Code, true
	}
	if d.is(i-1, "four", "4", "digits") && d.is(i-2, "last", "final", "first") || d.is(i-1, "is", "are", "were", "was", ":") && d.is(i-2, "four", "4", "digits") {
		return SSN, true
	}
	return "", false
}
