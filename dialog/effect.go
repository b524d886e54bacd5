package dialog

import (
	"fmt"
	"time"
)

// An EffectKind is what an effect does on another surface than the presser's.
type EffectKind string

// The kinds of effects. All hold codes only: the view is rendered from the
// consult when it is delivered, so the newest version always wins.
const (
	PostCard   EffectKind = "post_card"   // the root post of the thread with the living card
	UpdateCard EffectKind = "update_card" // the living card, merged to the newest version
	PostNote   EffectKind = "post_note"   // a line in the thread: Code says which
	Message    EffectKind = "message"     // a direct message to To: Code says which
	Page       EffectKind = "page"        // direct message + mention in the thread + pager, to To
	CallPager  EffectKind = "call_pager"  // the pager part of a Page, so that each part has its own receipt; the runtime adds it
	EndPage    EffectKind = "end_page"    // the page to To is over: its message and its pager are updated
	EndPager   EffectKind = "end_pager"   // the pager part of an EndPage; the runtime adds it
	SendFile   EffectKind = "send_file"   // the record, as a file in the thread: Code is md or pdf
)

// A Lane keeps what is urgent from waiting behind what is not.
type Lane string

// The lanes.
const (
	LaneNormal Lane = "normal"
	LaneUrgent Lane = "urgent"
)

// An Effect is something that people elsewhere are to see. It holds codes and
// ids only. Delivering it twice must do no harm: see [Effect.ID].
type Effect struct {
	Handle  string     `json:"h"`
	Version uint64     `json:"v"` // the version that caused it
	Index   int        `json:"i"` // its place among that version's effects
	Kind    EffectKind `json:"k"`
	Lane    Lane       `json:"l,omitempty"`
	To      PersonID   `json:"to,omitempty"`
	Code    string     `json:"c,omitempty"`
	Args    []string   `json:"a,omitempty"`
}

// ID names the effect for ever: consult, version, index.
func (e Effect) ID() string { return fmt.Sprintf("%s/%d/%d", e.Handle, e.Version, e.Index) }

// A TimerID names one timer of a consult, such as "escalation.2.1" or
// "clock.cps_oral". Setting a timer that exists moves it.
type TimerID string

// A Timer comes back as an [Input] with action [ActTimer] when it is due. A
// stale one is a no-op: Apply decides by the id.
type Timer struct {
	ID  TimerID
	Due time.Time // the zero time removes the timer
}
