package dialog

import "curbside/rules"

// Open starts a consult with a fresh handle. Anybody who is no clinician is
// refused with a notice; then Changed is false.
func Open(env Env, handle string, by PersonID, inputID string) Outcome {
	person, known := env.Practice.People[by]
	if !known || !person.Has(Clinician) {
		return Outcome{Reply: Reply{Notice: "Only the practice's clinicians can start a consult. Ask its owner to add you as one."}}
	}
	t := &turn{env: env, in: Input{ID: inputID, Actor: by, Action: ActOpen}, changed: true}
	t.c = Consult{
		Handle: handle, Opened: t.now(), Clinician: by, Phase: PhaseEvaluate,
		Case: Case{AsOf: rules.DateOf(env.Now.In(env.Practice.zone()))},
	}
	if _, ok := env.Book.Profession(person.Profession); ok {
		t.c.Case.Profession = person.Profession
	}
	t.effect(Effect{Kind: PostCard})
	t.audit(ActOpen, "program", env.Program)
	t.settle()
	return t.outcome(Consult{})
}
