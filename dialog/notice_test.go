package dialog

import (
	"slices"
	"testing"
	"time"

	"curbside/rules"
)

// mixed is a plan in Texas of which one part waits for a supervisor and another
// one is permitted without waiting.
const mixed = `
jurisdiction: US-TX
name: Texas
as_of: 2026-11-21
rules:
  - id: us-tx.harm.police
    topics: [harm_to_others]
    effect: may
    title: The police may be told
    summary: A permission left to judgement, for tests.
    basis: [statute]
    citations: [Code § 1]
    professions: [any]
    elements: [{ id: imminent, text: Imminent, when: imminent }]
    discharge: { action: notify_police }
    sign_off: required
    sources: [{ title: Code }]
    confidence: high
  - id: us-tx.harm.medical
    topics: [harm_to_others]
    effect: may
    title: Medical personnel may be told
    summary: A permission that waits for nobody, for tests.
    basis: [statute]
    citations: [Code § 2]
    professions: [any]
    elements: [{ id: imminent, text: Imminent, when: imminent }]
    discharge: { action: notify_medical }
    sign_off: concurrent
    sources: [{ title: Code }]
    confidence: high
`

// plannedIn is the plan of mixed, up to the choice of how soon.
func plannedIn(t *testing.T, actions ...string) *clinic {
	t.Helper()
	k := newClinic(t)
	k.env.Book = bookWith(t, "us-tx.yaml", mixed)
	k.open("ana").press("ana", "Texas").pick("ana", "Harm to others").answers("ana", map[rules.FactID]string{"part2": "No"}, "Yes")
	return k.press("ana", "Go on: what are the ways?").pick("ana", actions...)
}

func TestAPlanThatWaitsInPartPagesEverybodyOnce(t *testing.T) {
	k := plannedIn(t, "Tell the police", "Tell medical personnel").press("ana", "Sign-off: today")
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana"}) {
		t.Errorf("paged = %v, want dana once for both parts", got)
	}
	if !k.noted(LinePermitted) {
		t.Error("the thread does not say that a part waits for nobody")
	}
	k.pressDirect("dana", "Seen: I am on it")
	sees(t, plain(renderPerson(k.env, k.c, "dana")), "Tell medical personnel. Tells others. Permitted", "Tell the police. Tells others. Permitted, your judgement: waits for sign-off")
	k.pressDirect("dana", "Approve").later(time.Minute)
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana"}) {
		t.Errorf("paged = %v after the decision, want nobody again", got)
	}
}

func TestANoticeOfAPermittedDisclosureIsCalledThat(t *testing.T) {
	k := plannedIn(t, "Tell medical personnel").press("ana", "Go on: consult and act")
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana"}) {
		t.Errorf("paged = %v, want the supervisor told at the same moment", got)
	}
	sees(t, k.card(), "Notice of a disclosure: nothing waits for it", "!Notice of a duty")
}
