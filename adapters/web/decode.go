package web

import (
	"errors"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"curbside/bot"
	"curbside/dialog"
)

// maxPicks bounds how many boxes of one question can be ticked.
const maxPicks = 100

// errNotOurs says that a form was not made by this page. It repeats nothing of it.
var errNotOurs = errors.New("not a form of this page")

// pickCode is what an option's value may look like: an argument of a press.
var pickCode = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,100}$`)

// A side is one of the two panes.
type side int

const (
	left side = iota
	right
)

func (s side) String() string {
	if s == right {
		return "right"
	}
	return "left"
}

// A surface is what was pressed on: a message, a private reply or the home view.
type surface struct {
	post    bot.Ref
	private int // 0 is none
}

func (s surface) String() string {
	switch {
	case s.post != "":
		return "post:" + string(s.post)
	case s.private > 0:
		return "private:" + strconv.Itoa(s.private)
	default:
		return "home"
	}
}

func parseSurface(text string) (surface, error) {
	kind, rest, _ := strings.Cut(text, ":")
	switch {
	case text == "home":
		return surface{}, nil
	case kind == "post" && rest != "" && len(rest) <= 200:
		return surface{post: bot.Ref(rest)}, nil
	case kind == "private":
		if n, err := strconv.Atoi(rest); err == nil && n > 0 && strconv.Itoa(n) == rest {
			return surface{private: n}, nil
		}
	}
	return surface{}, errNotOurs
}

// A pressed is what the form of a button, a question or a dialog says.
type pressed struct {
	from  surface
	press dialog.Press
}

// decodePress reads a pressed button or answered question: a press and, where
// several could be picked, the values picked as its last arguments.
func decodePress(form url.Values) (pressed, error) {
	from, err := parseSurface(form.Get("surface"))
	if err != nil {
		return pressed{}, err
	}
	press, err := dialog.ParsePress(form.Get("press"))
	if err != nil {
		return pressed{}, errNotOurs
	}
	picks := form["pick"]
	if len(picks) > maxPicks {
		return pressed{}, errNotOurs
	}
	for _, pick := range picks {
		if !pickCode.MatchString(pick) {
			return pressed{}, errNotOurs
		}
	}
	if len(picks) > 0 {
		press = press.With(picks...)
	}
	return pressed{from: from, press: press}, nil
}

// decodeFields reads the fields of f, and nothing else, from what was sent.
// Faults name the fields that cannot be taken as they are.
func decodeFields(f dialog.Form, sent url.Values) (values, faults map[dialog.FieldID]string) {
	values = make(map[dialog.FieldID]string, len(f.Fields))
	faults = map[dialog.FieldID]string{}
	for _, field := range f.Fields {
		text := strings.ReplaceAll(sent.Get("field."+string(field.ID)), "\r\n", "\n")
		text = strings.ToValidUTF8(text, "\uFFFD")
		values[field.ID] = text
		switch count := len([]rune(text)); {
		case field.Required && strings.TrimSpace(text) == "":
			faults[field.ID] = "Please fill this in."
		case field.MaxLength > 0 && count > field.MaxLength:
			faults[field.ID] = "Please shorten this: at most " + strconv.Itoa(field.MaxLength) + " characters."
		}
	}
	return values, faults
}

// decodeCommand reads what was typed into the composer. ours is false when it is
// not the command. Only a word of the closed list is kept of what follows it.
func decodeCommand(typed string) (word string, ours bool) {
	words := strings.Fields(typed)
	if len(words) == 0 || !strings.EqualFold(words[0], "/consult") {
		return "", false
	}
	if len(words) > 1 {
		return bot.KnownWord(words[1]), true
	}
	return "", true
}
