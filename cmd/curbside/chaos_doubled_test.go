package main

import (
	"fmt"
	"strings"
	"time"

	"curbside/dialog"
)

// doubled: what reached people twice had a reason that the design names: nobody
// knew whether it had arrived, or the process that had sent it was away, or cut
// off from Redis, before it could keep that.
func (a *aftermath) doubled() {
	for handle, effects := range a.world.arrived {
		for id, all := range effects {
			if kind := all[0].Kind; kind == dialog.UpdateCard || kind == dialog.EndPage || strings.HasPrefix(id, "phone:end:") {
				continue // an edit, which shows nothing twice
			}
			due := a.due(handle, id)
			a.tally["effects that reached somebody"] += min(due, len(all))
			again := len(all) - due
			a.tally["arrived again"] += max(again, 0)
			for _, first := range all[:len(all)-1] {
				if why := a.excuse(first); why != "" && again > 0 {
					a.tally["arrived again: "+why]++
					again--
				}
			}
			if again > 0 {
				a.t.Errorf("%s: %s reached somebody %d times, %d of them with nothing broken:\n%sThe processes say:\n%s",
					handle, id, len(all), again, timesOf(all), a.saidOf(handle))
			}
		}
	}
}

// due is how often something may reach somebody. The recording platform knows one
// effect from the other; on a fake, all pages of a person are alike.
func (a *aftermath) due(handle, id string) (n int) {
	kind, rest, _ := strings.Cut(id, ":")
	var wanted dialog.TurnKind
	switch kind {
	case "page", "mention":
		wanted = dialog.TurnPaged
	case "note", "message":
		for words, turn := range alike {
			if strings.Contains(rest, words) {
				wanted = turn
			}
		}
	}
	for _, e := range a.kept[handle].Consult.Escalations {
		for _, t := range e.Turns {
			if t.Kind == wanted && (wanted != dialog.TurnPaged || string(t.By) == rest) {
				n++
			}
		}
	}
	if wanted == dialog.TurnPaged {
		return n
	}
	return max(n, 1)
}

// alike are words of lines that are the same each time, by the turn they tell of.
var alike = map[string]dialog.TurnKind{
	"answered in time": dialog.TurnPassed, "Nobody has been reached": dialog.TurnNobody,
	"still awaited": dialog.TurnReminded, "was reminded": dialog.TurnReminded, "has seen it": dialog.TurnSeen,
}

func timesOf(all []arrival) string {
	var text strings.Builder
	for _, one := range all {
		_, _ = fmt.Fprintf(&text, "  %s by %s, answered %t\n", one.at.Format("15:04:05.000"), one.Replica, one.answered)
	}
	return text.String()
}

// excuse says why something may have come again.
func (a *aftermath) excuse(first arrival) string {
	if !first.answered {
		return "the first answer was lost or late"
	}
	const keeping = 3 * time.Second // two tries to reach Redis, and a pause
	for _, o := range a.outages {
		if (o.replica == "" || first.Replica == "" || o.replica == first.Replica) && o.from.Before(first.at.Add(keeping)) && o.until.After(first.at.Add(-keeping)) {
			return "the sender was away before it kept the receipt"
		}
	}
	return ""
}
