package dialog

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
func Render(env Env, c Consult, s Surface) View { return View{} }

// RenderEffect shows what an effect puts in front of people: the card, a line
// in the thread, a direct message or a file. ok is false when the consult has
// moved on and there is nothing left to show.
func RenderEffect(env Env, c Consult, e Effect) (v View, f *File, ok bool) { return View{}, nil, false }

// RenderList shows a person their open consults and those that wait for them.
func RenderList(env Env, viewer PersonID, open []Consult) View { return View{} }

// RenderHelp is the answer to /consult help, for this person.
func RenderHelp(env Env, viewer PersonID) View { return View{} }

// RenderDown is shown when something that a press needs is away: what happened,
// that nothing was saved, what is safe to do at once (911, 988, the hotlines of
// the practice's jurisdictions), and that the same press works again later.
// what is a code: store, network, internal.
func RenderDown(env Env, what string) View { return View{} }
