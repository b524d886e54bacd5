package discord

import (
	"strconv"
	"strings"

	"curbside/dialog"
)

// A custom id is a press, or one of these marks and what it is about. Neither
// ever holds a word of a person.
const (
	idConfirm = "?"      // then the press that is to be confirmed
	idPicks   = "*"      // then a number and the press that several answers belong to
	idSend    = "!"      // then the press that the picked answers are sent with
	idList    = "~list:" // a select whose values are custom ids themselves
	idMore    = "~more:" // then the effect whose next pages are asked for
	idGo      = "~go:"   // then the handle of the consult to go to
	idUse     = "~use:"  // then a draft: send the texts that stand there
	idEdit    = "~edit:" // then a draft: open the form again, filled in with them
	idLeave   = "~leave" // take this reply away
)

// kindCodes shorten the kinds of effects that can be shown again.
var kindCodes = map[dialog.EffectKind]string{
	dialog.PostCard: "k", dialog.UpdateCard: "c", dialog.PostNote: "n",
	dialog.Message: "m", dialog.EndPage: "e",
}

// moreID encodes an effect; "" when it does not fit.
func moreID(e dialog.Effect) string {
	if e.Kind == dialog.Page {
		e.Kind, e.Args = dialog.EndPage, nil // the same view, also when the page is over
	}
	code, ok := kindCodes[e.Kind]
	if !ok {
		return ""
	}
	parts := []string{e.Handle, strconv.FormatUint(e.Version, 36), strconv.Itoa(e.Index), code}
	if code != "k" && code != "c" {
		parts = append(append(parts, string(e.To), e.Code), e.Args...)
	}
	id := idMore + strings.Join(parts, ":")
	if len(id) > maxCustomID {
		return ""
	}
	return id
}

// parseMore reads what [moreID] wrote, without its mark.
func parseMore(text string) (dialog.Effect, bool) {
	parts := strings.Split(text, ":")
	if len(parts) < 4 || len(text) > maxCustomID || parts[0] == "" {
		return dialog.Effect{}, false
	}
	version, err := strconv.ParseUint(parts[1], 36, 64)
	if err != nil {
		return dialog.Effect{}, false
	}
	index, err := strconv.Atoi(parts[2])
	if err != nil {
		return dialog.Effect{}, false
	}
	e := dialog.Effect{Handle: parts[0], Version: version, Index: index}
	for kind, code := range kindCodes {
		if code == parts[3] {
			e.Kind = kind
		}
	}
	if e.Kind == "" {
		return dialog.Effect{}, false
	}
	if len(parts) > 5 {
		e.To, e.Code = dialog.PersonID(parts[4]), parts[5]
	}
	if len(parts) > 6 {
		e.Args = parts[6:]
	}
	return e, true
}
