package keyspace

import (
	"strings"

	"curbside/dialog"
)

// LaneOf returns the lane of an effect: an effect that names none is not urgent.
func LaneOf(e dialog.Effect) dialog.Lane {
	if e.Lane == dialog.LaneUrgent {
		return dialog.LaneUrgent
	}
	return dialog.LaneNormal
}

// SurfaceOf names what an effect puts something on. Two effects on one surface
// of a consult are never delivered at the same time, whatever their lanes.
func SurfaceOf(e dialog.Effect) string {
	switch e.Kind {
	case dialog.PostCard, dialog.UpdateCard:
		return "card"
	case dialog.PostNote, dialog.SendFile:
		return "thread"
	case dialog.Page, dialog.EndPage:
		return "page/" + string(e.To)
	case dialog.CallPager, dialog.EndPager: // an end that came late would end the call after it
		return string(dialog.CallPager) + "/" + string(e.To)
	default:
		return string(e.Kind) + "/" + string(e.To)
	}
}

// TrackNormal is the one track of a consult's ordinary effects.
const TrackNormal = "normal"

// TrackUrgentCard is the track of a consult's urgent effects on its card.
const TrackUrgentCard = "urgent/card"

// TrackOf names the track of an effect: within a track effects are delivered in
// the order in which they were committed. Ordinary effects of a consult share
// one. Urgent effects have one for each surface, so that a page never waits for
// a page to somebody else, nor a pager for the chat.
func TrackOf(e dialog.Effect) string {
	if LaneOf(e) == dialog.LaneUrgent {
		return "urgent/" + SurfaceOf(e)
	}
	return TrackNormal
}

// A Waiting is an effect on its track.
type Waiting struct {
	Entry   string // the id of its stream entry
	Effect  string // the id of the effect
	Kind    dialog.EffectKind
	Surface string
}

// WaitingFor returns the place of e on its track, but for its stream entry,
// which is known only once it is written.
func WaitingFor(e dialog.Effect) Waiting {
	return Waiting{Effect: e.ID(), Kind: e.Kind, Surface: SurfaceOf(e)}
}

// String writes w as the scripts read it: ENTRY|EFFECT|KIND|SURFACE.
func (w Waiting) String() string {
	return strings.Join([]string{w.Entry, w.Effect, string(w.Kind), w.Surface}, "|")
}

// ParseWaiting reads what [Waiting.String] wrote. Missing parts stay empty.
func ParseWaiting(s string) Waiting {
	parts := strings.SplitN(s, "|", 4)
	parts = append(parts, make([]string, 4-len(parts))...)
	return Waiting{Entry: parts[0], Effect: parts[1], Kind: dialog.EffectKind(parts[2]), Surface: parts[3]}
}
