package dialog

import (
	"encoding/json"
	"strings"
	"testing"
)

// inWriting is a sign-off that waits, where free text is allowed.
func inWriting(t testing.TB) *clinic {
	t.Helper()
	k := threatIn(t, "Texas")
	k.env.Practice.FreeText = true
	k.press("ana", "Go on: what are the ways?").pick("ana", "Tell the police").press("ana", "Sign-off: today")
	return k.pressDirect("dana", "Seen: I am on it")
}

// write has somebody fill in the form that the last press opened.
func (k *clinic) write(by PersonID, text string) Outcome {
	k.t.Helper()
	f := k.last.Reply.Form
	if f == nil {
		k.t.Fatalf("no form is open: %+v", k.last.Reply)
	}
	return k.do(Input{ID: "x", Actor: by, Version: f.Submit.Version, Action: f.Submit.Action, Args: f.Submit.Args, Form: map[FieldID]string{fieldText: text}})
}

func TestFreeTextIsOfferedOnlyWhereItIsAllowed(t *testing.T) {
	k := waiting(t, "Sign-off: today")
	k.pressDirect("dana", "Seen: I am on it").pressDirect("dana", "Decline")
	sees(t, plain(*k.last.Reply.Private), "!own words")
	sees(t, k.card(), "!Add your question")
	k = inWriting(t)
	sees(t, k.card(), "Add your question", "Add your reasons")
}

func TestOwnWordsDecideLikeCodes(t *testing.T) {
	for name, tc := range map[string]struct {
		open  func(*clinic)
		by    PersonID
		text  string
		state EscalationState
		kind  NoteKind
	}{
		"a condition approves": {func(k *clinic) {
			k.pressDirect("dana", "Approve with conditions").pressDirect("dana", "In your own words")
		}, "dana", "Only after another look at the means.", StateApproved, NoteCondition},
		"a reason declines": {func(k *clinic) {
			k.pressDirect("dana", "Decline").pressDirect("dana", "In your own words")
		}, "dana", "The plan is wider than it has to be.", StateDeclined, NoteDecline},
		"a question asks": {func(k *clinic) {
			k.pressDirect("dana", "Ask").pressDirect("dana", "In your own words")
		}, "dana", "What has changed since the last session?", StateAsked, NoteInquiry},
		"a question of the clinician is added": {func(k *clinic) { k.press("ana", "Add your question") }, "ana", "Is this the least intrusive way?", StateSeen, NoteQuestion},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := inWriting(t)
			tc.open(k)
			if out := k.write(tc.by, tc.text); !out.Changed {
				t.Fatalf("refused: %+v", out.Reply)
			}
			if got := k.c.Escalations[0].State; got != tc.state {
				t.Errorf("state = %s, want %s", got, tc.state)
			}
			if n := k.c.Notes; len(n) != 1 || n[0].Kind != tc.kind || n[0].Text != tc.text || n[0].By != tc.by {
				t.Errorf("notes = %+v", n)
			}
			for _, a := range k.audit {
				raw, err := json.Marshal(a)
				if err != nil {
					t.Fatal(err)
				}
				if strings.Contains(string(raw), tc.text) {
					t.Error("the audit chain holds what was written")
				}
			}
		})
	}
}

func TestAQuestionInOwnWordsIsAnsweredInOwnWords(t *testing.T) {
	k := inWriting(t)
	k.pressDirect("dana", "Ask").pressDirect("dana", "In your own words").write("dana", "What has changed?")
	sees(t, k.card(), "Dana Kim asks", "What has changed?")
	k.press("ana", "In your own words").write("ana", "The means are at hand now.")
	if k.c.Escalations[0].State != StateSeen || !k.told("dana", LineAnswered) {
		t.Errorf("state = %s", k.c.Escalations[0].State)
	}
	sees(t, plain(renderPerson(k.env, k.c, "dana")), "The means are at hand now.")
}

func TestWhatCouldNameTheClientIsRefusedAndKeptNowhere(t *testing.T) {
	const name = "Jonathan Fitzgerald"
	k := inWriting(t)
	k.pressDirect("dana", "Decline").pressDirect("dana", "In your own words")
	form := k.last.Reply.Form
	for _, text := range []string{"Please call " + name + " at 415-555-0137 first.", "", "   ", strings.Repeat("very long ", 100)} {
		k.last.Reply.Form = form
		out := k.write("dana", text)
		if out.Changed || out.Reply.FieldErrors[fieldText] == "" {
			t.Fatalf("%q was taken: %+v", text, out.Reply)
		}
		if strings.Contains(out.Reply.FieldErrors[fieldText], "Fitzgerald") || strings.Contains(out.Reply.FieldErrors[fieldText], "0137") {
			t.Errorf("the refusal repeats what was written: %s", out.Reply.FieldErrors[fieldText])
		}
		if r := out.Reply.Rewrite; r != nil && strings.Contains(r.Fields[0].Value, "Fitzgerald") {
			t.Errorf("the rewrite still names somebody: %s", r.Fields[0].Value)
		}
	}
	raw, err := json.Marshal(k.c)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(raw), "Fitzgerald") {
		t.Error("the name is kept")
	}
}

func TestOwnWordsAreTakenOnlyFromWhoMayWriteThem(t *testing.T) {
	for name, tc := range map[string]struct {
		who  PersonID
		args []string
		want string
	}{
		"the clinician's question, by a supervisor":   {"dana", []string{"question"}, "Only Ana Reyes can write that"},
		"a condition, by the clinician":               {"ana", []string{"condition", "1"}, "your own consult"},
		"a condition, by a supervisor not yet paged":  {"eli", []string{"condition", "1"}, "Only Ana Reyes and the supervisors"},
		"a condition of what was never asked":         {"dana", []string{"condition", "9"}, "nothing to answer"},
		"a kind that does not exist":                  {"dana", []string{"diary"}, "no such field"},
		"an answer to something that was never asked": {"ana", []string{"rationale", "9"}, "Nothing is to be answered"},
		"a condition without saying of what":          {"dana", []string{"condition"}, "nothing to answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := inWriting(t)
			out := k.do(Input{ID: "x", Actor: tc.who, Version: k.c.Version, Action: ActOwnWords, Args: tc.args, Form: map[FieldID]string{fieldText: "What would you do?"}})
			if out.Changed || len(out.Consult.Notes) > 0 {
				t.Fatal("it was taken")
			}
			sees(t, out.Reply.Notice, tc.want)
		})
	}
}

func TestARefusalShowsWhereEachIdentifierStands(t *testing.T) {
	k := inWriting(t)
	k.pressDirect("dana", "Decline").pressDirect("dana", "In your own words")
	form := k.last.Reply.Form
	for name, c := range map[string]struct{ text, want string }{
		"two kinds":         {"She told  Candace Whitfield\nat work, call 415-555-0137.", "“told [name] at”: that looks like a person's name; say who they are to the client instead. Write “call [phone].”: that looks like a telephone number."},
		"nothing around it": {"Candace", "Write “[name]”: that looks like a person's name; say who they are to the client instead."},
		"one beside another": {
			"She told Candace 415-555-0137 please.",
			"Write “told [name]”: that looks like a person's name; say who they are to the client instead. Write “[phone] please.”: that looks like a telephone number.",
		},
		"the same again": {"tell Candace and tell Candace and ask Candace", "Write “tell [name] and”, “ask [name]”: that looks"},
		"very many":      {strings.Repeat("tell Candace, ", 11), "So could 3 more."},
	} {
		k.last.Reply.Form = form
		got := k.write("dana", c.text).Reply.FieldErrors[fieldText]
		if !strings.HasPrefix(got, "Nothing was kept. This could identify the client. Write “") || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %s\nwant %s", name, got, c.want)
		}
		if strings.Contains(got, "Candace") || strings.Contains(got, "0137") {
			t.Errorf("%s: the refusal repeats what was written: %s", name, got)
		}
	}
}
