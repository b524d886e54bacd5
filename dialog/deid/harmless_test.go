package deid_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"unicode"

	"curbside/dialog/deid"
	"curbside/dialog/deid/internal/corpus"
)

func TestClinicTalkStands(t *testing.T) {
	t.Parallel()
	s := scrubber(t)
	for name, text := range map[string]string{
		"abbreviations":               "Pt c/o AVH, denies SI/HI; r/o PTSD, s/p OD, f/u w/ PCP, hx of IOP and ROI on file.",
		"drugs and doses":             "Sertraline 150 mg daily, lorazepam 0.5mg prn, Abilify 5 mg, lithium 300 mg bid x 2 weeks.",
		"scales and scores":           "PHQ-9 14, GAD-7 of 9, MoCA 19/30, GAF 55, mood 4/10, BP 120/80, 95 bpm.",
		"eponyms beside their noun":   "Beck Depression Inventory, Hamilton Rating Scale, Vineland Adaptive Behavior Scales, Down syndrome, Parkinson's disease, Bowen technique.",
		"diagnoses and codes":         "Dx F33.1 and F43.10, billed 90837, DSM-5-TR criteria, COVID-19, vitamin B12.",
		"statutes":                    "Under § 43.92, 42 CFR Part 2, 45 CFR 164.512(j), ORS 419B.010 and Welf. & Inst. Code § 15630.",
		"case names":                  "Tarasoff v. Regents, Ewing v. Goldstein and Jaffee v. Redmond apply.",
		"crisis numbers":              "Gave 988 and 911; the text line is 741741.",
		"states and countries":        "Moved from West Virginia to California; born in Guatemala; licensed in New York.",
		"peoples and religions":       "A Somali family, Spanish-speaking, Catholic and Navajo relatives.",
		"weekdays, years and seasons": "On Monday, in 2021, last summer, three weeks ago, next Friday at 3 pm.",
		"ages to 89":                  "34yo F, age 82, a 16-year-old, in her 40s, 89 y/o.",
		"durations and counts":        "For 6 months, 3 kids, 2-3 times a week, the 3rd session, 2nd-line agent, fourth grade.",
		"family and jobs":             "Her brother, his mother, a nurse, the teacher and my supervisor were told.",
		"modal verbs":                 "Will she be safe? May I disclose? She may not, and he will not say.",
		"hope, faith, joy and will":   "She has hope, lost faith in people, felt some joy and made a will.",
		"things done":                 "He marched out, drew a picture, rose early and left a mark on the door.",
		"the start of a sentence":     "Long history of trauma. Young mother. Will follow up. Rich fantasy life. Black male, 28.",
		"a swear word with a star":    "He said f*ck you and left.",
		"a hospital without a name":   "Admitted to the hospital, discharged from the inpatient unit, goes to school and to church.",
		"people of an office":         "The judge ordered it, the sheriff was called, report to the medical examiner.",
		"money":                       "He owes $300 and lost $1,200 in crypto.",
		"labs":                        "Hgb 9.8, K 3.1, QTc 480, hct 38, temp 98.6.",
		"heights and plural letters":  "He is 5'11\", has UTIs, 14 y.o., needs to un-tell it.",
		"sections inside a line":      "O: disheveled, guarded. A: decompensated. P: call mobile crisis.",
		"eponyms of several words":    "Boston Naming 38, Trails B, Lewy body, Charles Bonnet, Stevens-Johnson, Russell's sign.",
		"wards without a name":        "He lives in the west wing and works on the adolescent unit.",
		"contractions behind a day":   "We meet in the week and I'm on leave, or so I said.",
		"what is like a trade":        "Works in mining, by the point of sale; call him back, call her anxious, calls her annoying.",
		"what is like a bay":          "He was in sick bay; back at square one; at that point he left; dad in logistics, mom in oil.",
		"sexes in brackets":           "The referral is for a partner (f) and a donor (m); a 10,000 lux box, the Miracle Question.",
		"what is like a town":         "Mom is in pain until Friday, the guy from work is in debt, a friend from school is in crisis.",
		"what is like a regiment":     "He was a Marine, 2 tours; 2 marines came and they sent 3 rangers.",
		"what is like a person":       "She told police about it. Her mother tongue is Spanish. He ran into debt.",
		"placeholders":                "[name] told [name 2] about [date] in [city].",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if spans := s.Find(text); len(spans) > 0 {
				scrubbed, _ := s.Replace(text)
				t.Errorf("%q became %q", text, scrubbed)
			}
		})
	}
}

// Which ones were missed is not said: the held-out half stays held out.
func TestTheLabelledNotesMeetTheBar(t *testing.T) {
	t.Parallel()
	s := scrubber(t)
	for half, recall := range map[string]float64{
		"heldout": 0.999, "visitor": 0.999, "stranger": 0.996, "colleague": 0.996, "formfiller": 0.999, "locum": 0.999, "tune": 0.999, "fresh": 0.995, "later": 0.995, "last": 0.99, "drafts": 0.95,
		"forms": 0.988, "handovers": 0.972, "pieces": 0.941, "weak": 0.83, "talk": 1,
		"closed-hard": 0.967, "closed-everyday": 0.999, "closed-mixed": 0.963, "closed-forms": 0.983, "closed-handovers": 0.965,
	} {
		m := measured(s, notes(t, half))
		if float64(m.All.Found) < recall*float64(m.All.Have) {
			t.Errorf("%s: found %d of %d identifiers", half, m.All.Found, m.All.Have)
		}
		if float64(m.Refused) > 0.025*float64(m.Harmless) || half != "drafts" && half != "closed-mixed" && float64(m.Refused) > 0.02*float64(m.Harmless) {
			t.Errorf("%s: refused %d of %d harmless words", half, m.Refused, m.Harmless)
		}
	}
}

// Without capitals, or with nothing else, less is found: this holds how much.
func TestMostIsFoundInNotesOfOneCase(t *testing.T) {
	t.Parallel()
	s := scrubber(t)
	for _, half := range []string{"visitor", "stranger", "colleague", "formfiller", "locum", "forms"} {
		for name, cased := range map[string]func(rune) rune{"small letters": unicode.ToLower, "capitals": unicode.ToUpper} {
			written := notes(t, half)
			for i := range written {
				written[i].Text = strings.Map(cased, written[i].Text)
			}
			m := measured(s, written)
			if float64(m.All.Found) < oneCase*float64(m.All.Have) {
				t.Errorf("%s in %s: found %d of %d identifiers", half, name, m.All.Found, m.All.Have)
			}
			if float64(m.Refused) > 0.02*float64(m.Harmless) {
				t.Errorf("%s in %s: refused %d of %d harmless words", half, name, m.Refused, m.Harmless)
			}
		}
	}
}

// oneCase is the share of identifiers found at least in notes of one case.
const oneCase = 0.93

func notes(t *testing.T, half string) []corpus.Note {
	t.Helper()
	b, err := os.ReadFile("testdata/corpus/" + half + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	read, err := corpus.Read(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func measured(s *deid.Scrubber, notes []corpus.Note) corpus.Measurement {
	return corpus.Measure(notes, func(text string) []corpus.Label {
		var found []corpus.Label
		for _, sp := range s.Find(text) {
			found = append(found, corpus.Label{Start: sp.Start, End: sp.End})
		}
		return found
	})
}

func TestTheNotesAreVaried(t *testing.T) {
	t.Parallel()
	frames, clean := 0, 0
	for _, half := range []string{"tune", "heldout", "fresh", "later"} {
		for part, n := range map[string]*int{"frames": &frames, "clean": &clean} {
			b, err := os.ReadFile("testdata/corpus/" + half + "-" + part + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			seen := map[string]bool{}
			for _, line := range corpus.Lines(string(b)) {
				if seen[strings.ToLower(line)] {
					t.Errorf("%s-%s has %q twice", half, part, line)
				}
				seen[strings.ToLower(line)] = true
			}
			*n += len(seen)
		}
	}
	if frames < 200 || clean < 250 {
		t.Errorf("%d frames and %d clean notes, want 200 and 250", frames, clean)
	}
}
