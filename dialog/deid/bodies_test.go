package deid_test

import "testing"

// Bodies, places and positions of plain words: what leads to them, what they end
// in and what stands between their halves goes with them.
func TestWhatIsCalledByPlainWordsIsFound(t *testing.T) {
	t.Parallel()
	s := scrubber(t)
	for name, text := range map[string]string{
		"a role of few":                          "She is {principal cellist at Spoleto} this year.",
		"a role for a county":                    "Then the {night dispatcher for Garfield County} took the call.",
		"a role with words between":              "He is {anchor of the 5 o'clock on KFYR} and tired.",
		"a role behind its town":                 "It was {Moab's only midwife} who called.",
		"a role and its state":                   "They stay with the {mayor of Hyannis, Nebraska}, all four.",
		"one of two":                             "She's {one of two Garifuna interpreters in New Orleans} now.",
		"the first to do something":              "The {first woman to captain the Lummi Island} ferry.",
		"a champion by year":                     "My kid is the {2025 Nebraska spelling champion}, so I stay vague.",
		"a seat in an orchestra":                 "Hx: {first chair oboe}, focal dystonia.",
		"what somebody runs":                     "He runs the {night desk at the Stanley Hotel} alone.",
		"a learning center in small letters":     "grandma enrolled him in {little acorns learning center} last week",
		"a landlord in small letters":            "her landlord, {pinewood management}, is using the letter",
		"a family firm":                          "pt does hvac for {comfort brothers}, falls asleep",
		"a firm of one plain word":               "laid off from {intel} and says he is fine",
		"a firm that does something to somebody": "{swift} has him hauling to laredo",
		"a chain of plain words":                 "stays with {merry maids} because the boss is kind",
		"a band":                                 "my guy plays bass in {rusty gallows} and drinks",
		"a team by who coaches it":               "coach from the {lady longhorns} pulled me aside",
		"a lodge":                                "he wants to apologize to {the elks in butte} for a fight",
		"a club of a town":                       "ran the {rotary club of minot} for years",
		"members of a body":                      "Got a subpoena from {Legal Aid of Nebraska}, can I call?",
		"a faith's services":                     "how much do I tell {Lutheran Social Services} about her",
		"a hospital for children":                "{Nationwide Children's} says nine months.",
		"a school for the deaf":                  "Ruthanne teaches at {Rochester School for the Deaf} now.",
		"what is called by an article":           "Drinks at {The Office} every night.",
		"a title with words of grammar":          "She sings in {Sonic Boom of the South} again.",
		"police of a town":                       "married a cop, {biloxi pd}, who asks",
		"a county's jail":                        "a visit from {sandusky county jail} next week",
		"a trail":                                "ct walks the {deschutes river trail} every morning",
		"a town that is a word of grammar":       "Placement with grandma in {Many}, Louisiana, approved.",
		"a town behind in":                       "one of them signed a lease in {bend}",
		"a quarter with its article":             "pt says the {tenderloin} is where he scores",
		"a street off which somebody lives":      "living out of a storage unit off {telegraph}, alone",
		"a street by compass":                    "the pharmacy at walgreens on {n 3rd} closed",
		"a block of a street":                    "the {900 block of elm} got raided",
		"a county road by letter":                "a home visit on {county rd f}?",
		"a street with no street behind it":      "a box came to {1140 tamarack}, suite 200, for him",
		"a bus by its number":                    "Panic on the {42} bus, same driver.",
		"a train by its letter":                  "She sleeps on the {A train} now.",
		"a line by its colour":                   "he spends nights on the {blue line}",
		"a block of a jail":                      "He's on {C-pod} with a paper gown.",
		"a ward by word and compass":             "Whoever covers {Three North} on weekends.",
		"a room with its cue":                    "pt in {room 12} refuses groups",
		"fire engines":                           "He drove. {Engine 12}, the anniversary is near.",
		"a date before a scale":                  "her {4/18} PHQ was 22",
		"a year behind an apostrophe":            "The paper says {Sept 8 '71} and is wrong.",
		"a screen name with a dot":               "she follows {sadgirl.studies} online",
		"a surname behind a nickname":            "if {wilhelmina \"billie\" graves} shows up",
		"who is named behind a role":             "new warden, {hatch}, no pencils in group",
		"a name said to be what one is called":   "{copper} is what she calls her baby sister",
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

func TestOrdinaryPlacesAndPeopleStand(t *testing.T) {
	t.Parallel()
	s := scrubber(t)
	for name, text := range map[string]string{
		"a state behind nothing":    "Faint pink line. Indiana. I know what to do.",
		"a language":                "He speaks only Karen and smiles; her English is good.",
		"hours of four digits":      "slept 0200 and woke 0530, meds given 2130.",
		"hours in words":            "They came for the boys at four a.m. and left.",
		"miles in words":            "He walked four miles to the nearest clinic.",
		"ordinary events":           "He slept, went to lacrosse practice, and cried at the snack table.",
		"parts of the body":         "She noticed a rash near the collarbone.",
		"a guy":                     "guy on the bridge; the yoga guy; some guy from group.",
		"a door":                    "He dreams of the red door at home.",
		"rare words of the clinic":  "Benign neutropenia, pseudobulbar affect, HPPD and brainspotting.",
		"words of chat":             "She says she is delulu, meh, and wants donuts and kombucha.",
		"a phone's capitals":        "She was tearful And Noticed that he left.",
		"jobs without any body":     "A night nurse, a swim coach and the only friend she trusts.",
		"a center without any name": "the call center, a community center, the treatment center and case management.",
	} {
		if spans := s.Find(text); len(spans) > 0 {
			scrubbed, _ := s.Replace(text)
			t.Errorf("%s: %q became %q", name, text, scrubbed)
		}
	}
}
