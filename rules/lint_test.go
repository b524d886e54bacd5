package rules

import (
	"slices"
	"strings"
	"testing"
)

func lint(b *Book) []string {
	var lines []string
	for _, f := range b.Lint(Date{2026, 6, 1}) {
		lines = append(lines, string(f.Severity)+" "+f.String())
	}
	return lines
}

func TestTheInventedBookHasNoFaults(t *testing.T) {
	if faults := lint(testBook(t)); len(faults) > 0 {
		t.Errorf("the faults are\n%s", strings.Join(faults, "\n"))
	}
}

func TestLintNamesWhatAReaderWouldStumbleOver(t *testing.T) {
	long := strings.Repeat("long ", 40)
	for _, test := range []struct {
		name, file, old, new string
		want                 []string // "@" stands for the line of the mistake
	}{
		{
			"a section without its code", "us-bb.yaml", "[Beta Stat. § 7]", "[§ 7]",
			[]string{`error us-bb.yaml:@: "§ 7" names no code and section; write code and section, such as RCW 26.44.030, or parties, reporter and year`},
		},
		{
			"a case without a year", "us-bb.yaml", "[Beta Stat. § 7]", `["Doe v. Roe, 1 Beta 2"]`,
			[]string{`error us-bb.yaml:@: "Doe v. Roe, 1 Beta 2" is a case without reporter and year; write code`},
		},
		{
			"nothing cited", "us-bb.yaml", "citations: [Beta Stat. § 7]", "citations: []",
			[]string{"error us-bb.yaml:@: nothing is cited; cite the statute, regulation, case or code"},
		},
		{
			"no source", "us-bb.yaml", "sources: [{title: Beta Statutes}]", "sources: []",
			[]string{"error us-bb.yaml:@: there is no source; say where the text was read"},
		},
		{
			"no basis", "us-bb.yaml", "basis: [statute]", "basis: []",
			[]string{"error us-bb.yaml:@: the rule has no basis; write statute, regulation, case_law or ethics_code"},
		},
		{
			"a title that is too long", "us-bb.yaml", "title: You may warn", "title: " + long,
			[]string{"error us-bb.yaml:@: the title has 199 characters; keep it to 100"},
		},
		{
			"a fact without a question", "vocabulary.yaml", "question: 'Does the client have the means?', ", "",
			[]string{"error vocabulary.yaml:21: there is no question; write it"},
		},
		{
			"an action without text", "actions.yaml", "detail: Say who you are.", `detail: ""`,
			[]string{"error actions.yaml:@: there is no detail; write it"},
		},
		{
			"an agency nobody can reach", "us-aa.yaml", "confirmed: true", "confirmed: false",
			[]string{`error us-aa.yaml:@: nobody can reach agency "cps": it has no confirmed number; write under find how to find the number`},
		},
		{
			"low confidence with nothing open", "us-bb.yaml", "confidence: high", "confidence: low",
			[]string{"error us-bb.yaml:@: the confidence is low and nothing is said to be open; write under open_questions what counsel has to look at"},
		},
		{
			"unsettled with nothing open", "us-bb.yaml", "confidence: high", "confidence: high\n    unsettled: true",
			[]string{"error us-bb.yaml:21: the rule is unsettled and nothing is said to be open; write under open_questions what the outcome depends on"},
		},
		{
			"a clock of a step that is not asked for", "us-aa.yaml", "{action: call_police, form: oral, immediate: law", "{action: warn_victim, form: oral, immediate: law",
			[]string{`warning us-aa.yaml:@: the clock of "warn_victim" runs where the rule does not ask for it; give the clock the condition of its step`},
		},
		{
			"a statement that nothing meets", "us-bb.yaml", "topics: [records]\n", "topics: [harm]\n    when: threat && !threat\n",
			[]string{"error us-bb.yaml:24: no answer can meet the condition of the statement; correct it"},
		},
		{
			"a statement that is always met", "us-bb.yaml", "topics: [records]\n", "topics: [harm]\n    when: threat || !threat\n",
			[]string{"warning us-bb.yaml:24: the condition of the statement is always met; correct it or leave it out"},
		},
		{
			"a statement on a fact that nothing asks for", "us-bb.yaml", "topics: [records]\n", "topics: [records]\n    when: minor_now\n",
			[]string{`warning us-bb.yaml:24: no rule that stands beside the statement asks for "minor_now"; read a fact`},
		},
		{
			"an element that nothing meets", "us-aa.yaml", "when: threat}", "when: threat && !threat}",
			[]string{
				"error us-aa.yaml:10: rule us-aa.harm.protect can never apply; look for elements that exclude each other",
				`error us-aa.yaml:@: no answer can meet element "told"; correct its condition`,
			},
		},
		{
			"an element that is always met", "us-aa.yaml", "when: threat}", "when: threat || !threat}",
			[]string{`warning us-aa.yaml:@: element "told" is always met; correct its condition or leave it out`},
		},
		{
			"an element that another includes", "us-aa.yaml", "when: minor_now}", `when: '"physical" in harms || !("neglect" in harms) || "sexual" in harms'}`,
			[]string{`warning us-aa.yaml:@: element "still" changes nothing: the others say it already; correct its condition or leave it out`},
		},
		{
			"elements that exclude each other", "us-aa.yaml", "when: minor_now}", `when: '!("physical" in harms) && !("sexual" in harms)'}`,
			[]string{"error us-aa.yaml:46: rule us-aa.child.report can never apply; look for elements that exclude each other"},
		},
		{
			"a fact that nothing reads", "us-aa.yaml", "when: aa_licensed_gun", "when: means",
			[]string{`warning us-aa.yaml:6: no rule reads fact "aa_licensed_gun"; leave it out or let a rule read it`},
		},
		{
			"law that was looked up long ago", "us-bb.yaml", "as_of: 2026-01-15", "as_of: 2025-05-30",
			[]string{"warning us-bb.yaml:@: the law was looked up on 2025-05-30, more than a year ago; look it up again and set as_of"},
		},
		{
			"a rule that has ended", "us-bb.yaml", "until: 2030-12-31", "until: 2026-03-31",
			[]string{"warning us-bb.yaml:@: the rule ended on 2026-03-31; keep it"},
		},
		{
			"a bar on what another rule permits", "us-bb.yaml", "statements:", `  - id: us-bb.harm.silence
    topics: [harm]
    effect: must_not
    title: Do not warn
    summary: Nobody warns.
    basis: [statute]
    citations: [Beta Stat. § 9]
    professions: [any]
    elements: [{id: told, text: A threat, when: threat}]
    tell: [{action: warn_victim, text: The person in danger}]
    sign_off: concurrent
    sources: [{title: Beta Statutes}]
    confidence: high
statements:`,
			[]string{"error us-bb.yaml:21: us-bb.harm.silence forbids what us-bb.harm.warn asks for, on the same answers; say in a condition which gives way, or mark the bar with bars: true"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := testFolder(t, test.file, test.old, test.new)
			line := lineOf(folder, test.file, test.new)
			got := lint(load(t, folder))
			ok := len(got) == len(test.want)
			for i := range test.want {
				ok = ok && strings.HasPrefix(got[i], strings.Replace(test.want[i], "@", line, 1))
			}
			if !ok {
				t.Errorf("the faults are\n%s\nand not\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestLintNamesAQuestionThatOnlyAnotherGivesASense(t *testing.T) {
	edits := []string{
		"us-bb.yaml", "rules:\n", "facts:\n  - {id: bb_own, kind: bool, question: 'Own?', short: Own}\nrules:\n",
		"us-bb.yaml", `when: "threat ? means : reported"`, `when: 'victim == "named" || victim == "group" && bb_own'`,
	}
	want := `warning us-bb.yaml:6: whether "bb_own" makes sense is settled by "victim"; write after: [victim]`
	if got := lint(testBook(t, edits...)); len(got) != 1 || got[0] != want {
		t.Errorf("the faults are\n%s\nand not\n%s", strings.Join(got, "\n"), want)
	}
	edits[2] = strings.Replace(edits[2], "short: Own}", "short: Own, after: [victim]}", 1)
	if got := lint(testBook(t, edits...)); len(got) > 0 {
		t.Errorf("the faults are\n%s", strings.Join(got, "\n"))
	}
}

func TestCitations(t *testing.T) {
	found := []string{
		"Cal. Civ. Code § 43.92", "45 CFR 164.512(j)", "45 CFR § 164.512(j)(1)(i)", "RCW 26.44.030", "ORS 419B.010(1)",
		"A.R.S. § 36-517.02", "M.G.L. c. 123, s. 12", "23 Pa.C.S. §§ 6303, 6311(b)", "Wash. Rev. Code § 70.02.230 (good-faith disclosure)",
		"AS 47.24.120(a)", "20 CSR 2263-3.100(1), (3)", "N.C. Gen. Stat. 122C-3, 122C-261", "89 Fed. Reg. 12472 (16 Feb 2024)",
		"APA Ethics Code 4.05", "ACA Code B.2.a", "Act 1212 of 2013", "Tarasoff v. Regents of the University of California, 17 Cal. 3d 425 (1976)",
		"Schuster v. Altenberg, 144 Wis. 2d 223, 424 N.W.2d 159 (1988)", "Fredericks v. Jonsson, 609 F.3d 1096 (10th Cir. 2010)",
		"Robinson v. Mount Logan Clinic, 2008 UT 21 (2008)", "In re Doe, 1 Cal. 2d 3 (1950)",
	}
	for _, c := range found {
		if err := checkCitation(c); err != nil {
			t.Errorf("%q: %v", c, err)
		}
	}
	for _, c := range []string{
		"", "§ 48.981(3)", "48.981", "26.44.030", "5/9", "art. 611", "Companion child-abuse table", "a statute", " RCW 26.44.030",
		"Doe v. Roe", "Doe v. Roe, 17 Cal. 3d 425", "Doe v. Roe (1976)", "In re Doe",
	} {
		if checkCitation(c) == nil {
			t.Errorf("%q passes", c)
		}
	}
}

func TestFaultsComeInTheOrderOfFilesAndLines(t *testing.T) {
	b := testBook(t, "us-bb.yaml", "[Beta Stat. § 8]", "[§ 8]", "us-bb.yaml", "[Beta Stat. § 7]", "[§ 7]", "us-aa.yaml", "[Alpha Code § 1]", "[§ 1]")
	var lines []string
	for _, l := range lint(b) {
		lines = append(lines, strings.Fields(l)[1])
	}
	if len(lines) != 3 || !slices.IsSortedFunc(lines, func(x, y string) int { return strings.Compare(x[:7], y[:7]) }) {
		t.Errorf("the order is %v", lines)
	}
}

func FuzzCitation(f *testing.F) {
	f.Add("Tarasoff v. Regents, 17 Cal. 3d 425 (1976)")
	f.Add("45 CFR § 164.512(j)")
	f.Fuzz(func(t *testing.T, s string) {
		if checkCitation(s) == nil && !strings.ContainsAny(s, "0123456789") {
			t.Errorf("%q passes without any number", s)
		}
	})
}
