package dialog

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"curbside/dialog/deid"
)

// maxText is how long a free text may be, in characters.
const maxText = 600

// fieldText is the one field of a free-text form.
const fieldText FieldID = "text"

// ownWords opens a form for one of the few free texts, or takes what was
// written. The scrubber sees it before anything else does; what it refuses is
// kept nowhere.
func (t *turn) ownWords() {
	kind, number := NoteKind(t.arg(0)), t.arg(1)
	form, why := t.form(kind, number)
	if why != "" {
		t.notice(why)
		return
	}
	if t.in.Form == nil {
		t.out.Reply.Form = form
		return
	}
	text := strings.TrimSpace(t.in.Form[fieldText])
	if t.fieldFault(form, text) {
		return
	}
	n, _ := strconv.Atoi(number)
	t.changed = true
	t.c.Notes = append(t.c.Notes, Note{Kind: kind, By: t.in.Actor, At: t.now(), Escalation: n, Text: text})
	t.audit(ActOwnWords, "kind", string(kind), "number", number)
	t.take(kind)
}

// take is what a free text stands for besides being kept.
func (t *turn) take(kind NoteKind) {
	own := []Code{CodeOwnWords}
	t.in.Args = t.in.Args[1:] // from here on, as for the codes: the escalation's number first
	switch kind {
	case NoteQuestion:
		t.out.Reply.Notice = "Added. Whoever decides sees it with the case."
	case NoteCondition:
		t.decide(StateApproved, Turn{Kind: TurnConditions, Codes: own}, LineConditions)
	case NoteDecline:
		t.decide(StateDeclined, Turn{Kind: TurnDeclined, Codes: own}, LineDeclined)
	case NoteInquiry:
		t.ask(own)
	case NoteRationale:
		if e := t.c.escalation(t.arg(0)); e != nil && e.State == StateAsked {
			t.respond(own)
		} else {
			t.out.Reply.Notice = "Added. Whoever decides sees it with the case, and it stands in the record."
		}
	}
}

// form returns the form of a free text, or says why there is none.
func (t *turn) form(kind NoteKind, number string) (*Form, string) {
	if !t.env.Practice.FreeText || t.env.Scrubber == nil {
		return nil, "Free text is switched off here. The codes say everything that is needed."
	}
	f, mine := formOf(kind)
	switch {
	case f == nil:
		return nil, "There is no such field."
	case mine && t.in.Actor != t.c.Clinician:
		return nil, "Only " + t.person(t.c.Clinician) + " can write that."
	case !mine || number != "":
		e := t.c.escalation(number)
		if !mine {
			if why := t.refuseNumber(number); why != "" {
				return nil, why
			}
		}
		if e == nil || !e.Live() || !e.Decides() {
			return nil, "Nothing is to be answered there any more. This is how the consult stands."
		}
	}
	f.Submit = Press{Handle: t.c.Handle, Version: t.c.Version, Action: ActOwnWords, Args: []string{string(kind)}}
	if number != "" {
		f.Submit = f.Submit.With(number)
	}
	return f, ""
}

// refuseNumber is [turn.refuseDecision] for an escalation that is not the first argument.
func (t *turn) refuseNumber(number string) string {
	probe := *t
	probe.in.Args = []string{number}
	return probe.refuseDecision(t.env.Practice.People[t.in.Actor])
}

// formOf returns the empty form of a kind, and whether it is the clinician's.
func formOf(kind NoteKind) (f *Form, mine bool) {
	field := Field{ID: fieldText, Hint: "No names, places, dates or numbers: who, not which person.", Multiline: true, Required: true, MaxLength: maxText}
	intro := "This is checked for anything that could name the client before it is kept or shown."
	switch kind {
	case NoteQuestion:
		field.Label = "Your question"
		return &Form{Title: "Your question", Intro: intro, Label: "Add", Fields: []Field{field}}, true
	case NoteRationale:
		field.Label = "Your reasons"
		return &Form{Title: "Your reasons", Intro: intro, Label: "Add", Fields: []Field{field}}, true
	case NoteCondition:
		field.Label = "The condition"
		return &Form{Title: "Condition of approval", Intro: intro, Label: "Approve", Fields: []Field{field}}, false
	case NoteDecline:
		field.Label = "Why"
		return &Form{Title: "Decline", Intro: intro, Label: "Decline", Fields: []Field{field}}, false
	case NoteInquiry:
		field.Label = "Your question to the clinician"
		return &Form{Title: "Ask the clinician", Intro: intro, Label: "Ask", Fields: []Field{field}}, false
	default:
		return nil, false
	}
}

// fieldFault refuses a text that is empty, too long or could identify the
// client. What it says about the text never repeats what could.
func (t *turn) fieldFault(form *Form, text string) bool {
	fault := ""
	spans := t.env.Scrubber.Find(text)
	switch {
	case len(spans) > 0:
		fault = faultOf(text, spans)
		rewrite := *form
		rewrite.Fields = append([]Field(nil), form.Fields...)
		rewrite.Fields[0].Value, _ = t.env.Scrubber.Replace(text)
		t.out.Reply.Rewrite = &rewrite
	case text == "":
		fault = "Write something, or close this and use the codes."
	case utf8.RuneCountInString(text) > maxText:
		fault = "At most " + strconv.Itoa(maxText) + " characters."
	}
	if fault == "" {
		return false
	}
	t.out.Reply.FieldErrors = map[FieldID]string{fieldText: fault}
	return true
}

// maxPlaces is how many identifiers a fault shows one by one.
const maxPlaces = 8

// faultOf says where identifiers stand, by their neighbours and what to write in
// their place, and why each cannot stay. None of them is repeated.
func faultOf(text string, spans []deid.Span) string {
	var whys []string
	places := map[string][]string{}
	for i, s := range spans[:min(len(spans), maxPlaces)] {
		if places[s.Why] == nil {
			whys = append(whys, s.Why)
		}
		if place := "“" + placeOf([]rune(text), spans, i) + "”"; !slices.Contains(places[s.Why], place) {
			places[s.Why] = append(places[s.Why], place)
		}
	}
	var b strings.Builder
	b.WriteString("Nothing was kept. This could identify the client.")
	for _, why := range whys {
		b.WriteString(" Write " + strings.Join(places[why], ", ") + ": that " + why + ".")
	}
	if more := len(spans) - maxPlaces; more > 0 {
		b.WriteString(" So could " + strconv.Itoa(more) + " more.")
	}
	return b.String()
}

// placeOf is span i as it is to be written, between the words beside it that are
// part of no span.
func placeOf(text []rune, spans []deid.Span, i int) string {
	from, to := 0, len(text)
	if i > 0 {
		from = spans[i-1].End
	}
	if i+1 < len(spans) {
		to = spans[i+1].Start
	}
	before, after := string(text[from:spans[i].Start]), string(text[spans[i].End:to])
	before = before[strings.LastIndexFunc(strings.TrimRightFunc(before, unicode.IsSpace), unicode.IsSpace)+1:]
	word := strings.TrimSpace(after)
	if end := strings.IndexFunc(word, unicode.IsSpace); end >= 0 {
		after = after[:strings.Index(after, word)+end]
	}
	return strings.Join(strings.Fields(before+spans[i].Replacement+after), " ")
}
