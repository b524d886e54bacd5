// Package adaptertest is what every chat platform has to keep: the promises of
// [bot.Platform], [bot.Inbound], [bot.Reply] and [bot.Delivery], in the words of
// the people who sit in front of it. An adapter's test brings a [Harness] over
// its platform, or over a fake of it, and calls [Run].
package adaptertest

import (
	"testing"

	"curbside/bot"
	"curbside/dialog"
)

// A Person is somebody of the suite. A harness gives each an account.
type Person string

// The people. The first three are of the practice and in its consultation
// channel. Nobody knows the stranger, who has an account on the platform and
// belongs to nothing; a harness gives an identity for them that the platform
// cannot deliver to.
const (
	Clinician  Person = "dana"
	Supervisor Person = "sam"
	Colleague  Person = "kim"
	Stranger   Person = "mallory"
)

// Staff are the people of the practice.
func Staff() []Person { return []Person{Clinician, Supervisor, Colleague} }

// A Start brings up a platform, fresh and empty, on which b answers what people
// do. It ends it with t.
type Start func(t *testing.T, b *Bot) Harness

// A Harness is a platform with its adapter, its people and its places.
type Harness interface {
	// Platform is the adapter under test.
	Platform() bot.Platform
	// Account is how the platform names a person.
	Account(p Person) bot.Identity
	// Home is the practice's private consultation channel.
	Home() bot.Place
	// Unfit are places that are not private enough, by what is wrong with them.
	Unfit() map[string]bot.Place
	// As is the chat as a person sees and uses it.
	As(p Person) Seat
}

// A Seat is the chat in front of one person. What it shows is read anew on every
// call. What somebody does returns when the platform has taken it, at the latest
// when the platform's own patience ends; what comes of it may show later. A seat
// that cannot do what it is asked for, such as pressing a button that is not
// there, fails the test.
type Seat interface {
	// Command types the command, followed by words, in the consultation channel.
	Command(words string)
	// Thread shows a consult's thread, oldest first: the card, notes and files.
	// It is empty for those who cannot see it.
	Thread(handle string) []Message
	// Direct shows the direct messages from the bot, oldest first.
	Direct() []Message
	// Private shows the replies that only this person sees, oldest first, with
	// files that came in reply.
	Private() []Message
	// Form is the form that is open, if one is. After a refusal it holds what was
	// typed and what is wrong; where the platform cannot keep a form open, the
	// seat opens it again the way the adapter offers.
	Form() (Form, bool)
	// Notifications are the texts this person's devices showed on their lock
	// screens, oldest first.
	Notifications() []string

	// Read returns everything that can be read in a message, with all its pages.
	Read(m Message) string
	// Press presses the button with this label and says yes when asked again. It
	// returns the words in which it was asked, "" when it was not.
	Press(m Message, label string) (asked string)
	// Choose picks the one answer with this label, on whatever page it is.
	Choose(m Message, label string)
	// Pick picks several answers and presses the button that sends them.
	Pick(m Message, send string, labels ...string)
	// Submit fills in the open form and sends it. Fields left out stay as they are.
	Submit(fields map[dialog.FieldID]string)
}

// A Homely seat is one on a platform where a person has a home: a page of the
// app's own, beside the messages. What it shows is what the bot's Home says when
// the person turns to it. Its presses come from [bot.DirectTo] the person.
type Homely interface {
	// Home turns to the home and returns what stands there; false when the person
	// has none.
	Home() (Message, bool)
}

// A Message is one message as its reader sees it.
type Message struct {
	ID    string   // the platform's own; the same as long as it is the same message
	Text  string   // what can be read in it at first sight, with nothing interpreted
	Pings []Person // whom it calls by a mention
	Loud  bool     // it calls a whole channel
	File  *File
}

// A File is a file as it is downloaded.
type File struct {
	Name    string
	Content []byte
}

// A Form is an open form.
type Form struct {
	Title  string
	Fields []Field
}

// A Field is one field of an open form.
type Field struct {
	ID    dialog.FieldID
	Label string
	Value string // what stands in it
	Fault string // what is wrong with it; also when the platform says so beside the form
}
