package record

import "time"

// sample holds one block of every kind, as a record has them.
func sample() Document {
	return Document{
		Title:   "Record of a consult",
		Handle:  "amber-heron-42",
		Created: time.Date(2026, 11, 20, 21, 40, 0, 0, time.UTC),
		Lead:    "A de-identified consult about the limits of confidentiality. It holds no client identifiers: complete the blanks in the chart.",
		Sections: []Section{
			{Heading: "To complete in the chart", Blocks: []Block{
				Blanks{[]string{"Client", "Date and time of call", "Person spoken to, and badge, log or confirmation number"}},
			}},
			{Heading: "What was known", Blocks: []Block{
				Table{[]Row{
					{"Client is in", "California"},
					{"Clinician’s licence", "Psychologist (California)"},
					{"Source of the threat", "The client, to the clinician"},
					{"Victim", "Reasonably identifiable"},
					{"Means", "Not known"},
				}},
			}},
			{Heading: "What the law says", Blocks: []Block{
				Law{
					Verdict: "You must", Weight: Binds,
					Title:  "Protect a reasonably identifiable victim from a serious threat of physical violence",
					Text:   "A psychotherapist whose client has communicated a serious threat of physical violence against a reasonably identifiable victim must take reasonable steps to protect that victim.",
					Points: []Point{{"Met", "The client has communicated the threat to the clinician.", "Cal. Civ. Code § 43.92(a)"}, {"Met", "The threat is a serious threat of physical violence.", ""}, {"Not known", "The victim is reasonably identifiable.", ""}},
					Terms:  []Row{{"Deadline", "At once: the statute sets no clock; treat it as immediate."}, {"Immunity", "Reasonable efforts to communicate the threat to the victim and to a law enforcement agency earn the statute’s immunity (Cal. Civ. Code § 43.92(b))."}},

					Citations: []string{"Cal. Civ. Code § 43.92", "Tarasoff v. Regents (1976) 17 Cal.3d 425"},
					Footer:    "California, as of 2026-11-21 · hash 5f3c9a7e01b2 · not reviewed by counsel",
				},
				Law{
					Verdict: "You may", Weight: Permits, Title: "Disclose to prevent a serious and imminent threat",
					Text: "The HIPAA Privacy Rule permits it.", Citations: []string{"45 CFR 164.512(j)(1)(i)"}, Footer: "Federal law, as of 2026-11-21",
				},
				Law{
					Verdict: "Undetermined", Weight: Open, Title: "Report of a minor client’s own disclosure",
					Text: "It turns on the age of the person said to be at risk.", Points: []Point{{"Not known", "The victim is under 18.", ""}},
				},
				Paragraph{Alert, "DEPARTURE from “Protect a reasonably identifiable victim”: the police were not called."},
				Paragraph{Muted, "Good practice, not law."},
			}},
			{Heading: "Alternatives considered", Blocks: []Block{
				Paragraph{Subtitle, "Least intrusive first"},
				List{true, []string{"Safety planning with the client", "Voluntary hospitalisation"}},
				List{false, []string{"Diagnosis", "Session content", "History that does not bear on the risk"}},
			}},
			{Heading: "Actions", Blocks: []Block{
				Checklist{[]Check{{true, "Call the police", "Done by Dana Reyes, 20 Nov 2026, 13:22 PST"}, {false, "Warn the person at risk", "Not done: would raise the danger"}, {Label: "Debrief"}}},
			}},
			{Heading: "What happened", Blocks: []Block{
				Timeline{[]Moment{{"20 Nov 2026, 13:05 PST", "Consult opened by Dana Reyes (clinician)."}, {"20 Nov 2026, 13:11 PST", "Supervisor paged: Miriam Okonkwo; not reached within 5 minutes. The next step was paged, and the clinician was told that nothing the law requires at once has to wait for it."}}},
			}},
			{Heading: "Left out"},
		},
		Closing: "Decision support, prepared from coded answers. The clinician’s judgement decides.",
	}
}
