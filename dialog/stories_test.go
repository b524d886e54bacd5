package dialog

import "testing"

func TestScratch(t *testing.T) {
	k := newClinic(t).open("ana")
	t.Log(k.card())
	k.press("ana", "California")
	t.Log(k.card())
	k.pick("ana", "Harm to others", "Child abuse or neglect")
	t.Log(k.card())
	k.press("ana", "The client")
	t.Log(k.card())
	k.press("ana", "Somebody who can be identified")
	t.Log(k.card())
	for i := 0; i < 6 && k.c.Phase == PhaseEvaluate; i++ {
		s := studied(k.env, k.c)
		t.Log(s.question.Fact.ID)
		switch s.question.Fact.Kind {
		case "bool":
			k.press("ana", "Yes")
		default:
			k.pick("ana", "Physical")
		}
	}
	t.Log(k.card())
	k.press("ana", "Go on: what are the ways?")
	t.Log(k.card())
	k.pick("ana", "Make a safety plan with the client")
	t.Log(k.card())
	k.press("ana", "Go on: consult and act")
	t.Log(k.card())
	t.Log(plain(renderPerson(k.env, k.c, "dana")))
	k.pressDirect("dana", "Seen: I am on it")
	t.Log(plain(renderPerson(k.env, k.c, "dana")))
}
