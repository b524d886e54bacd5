package deid_test

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// everydayNames are given names that are everyday words as well. None stands in
// the labelled notes' tuning half for its own sake: what finds them must be what
// is around them.
var everydayNames = strings.Fields(`hope grace chase austin mark bill rose angel faith summer jack drew pat rich art gene dawn joy ray sky river star
storm bear hunter stone king rusty misty ginger olive ivy iris lily daisy violet jasmine heather amber ruby pearl jade crystal penny sandy
frank curt miles dean duke earl grant lane reed brook cliff dale glen forest chuck sonny dusty destiny trinity harmony melody serenity
patience prudence constance mercy charity carol eve jan wade hank jay robin wren raven phoenix chelsea brandy sherry candy chance lance colt
tanner mason carter cooper sawyer parker porter archer royal sage basil rosemary sterling blaze maverick journey honey bob sue holly noel
autumn winter page paige`)

// neutralCarriers say of somebody what can be said of anybody, in small letters.
var neutralCarriers = []string{
	"pt is worried about %s", "she lives with %s now", "%s said he would do it", "he told %s to leave", "ct's sister %s called",
	"%s came in late today", "saw %s today for intake", "she and %s are fighting again", "%s denies si", "session with %s went ok",
	"%s no showed", "she has a restraining order against %s", "so %s hit her last night", "apparently %s knows", "%s and her mom argued",
	"%s, 14, cutting again", "she says %s drinks too much", "%s wants to die", "what if %s finds out", "he is stalking %s",
	"today %s disclosed abuse by her stepdad", "%s threatened to shoot his boss", "%s wont come back", "the baby is with %s",
	"%s hasnt slept in days", "mom thinks %s did it", "%s is 15", "fyi %s has a gun", "%s (8) is afraid of dad", "spoke w %s about it",
	"my client %s hears voices", "%s keeps texting her", "-%s: si, no plan", "he punched %s twice", "she trusts %s", "%s is her sponsor",
	"%s texted goodbye", "heard from %s again", "the one who did it was %s", "her kids are %s and lorenzo",
}

// A few in a hundred may pass: those whose neighbours read as well with the word.
func TestEverydayNamesAreFoundInNeutralSentences(t *testing.T) {
	t.Parallel()
	s := scrubber(t)
	have, found := 0, 0
	byCarrier := map[string]int{}
	for _, name := range everydayNames {
		for _, carrier := range neutralCarriers {
			for _, line := range []string{carrier, strings.ToUpper(carrier[:strings.Index(carrier, "%s")]) + "%s" + strings.ToUpper(carrier[strings.Index(carrier, "%s")+2:])} {
				who := name
				if line != carrier {
					who = strings.ToUpper(name)
				}
				at := utf8.RuneCountInString(line[:strings.Index(line, "%s")])
				text := strings.Replace(line, "%s", who, 1)
				have++
				for _, sp := range s.Find(text) {
					if sp.Start <= at && sp.End >= at+len(who) {
						found++
						byCarrier[line]++
					}
				}
			}
		}
	}
	for carrier, n := range byCarrier {
		if n < len(everydayNames)*9/10 {
			t.Errorf("%q: %d of %d names found", carrier, n, len(everydayNames))
		}
	}
	if float64(found) < 0.985*float64(have) {
		t.Errorf("found %d of %d names that are everyday words", found, have)
	}
	t.Logf("found %d of %d, %.2f %%", found, have, 100*float64(found)/float64(have))
}
