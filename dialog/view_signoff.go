package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// stateWords says where an escalation stands.
func stateWords(env Env, e Escalation) string {
	p := env.Practice
	switch e.State {
	case StateWaiting:
		last, _ := e.Last(TurnPaged)
		switch {
		case !e.Held.IsZero():
			return waits(e) + " It is night: the supervisors are asked " + whenWords(p, e.Held) + "."
		case e.Nobody:
			return signedWords(env, e) + "nobody has been reached."
		}
		text := waits(e) + signedWords(env, e) + " Paged " + ago(env.Now, last.At) + ": " + namesOf(p, e.Ringing) + "."
		if e.missing() > 0 && e.missing() < len(e.Ringing) {
			seen, _ := e.inHand()
			text += " All of them have to see it; " + nameOf(p, seen.By) + " has."
		}
		return text
	case StateSeen:
		seen, _ := e.inHand()
		return waits(e) + signedWords(env, e) + " Seen by " + nameOf(p, seen.By) + " " + ago(env.Now, seen.At) + "." + repliedWords(env, e)
	case StateAsked:
		asked, _ := e.Last(TurnAsked)
		return nameOf(p, asked.By) + " asked " + ago(env.Now, asked.At) + ": " + codeWords(asked.Codes, Inquiries) + " The clock goes on."
	case StateHeard:
		heard, _ := e.Last(TurnHeard)
		return nameOf(p, heard.By) + " knows, since " + ago(env.Now, heard.At) + "."
	case StateVoid:
		return "void. What was to be decided has changed. " + againWords(e.Kind)
	case StateDropped:
		return "withdrawn."
	default:
		return outcomeWords(env, e)
	}
}

// repliedWords says what the clinician has answered to the last question, if any.
func repliedWords(env Env, e Escalation) string {
	answer, ok := e.Last(TurnAnswered)
	if !ok {
		return ""
	}
	asked, _ := e.Last(TurnAsked)
	return " Asked: " + codeWords(asked.Codes, Inquiries) + " Answered " + ago(env.Now, answer.At) + ": " + codeWords(answer.Codes, InquiryAnswers)
}

// signedWords names those who have signed what another one has to sign as well.
func signedWords(env Env, e Escalation) string {
	signed := e.signed()
	if len(signed) == 0 {
		return ""
	}
	return fmt.Sprintf(" Signed by %s: %d of %d signatures.", namesOf(env.Practice, signed), len(signed), e.Need)
}

// outcomeWords says what was decided, by whom, and on what condition.
func outcomeWords(env Env, e Escalation) string {
	if last, declined := e.Last(TurnDeclined); declined {
		return "declined by " + nameOf(env.Practice, last.By) + " " + ago(env.Now, last.At) + ": " + codeWords(last.Codes, DeclineReasons) + " You can change the plan, ask again, or do more than this for a reason of your own."
	}
	var by []string
	var conditions []Code
	for _, t := range e.Turns {
		if t.Kind == TurnApproved || t.Kind == TurnConditions {
			by = append(by, nameOf(env.Practice, t.By)+" "+ago(env.Now, t.At))
			conditions = union(conditions, t.Codes)
		}
	}
	text := "approved by " + inWords(by)
	if len(conditions) == 0 {
		return text + "."
	}
	return text + ", on condition: " + codeWords(conditions, Conditions)
}

// codeWords lists coded reasons as sentences.
func codeWords(codes []Code, list codedList) string {
	var words []string
	for _, code := range codes {
		words = append(words, strings.TrimRight(list.Label(code), "."))
	}
	text := strings.Join(words, "; ")
	if !strings.HasSuffix(text, "?") {
		text += "."
	}
	return text
}

// waits says what waits for an escalation: for a notice, nothing.
func waits(e Escalation) string {
	if e.Decides() {
		return "asked for, " + urgencyWords(e.Urgency) + "."
	}
	return "nothing waits for it."
}

func stateTone(e Escalation) Tone {
	switch e.State {
	case StateApproved, StateHeard:
		return ToneGood
	case StateDeclined, StateVoid:
		return ToneWarning
	default:
		return TonePlain
	}
}

// decisionButtons are what a supervisor can press: before they have seen it
// only that, and stepping aside.
func decisionButtons(c Consult, n int, e Escalation, seen bool) []Button {
	number := strconv.Itoa(n)
	var row []Button
	switch {
	case !seen:
		row = append(row, Button{Label: "Seen: I am on it", Press: c.press(ActSeen, number), Style: StylePrimary})
	case e.Kind == KindDanger:
		row = append(row, Button{Label: "I am with the clinician", Press: c.press(ActJoined, number), Style: StylePrimary})
	case e.Decides():
		row = append(row,
			Button{Label: "Approve", Press: c.press(ActApprove, number), Style: StylePrimary},
			c.button("Approve with conditions", ActConditions, number),
			c.button("Ask", ActInquire, number),
			c.button("Decline", ActDecline, number))
	}
	return append(row, c.button("I have a conflict", ActAside, number))
}

// inquiry shows what a supervisor has asked, and the answers by code.
func inquiry(env Env, c Consult, n int) []Block {
	e := c.Escalations[n-1]
	asked, _ := e.Last(TurnAsked)
	text := nameOf(env.Practice, asked.By) + " asks: " + codeWords(asked.Codes, Inquiries)
	blocks := []Block{Text{Text: text}}
	for _, note := range c.notesOf(NoteInquiry, n) {
		blocks = append(blocks, Text{Text: "“" + note.Text + "”"})
	}
	ch := Choices{ID: "reply." + strconv.Itoa(n), Prompt: "Your answer"}
	for _, a := range InquiryAnswers {
		ch.Options = append(ch.Options, Option{Label: a.Label, Help: a.Help, Press: c.press(ActReply, strconv.Itoa(n), string(a.Code))})
	}
	blocks = append(blocks, ch)
	if env.Practice.FreeText {
		b := c.button("In your own words", ActOwnWords, string(NoteRationale), strconv.Itoa(n))
		b.Opens = true
		blocks = append(blocks, Buttons{Items: []Button{b}})
	}
	return blocks
}

// notesOf are the free texts of a kind that belong to an escalation, or to none (0).
func (c Consult) notesOf(kind NoteKind, n int) []Note {
	return slices.DeleteFunc(slices.Clone(c.Notes), func(note Note) bool { return note.Kind != kind || note.Escalation != n })
}
