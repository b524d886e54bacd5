package dialog

// RenderPagedAgain is what stands in the place of a page once the same person is
// paged anew for the same consult.
func RenderPagedAgain(handle string) View {
	return View{
		Title:    "Consult " + handle,
		Blocks:   []Block{Text{Text: "You were paged again: the newest message is the one to answer."}},
		Fallback: "Curbside: consult " + handle + ", paged again",
	}
}
