package deid_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"curbside/dialog/deid"
)

// found are sentences with an identifier between braces, of which no letter or
// digit may stand. They follow 45 CFR 164.514(b)(2)(i), then the ways in which
// other scrubbers fail.
var found = []struct {
	name string
	kind deid.Kind // "" where several are right
	text string
}{
	{"a given name", deid.Name, "I met {Candace} today."},
	{"a given name without a capital", deid.Name, "i met {candace} today"},
	{"a given name in capitals", deid.Name, "I MET {LORENZO} TODAY."},
	{"a possessive", deid.Name, "{Lorenzo's} sister called."},
	{"a family", deid.Name, "the {Whitfields'} house"},
	{"a name and an initial", deid.Name, "Spoke to {Thandeka N.} about it."},
	{"initials", deid.Name, "Client {T.N.} reports voices."},
	{"a double name", deid.Name, "Mrs. {Quinn-Abara} called."},
	{"a name with an apostrophe", deid.Name, "Mr. {O'Dowd} is the father."},
	{"a name with a particle", deid.Name, "Her teacher is {Paulo dos Anjos} now."},
	{"a name with diacritics", deid.Name, "{Nguyễn} did not show."},
	{"a name that is a verb", deid.Name, "call {wade} back"},
	{"a name that is a noun", deid.Name, "{Heaven} said she was hit."},
	{"a name that is an adjective", deid.Name, "told {Sterling} the truth"},
	{"a name that is a job", deid.Name, "her uncle {Porter} drinks"},
	{"a former partner", deid.Name, "her ex {roman} has a key"},
	{"a nickname", "", "Everybody calls her {Pookie}."},
	{"the surname first", "", "{Whitfield, Candace} is on the form."},
	{"spaced letters", "", "her name is {C a n d a c e} ok"},
	{"a digit for a letter", "", "her name is {C4ndace} ok"},
	{"a star for a letter", "", "her name is {L*renzo} ok"},
	{"a misspelt name", "", "I met {Candcae} today."},

	{"a city", deid.Place, "She lives in {Truckee}."},
	{"a city that is a verb", deid.Place, "she lives in {bend} with her son"},
	{"a city that is a scale", "", "She moved to {Vineland}."},
	{"a city that is a scale, without a capital", "", "it was in {vineland} again"},
	{"a city that is a drug", "", "We met in {Doral} about it."},
	{"a town that is a word, behind who comes from it", "", "my guy from {normal} has no ride"},
	{"a town that is a word, behind what stands in it", "", "he got the pills from the shop in {bend} and left"},
	{"a town that is a word, before its state", "", "he is a kid from {Surprise} Arizona"},
	{"a town that is a word, on a paper", "", "the voucher says {wall}, nowhere else"},
	{"a town of two words before a verb", "", "rusty from the shop in {cut bank} got him the pills"},
	{"a lodge that is called like a diagnosis", "", "He went to a meeting at the {Odd Fellows Hall} again."},
	{"a screen name told from afar", "", "her handle on the app is {grief.llama} now"},
	{"an overpass", deid.Place, "He sleeps under the {14th St overpass} at night."},
	{"an agency and its town", "", "The social worker at the {VA in Canandaigua} called."},
	{"a firm by its owner and its trade", "", "he was let go by {swiftwater couriers} last fall"},
	{"a square", "", "he circles {lafayette square} for half an hour"},
	{"a team of a town", "", "she coaches the {dunlap diggers} (volleyball) now"},
	{"an everyday word with an age", deid.Name, "dealing with {cash}, 17, who thinks every adult wants something"},
	{"an everyday surname at the end of a clause", deid.Name, "the therapist of record was {ignatius broom}, retired"},
	{"a nickname that is a rare word", "", "the kid insists i call him {tater}. fine in session"},
	{"a firm by its owner, after a comma", "", "he is suing his employer, {lockhart steel}, for the fall"},
	{"a home after its room", "", "resident of room {31w}, {birch manor}, asks"},
	{"a given name that is a word, before its surname", "", "new patient {hyacinth boateng} for an evaluation"},
	{"the next town", deid.Place, "he said {duluth}, then {superior}, then nothing"},
	{"a regiment", deid.Organization, "her husband was {2nd bn 11th marines} then"},
	{"a barn for weddings", "", "an open bar, {the barn at hickory ridge}, go or not?"},
	{"who is pointed out", deid.Name, "that was {clay}, not her dad"},
	{"a word that hardly anybody is called", deid.Name, "her brother {ash} is using again"},

	{"a county", deid.Place, "The {Washoe County} office called."},
	{"a city of two words", deid.Place, "he was arrested in {grand rapids}"},
	{"a crossing", deid.Place, "He waits at {Birchwood & 9th} for her."},
	{"an exit", deid.Place, "She broke down off {I-81 exit 212} alone."},
	{"a box", deid.Place, "Write to {PO Box 212} please."},
	{"a unit", deid.Place, "She is in {Apt 7C} now."},
	{"a street address", deid.Place, "Go to {4417 Alder Creek Rd} now."},
	{"a ZIP code", deid.Place, "The zip is {97702} there."},
	{"a ZIP code of nine digits", "", "The zip is {97702-1143} there."},
	{"a foreign city", deid.Place, "He fled {Aleppo} last year."},
	{"a city that is a state", "", "She lives in {New York City} now."},

	{"day and month", deid.Date, "Seen {6/30} again."},
	{"a date with dots", deid.Date, "Seen {30.6.21} again."},
	{"a date as computers write it", deid.Date, "Seen {2021-06-30} again."},
	{"a date without separators", deid.Date, "Seen {20210630} again."},
	{"a day and a short month", deid.Date, "Seen {30-Jun} again."},
	{"a date in words", deid.Date, "Seen on {June the thirtieth} again."},
	{"the day alone", deid.Date, "Due on {the 30th} at noon."},
	{"the day before the month", deid.Date, "Due on {the thirtieth of june} at noon."},
	{"the month alone", deid.Date, "sober since {june}"},
	{"the middle of a month", deid.Date, "It began {mid-June} or so."},
	{"a span", deid.Date, "Away {6/2} thru {6/9} with her."},
	{"a holiday", deid.Date, "It happened on {Flag Day} at home."},
	{"a holiday with an apostrophe", deid.Date, "It happened on {New Year's Day} at home."},
	{"a Spanish date", deid.Date, "desde el {30 de junio} no duerme"},
	{"a French date", deid.Date, "le {30 juin} dernier"},
	{"may as a month", deid.Date, "It began in {May} and got worse."},
	{"a timestamp of Discord", deid.Date, "at {<t:1625011200:D>} he called"},
	{"an age over 89", deid.Age, "A {98yo} man with bruises."},
	{"an age of a hundred and two", deid.Age, "He is a {hundred and two} by now."},
	{"an age in words", deid.Age, "Her aunt, {ninety-nine}, fell."},
	{"a birth year that shows the age", deid.Age, "He was born {1926} and drives."},

	{"a telephone number with an extension", deid.Phone, "Call {(614) 555 0188 x3} now."},
	{"a telephone number with a slash", deid.Phone, "Call {614/555-0188} now."},
	{"a local number", deid.Phone, "Call {555-0188} now."},
	{"a foreign number", deid.Phone, "Call {+61 2 5550 0188} now."},
	{"a number in words", deid.Phone, "call {six one four five five five oh one eight eight} now"},
	{"a number with dots and spaces", deid.Phone, "Call {614 . 555 . 0188} now."},
	{"full-width digits", deid.Phone, "Call {６１４-５５５-０１８８} now."},
	{"digits with something invisible inside", deid.Phone, "Call {614-5\u200b55-01\u200b88} now."},
	{"a fax number", deid.Fax, "Fax it to fax {614-555-0143} today."},
	{"an address", deid.Email, "Write to {candace.w+x@example.net} today."},
	{"an address in words", deid.Email, "write to {candace at example dot net} today"},
	{"an address in brackets", deid.Email, "Write to {candace[at]example[.]net} today."},
	{"both halves of a mail link", deid.Email, "Write to {<mailto:a@b.example|a@b.example>} today."},
	{"a Social Security number", deid.SSN, "Her SSN is {412-55-8812} there."},
	{"a Social Security number with en dashes", deid.SSN, "It is {412–55–8812} there."},
	{"a Social Security number without dashes", deid.SSN, "It is {412558812} there."},
	{"the last four", deid.SSN, "last four {8812} she says"},
	{"a chart number", deid.Record, "See chart {88-1023} first."},
	{"a plan number", deid.Plan, "Her MBI {1EG4-TE5-MK72} lapsed."},
	{"a card", deid.Account, "The card ending {8812} was used."},
	{"an IBAN", deid.Account, "iban {GB29 NWBK 6016 1331 9268 19} is his"},
	{"a provider number", "", "NPI {1245319599} is mine."},
	{"a passport", deid.Licence, "passport {X4410922} was taken"},
	{"a VIN", deid.Vehicle, "VIN {1HGCM82633A004352} was in the report."},
	{"a plate", deid.Vehicle, "Truck, tag {8KX 204}, outside."},
	{"a serial number", deid.Device, "pump serial {K7781220} shows it"},
	{"a hardware address", deid.IP, "It came from {00:1B:44:11:3A:B7} at night."},
	{"a bare domain", deid.URL, "He posts on {lwhitfield.example/blog} daily."},
	{"a link made harmless", deid.URL, "See {hxxp://bad.example[.]com/x} there."},
	{"both halves of a link", deid.URL, "See {<https://a.example|Wade's page>} there."},
	{"an address of the network", deid.IP, "From {203.0.113.42} at night."},
	{"an address of the network in brackets", "", "From {203[.]0[.]113[.]42} at night."},
	{"a long address of the network", deid.IP, "From {2001:db8::ff00:42:8329} at night."},
	{"a picture", deid.Photo, "She sent {IMG_8812.HEIC} to me."},
	{"a fingerprint", deid.Biometric, "fingerprint template {FP-88120-AA} is on file"},
	{"a handle", deid.Handle, "He is {@candyw88} there."},
	{"a mention of Slack", deid.Handle, "Ask {<@U04AB12CD>} about it."},
	{"a mention of Discord", deid.Handle, "Ask {<@!204255221017214977>} about it."},
	{"an emoji of one's own", deid.Handle, "He said {<:wadehome:2042552210172>} and left."},
	{"a tag", deid.Handle, "He is {dre#0412} there."},
	{"a docket", deid.Case, "docket {22-CR-1180} is his"},
	{"a badge", deid.Code, "badge {44192} hurt her"},
	{"a UUID", "", "record {3f2504e0-4f89-11d3-9a0c-0305e82c3301} is open"},
	{"an employer", deid.Organization, "He works at {Blue Harbor Logistics} nights."},
	{"an employer that is a word", deid.Organization, "he works at {target} nights"},
	{"a school", deid.Organization, "she goes to {lincoln high} here"},
	{"a congregation", deid.Organization, "He attends {Grace Fellowship} with her."},
	{"a clinic", deid.Organization, "Transferred from {Cedar Springs Hospital} today."},
	{"a court case", deid.Case, "I was named in {State v. Whitfield} once."},
	{"a county's coroner", deid.Post, "She is the {county coroner} here."},
	{"a poet laureate", deid.Post, "He is the {poet laureate of Ohio} now."},
	{"a captain", deid.Post, "She is {captain of the swim team at Stonehill} now."},
	{"an abbot", deid.Post, "He is the {abbot of Holy Cross} now."},
	{"the only one of a kind", deid.Post, "She is the {only female firefighter in town}."},
	{"a job at a named place", "", "He is a {night nurse at Mercy General} here."},

	{"a title before half a name", deid.Name, "Dr. {Wade Whitfield} called."},
	{"the first word of a sentence", deid.Name, "{Grace} told me she is done."},
	{"a name after a slash", deid.Name, "mom/{Wade} present"},
	{"a name after a full stop without a space", deid.Name, "She went home.{Wade} left."},
	{"a name after a bullet", deid.Name, "- {Candace} confirmed it"},
	{"a quoted name", deid.Name, "He wrote \"{Candace}\" on it."},
	{"w/ before a name", deid.Name, "Session w/{Wade} went well."},
	{"a letter that is not ASCII", "", "{Óscar} and {Łukasz} came."},
	{"look-alike letters", "", "I met {Gr\u0430ce} today."},
	{"a zero-width space", "", "I met {Gr\u200bace} today."},
	{"a soft hyphen", "", "I met {Gr\u00adace} today."},
	{"decomposed letters", "", "I met {Jose\u0301} today."},
	{"full-width letters", "", "I met {Ｇｒａｃｅ} today."},
	{"mathematical letters", "", "I met {𝓖𝓻𝓪𝓬𝓮} today."},
	{"an emoji inside", "", "I met {Gra🎉ce} today."},
	{"dotted letters", "", "I met {G.r.a.c.e} today."},
	{"another script", "", "I met {Иван} today."},
	{"a name cut in two", "", "I met {Lo renzo} today."},
	{"a word of the clinic as a name", deid.Name, "Officer {Ward} wants the notes."},
	{"a state as a name", deid.Name, "Her ex, {Georgia}, has a key."},
	{"an eponym without its noun", deid.Name, "I met {Beck} at the bar."},
	{"a number in a statute's clothes", "", "under § {614-555-0188} I may"},
	{"two initials after a role", deid.Name, "client {JD} reports voices"},
}

func TestIdentifiersAreFound(t *testing.T) {
	t.Parallel()
	s := scrubber(t)
	for _, tc := range found {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			text, want := unbrace(tc.text)
			spans := s.Find(text)
			for _, w := range want {
				if got := left(text, spans, w[0], w[1]); got != "" {
					t.Errorf("%q is left of %q in %q", got, string([]rune(text)[w[0]:w[1]]), text)
				}
			}
			if kind := kindAt(spans, want[0][0]); tc.kind != "" && kind != tc.kind {
				t.Errorf("%q is a %q, want %q", text, kind, tc.kind)
			}
		})
	}
}

// Kinds that have words for names, which only what stands around them tells.
func TestPlainWordsAreFoundWhereTheyName(t *testing.T) {
	t.Parallel()
	s := scrubber(t)
	for name, text := range map[string]string{
		"a wing":                           "transferred to the {maple wing} last night",
		"a ward by its number":             "pt on {7 north} threw a chair",
		"a room with a letter":             "she is in room {31W} now",
		"a chair with a number":            "he sits in chair {14} on Thursdays",
		"a team":                           "she swims for the {otters} now",
		"a sorority":                       "she told {Alpha Phi} about it",
		"a lodge with its number":          "he drinks at the {Masonic Lodge No. 44} often",
		"a boat":                           "he lives on a boat called the {Second Wind} here",
		"a bank in a town":                 "the trustee is {First Fidelity of Joplin} now",
		"an employer of drivers":           "he drives for {DoorDash} at night",
		"a boulevard without a number":     "he waits on {industrial blvd} at night",
		"the next town":                    "He went to {Duluth}, then {Superior}, then home",
		"a school's head":                  "The {head of school at Larchmont Day} rang me",
		"a bishop":                         "I had a call from the {Lutheran bishop of Bismarck} about it",
		"a birth year behind a relative":   "Mother ({1927}) has bruises",
		"a birth year in a passport":       "her passport says {1933} and she looks it",
		"initials that are a unit":         "client {LB} is 10 and {LB} left a note",
		"a nickname whose sister is meant": "Victim: {Mouse}'s little sister",
		"a nickname in small letters":      "client, nickname {bug}, left",
		"a Welsh name":                     "{Bronwyn ap Rhys} told the sitter",
		"a date among others":              "missed the {4/4} and {4/11} visits",
	} {
		plain, want := unbrace(text)
		spans := s.Find(plain)
		for _, w := range want {
			if got := left(plain, spans, w[0], w[1]); got != "" {
				t.Errorf("%s: %q is left of %q in %q", name, got, string([]rune(plain)[w[0]:w[1]]), plain)
			}
		}
	}
}

func TestIdentifiersAreFoundHoweverTheyAreTyped(t *testing.T) {
	t.Parallel()
	s := scrubber(t)
	for _, tc := range found {
		for voice, retype := range map[string]func(string) string{
			"without capitals":    strings.ToLower,
			"in capitals":         strings.ToUpper,
			"without punctuation": func(s string) string { return strings.TrimRight(s, ".") },
			"after another note":  func(s string) string { return "Client denies SI/HI. PHQ-9 was 14.\n" + s },
		} {
			if caseSays[tc.name] && voice != "after another note" && voice != "without punctuation" {
				continue
			}
			text, want := unbrace(retype(tc.text))
			spans := s.Find(text)
			for _, w := range want {
				if got := left(text, spans, w[0], w[1]); got != "" {
					t.Errorf("%s, %s: %q is left of %q in %q", tc.name, voice, got, string([]rune(text)[w[0]:w[1]]), text)
				}
			}
		}
	}
}

// caseSays are the rows in which only a capital tells the name from the word.
var caseSays = map[string]bool{
	"a name that is a noun": true, "a word of the clinic as a name": true, "may as a month": true, "two initials after a role": true,
	"a city that is a scale": true, "a zero-width space": true, "an eponym without its noun": true,
}

// unbrace takes the braces out and returns where they stood.
func unbrace(s string) (text string, marked [][2]int) {
	var b strings.Builder
	start := 0
	for _, r := range s {
		switch n := utf8.RuneCountInString(b.String()); r {
		case '{':
			start = n
		case '}':
			marked = append(marked, [2]int{start, n})
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), marked
}

func kindAt(spans []deid.Span, at int) deid.Kind {
	for _, sp := range spans {
		if sp.Start <= at && at < sp.End {
			return sp.Kind
		}
	}
	return ""
}

func TestCapitalsTakeInWhatANameBeginsWith(t *testing.T) {
	t.Parallel()
	s := scrubber(t)
	for text, want := range map[string]string{
		"My client bartends at The Gilded Pheasant now.":  "The Gilded Pheasant",
		"Left in a hurry. Banner should know better.":     "Banner",
		"He is a kid from Hell Michigan and proud of it.": "Hell",
	} {
		at := strings.Index(text, want)
		if got := left(text, s.Find(text), at, at+len(want)); got != "" {
			t.Errorf("%q survives in %q", got, text)
		}
	}
}
