package dialog

import (
	"fmt"
	"slices"
	"strconv"

	"curbside/dialog/record"
)

// A Surface is a place where a consult is shown.
type Surface struct {
	Kind   SurfaceKind
	Viewer PersonID // SurfacePerson only: whose direct message it is
}

// A SurfaceKind is one of the kinds of surface.
type SurfaceKind string

// The kinds of surface.
const (
	SurfaceCard   SurfaceKind = "card"   // the living card in the thread, the same for everybody
	SurfacePerson SurfaceKind = "person" // one direct message per person and consult, updated in place
)

// Render shows consult c on a surface. It is pure: the same consult and Env
// give the same view.
func Render(env Env, c Consult, s Surface) View {
	if s.Kind == SurfacePerson {
		return renderPerson(env, c, s.Viewer)
	}
	return renderCard(env, c)
}

// RenderEffect shows what an effect puts in front of people: the card, a line
// in the thread, a direct message or a file. ok is false when the consult has
// moved on and there is nothing left to show.
func RenderEffect(env Env, c Consult, e Effect) (v View, f *File, ok bool) {
	switch e.Kind {
	case PostCard, UpdateCard:
		return renderCard(env, c), nil, true
	case Page:
		n := c.escalation(argOf(e, 1))
		if n == nil || !n.Live() || n.out(e.To) {
			return View{}, nil, false
		}
		return renderPerson(env, c, e.To), nil, true
	case EndPage:
		return renderPerson(env, c, e.To), nil, true
	case PostNote, Message:
		return renderLine(env, c, e)
	case SendFile:
		file, err := recordFile(env, c, e.Code)
		if err != nil {
			return View{}, nil, false
		}
		return View{Title: file.Title, Fallback: "Record of " + c.Handle}, file, true
	default:
		return View{}, nil, false
	}
}

// renderLine shows one line in the thread or in a direct message.
func renderLine(env Env, c Consult, e Effect) (View, *File, bool) {
	words := lineWords(env, c, e)
	if words.stale {
		return View{}, nil, false
	}
	v := View{
		Blocks:   []Block{Text{Tone: words.tone, Text: words.text}},
		Fallback: "Consult " + c.Handle + ": " + fallbackWords(Line(e.Code)),
	}
	if e.Kind == Message {
		v.Title = consultTitle(c)
		if n := c.openInquiry(); n > 0 && e.To == c.Clinician && Line(e.Code) == LineAsked {
			v.Blocks = append(v.Blocks, inquiry(env, c, n)...)
		}
		v.Blocks = append(v.Blocks, awaited(env, c, e)...)
		v.Blocks = append(v.Blocks, Pointer{Label: "Go to the consult", Handle: c.Handle})
	}
	return v, nil, true
}

// awaited shows a supervisor who is reminded or answered what to decide.
func awaited(env Env, c Consult, e Effect) []Block {
	if !slices.Contains([]Line{LineAnswered, LineDecideDue, LineTaken}, Line(e.Code)) {
		return nil
	}
	number := argOf(e, len(e.Args)-1)
	n, _ := strconv.Atoi(number)
	if have := c.escalation(number); have != nil && have.Live() && have.sawIt(e.To) && !have.out(e.To) {
		v := newCard(env, c)
		v.toDecide(n, *have, e.To)
		return v.blocks
	}
	return nil
}

// fallbackWords is what a lock screen may show: what happened, never about what.
func fallbackWords(l Line) string {
	switch l {
	case LineDanger, LineNobody, LineClockDue, LineLookDue, LineUnreachable:
		return "urgent, please open it"
	case LineAsked, LineAnswerDue, LineDecideDue:
		return "your answer is awaited"
	case LineApproved, LineConditions, LineDeclined:
		return "a decision was made"
	default:
		return "there is news"
	}
}

func consultTitle(c Consult) string { return "Consult " + c.Handle }

// press returns a press on consult c as it is shown now.
func (c Consult) press(a Action, args ...string) Press {
	return Press{Handle: c.Handle, Version: c.Version, Action: a, Args: args}
}

// button is a plain one.
func (c Consult) button(label string, a Action, args ...string) Button {
	return Button{Label: label, Press: c.press(a, args...)}
}

// recordFile is the record as a file to download.
func recordFile(env Env, c Consult, format string) (*File, error) {
	file := &File{Title: "Record of " + c.Handle}
	switch format {
	case "md":
		file.Name, file.Type, file.Content = c.Handle+".md", "text/markdown", record.Markdown(Document(env, c))
	case "pdf":
		content, err := record.PDF(Document(env, c))
		if err != nil {
			return nil, fmt.Errorf("write the record of %s as PDF: %w", c.Handle, err)
		}
		file.Name, file.Type, file.Content = c.Handle+".pdf", "application/pdf", content
	default:
		return nil, fmt.Errorf("write the record of %s: no such format", c.Handle)
	}
	return file, nil
}
