// Package bot is the runtime: it identifies who pressed, authorises, loads,
// applies, commits, replies, and delivers what was committed.
package bot

import (
	"context"
	"time"

	"curbside/dialog"
)

// A PlatformName is "slack", "discord" or "web".
type PlatformName string

// An Identity is an account as its platform vouches for it. Ids only: names and
// addresses change and can be shared.
type Identity struct {
	Platform  PlatformName `json:"p"`
	Workspace string       `json:"w"` // Slack: enterprise and team; Discord: guild; web: "local"
	User      string       `json:"u"`
}

// A Place is where something is shown or was pressed. Ids only, and comparable:
// the same place is always written the same way.
type Place struct {
	Platform  PlatformName `json:"p"`
	Workspace string       `json:"w"`
	Channel   string       `json:"c"`           // a channel; with Direct, the user id of the other side
	Direct    bool         `json:"d,omitempty"` // a direct message with the app
}

// DirectTo returns the direct message with an account.
func DirectTo(id Identity) Place {
	return Place{Platform: id.Platform, Workspace: id.Workspace, Channel: id.User, Direct: true}
}

// An InboundKind is what a person did.
type InboundKind string

// The kinds of inbound.
const (
	Command InboundKind = "command" // the slash command
	Pressed InboundKind = "press"   // a button or option
	Submit  InboundKind = "submit"  // a form was sent
)

// An Inbound is one thing a person did, in no platform's words. The adapter has
// verified its origin. Words after a command that are not in the closed list
// below were dropped by the adapter and are kept nowhere.
type Inbound struct {
	ID    string // the platform's id of the interaction
	From  Identity
	In    Place
	Kind  InboundKind
	Word  string       // Command: what [KnownWord] made of the first word after it; anything else was dropped
	Press dialog.Press // Pressed and Submit
	Form  map[dialog.FieldID]string
}

// A Reply is what the presser sees at once, in the answer to the press.
type Reply struct {
	dialog.Reply
	// View replaces the surface that was pressed; nil leaves it. A private reply
	// that was pressed has served: instead, it is taken away, or Private takes
	// its place.
	View *dialog.View
	// Version is that of the consult which View shows, so that it replaces nothing
	// newer; 0 is a view of no consult.
	Version uint64
	// Loaded is when that consult began to be loaded: see [Delivery.Loaded].
	Loaded time.Time
}

// An Outcome says whether a delivery has to be tried again. It is a value, not an error.
type Outcome int

// The outcomes.
const (
	Delivered   Outcome = iota
	Busy                // again, after Receipt.RetryAfter
	Ambiguous           // may have arrived: idempotent kinds are repeated, a root post is looked up first
	Unreachable         // this person or place, for good: the next step of the escalation now
)

// A Ref is a platform's message reference, opaque to the bot: what an update needs.
type Ref string

// A Receipt is the result of one delivery.
type Receipt struct {
	Outcome    Outcome
	Ref        Ref           // Delivered: where it now stands
	RetryAfter time.Duration // Busy
	Code       string        // for logs and metrics: ids and codes only
}

// A Delivery is one effect, rendered, on its way to a platform.
type Delivery struct {
	ID      string // the effect's id: the same id is the same delivery
	Kind    dialog.EffectKind
	Effect  dialog.Effect // what it was rendered from: codes only, for a platform that shows it again later
	Handle  string
	Version uint64      // of the consult that View shows
	Loaded  time.Time   // when it began to be loaded, by this process's clock: what was shown before that gives way also to an older version, since a store may have lost commits
	Again   bool        // Page of a consult: an earlier try may have arrived
	Older   Ref         // Page of a consult: the page before this one to the same person, "" for none
	Home    Place       // the consult's channel
	Card    Ref         // the consult's card, "" until it is posted: its thread is the consult's thread
	Ref     Ref         // the message to update; "" posts a new one
	Asker   *Identity   // PostCard and UpdateCard: whose consult it is, for a platform that has to refuse the channel
	To      *Identity   // Message, Page and EndPage: the addressee
	Mention []Identity  // Page: to be mentioned in the thread
	Members []Identity  // PostCard: who must be able to see the thread
	View    dialog.View // empty for SendFile
	File    *dialog.File
}

// A Verdict says whether a place is private enough for a consult.
type Verdict struct {
	Private bool
	Code    string // why not: public, shared, guests, archived, not_member, unknown
	Reason  string // for people
	Remedy  string // for people
}

// A Platform puts deliveries in front of people.
type Platform interface {
	// Name returns which platform this is; it never changes.
	Name() PlatformName
	// Check looks up, now, whether a place is private. An error means that it
	// could not be looked up, which refuses the place as well.
	Check(ctx context.Context, p Place) (Verdict, error)
	// Deliver puts one delivery in front of people. Calling it again with the
	// same ID must do no harm. It is safe for concurrent use.
	Deliver(ctx context.Context, d Delivery) Receipt
}

// A PageRequest is what leaves the chat for a phone: handle and urgency only.
type PageRequest struct {
	ID      string // the effect's id
	Handle  string
	Urgency dialog.Urgency
	To      dialog.PersonID
	End     bool // the page is over
	// Rehearsal says that nothing waits: the page has to be recognisable as one,
	// and Handle names no consult.
	Rehearsal bool
}

// A Pager reaches people outside the chat.
type Pager interface {
	Page(ctx context.Context, r PageRequest) Receipt
}

// PagerFunc lets a function be a Pager.
type PagerFunc func(context.Context, PageRequest) Receipt

// Page implements [Pager].
func (f PagerFunc) Page(ctx context.Context, r PageRequest) Receipt { return f(ctx, r) }

// A Clock tells the time. The workbench moves it; everybody else uses the system's.
type Clock interface{ Now() time.Time }

// ClockFunc lets a function be a Clock.
type ClockFunc func() time.Time

// Now implements [Clock].
func (f ClockFunc) Now() time.Time { return f() }
