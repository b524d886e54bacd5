package store

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"sync"
)

// shrunk is the first byte of state that was compressed; anything else is refused.
const shrunk = 'z'

// maxState bounds what state may grow to when it is read: a consult has a few
// kilobytes.
const maxState = 4 << 20

// usual is what most states have in them: what is compressed refers to it. It
// must never change: what was kept with it could not be read any more.
const usual = `"us.hipaa.minimum_necessary":"applies","us.hipaa.psychotherapy_notes":"applies","us.hipaa.accounting":"applies",` +
	`"us.harm.hipaa_imminent":"does_not_apply","us.ethics.apa":"undetermined","standing":{"us-ca.harm.protect":"applies",` +
	`"notify_police.US-CA.ca_police":{"by":"","at":"2026-11-21T05:13:00Z","for":["us-ca.harm.protect"],"told":"minimum"},` +
	`"warn_victim":{"by":"","at":"2026-11-21T05:13:00Z"},"marks":{"assess_violence_risk":{"by":"","at":"2026-11-21T04:51:00Z"},` +
	`"increase_contact"],"plan":{"actions":["confirmed":true},"departures":[{"notes":[{"danger":{"reason":"","until":"","log":[` +
	`{"kind":"paged","by":"","at":"2026-11-21T04:50:00Z"},{"kind":"passed","at":"2026-11-21T04:52:00Z"},{"kind":"seen","by":"",` +
	`"at":"2026-11-21T04:52:00Z"},{"kind":"heard","by":"","at":"2026-11-21T04:52:00Z"}],"escalations":[{"kind":"sign_off",` +
	`"urgency":"routine","about":"","rules":["us-tx.child_abuse.report"],"at":"2026-11-21T04:50:00Z","chain":[[""],[""]],"step":0,` +
	`"paged":[""],"ringing":[""],"tick":1,"state":"waiting","turns":[{"kind":"notice","urgency":"today","urgency":"imminent",` +
	`"state":"approved","nobody":true,"facts":{"threat_source":"client","target":"identified","harm_feared":"serious",` +
	`"federal_rules":[],"danger":"imminent"},"order":[{"f":"danger","s":0},{"f":"harm_feared","s":0},{"f":"threat_source","s":0},` +
	`"topics":["harm_to_others","self_harm","child_abuse","elder_abuse","dependent_adult_abuse"],"as_of":"2026-11-20"},` +
	`"found":{"at":"2026-11-21T04:51:00Z","complete":true,"packs":["US-CA@","US@"],"program":"","moved":{"case":8,"plan":15}},` +
	`"home":{"p":"slack","w":"T0","c":"C0"}}{"consult":{"handle":"amber-heron-42","version":20,"opened":"2026-11-21T04:50:00Z",` +
	`"touched":"2026-11-21T05:13:00Z","clinician":"","phase":"evaluate","case":{"where":"known","client":"US-CA","licence":"US-CA",` +
	`"profession":"psychologist","topics":["harm_to_others"],"facts":{`

// A shrinker makes state smaller before it is sealed. Its zero value is ready
// for use; it is safe for concurrent use.
type shrinker struct{ writers sync.Pool }

// shrink compresses state.
func (s *shrinker) shrink(state []byte) ([]byte, error) {
	out := bytes.NewBuffer(make([]byte, 0, len(state)/2))
	out.WriteByte(shrunk)
	w, ok := s.writers.Get().(*flate.Writer)
	if ok {
		w.Reset(out)
	} else {
		var err error
		if w, err = flate.NewWriterDict(out, flate.DefaultCompression, []byte(usual)); err != nil {
			return nil, fmt.Errorf("compress state: %w", err)
		}
	}
	defer s.writers.Put(w)
	if _, err := w.Write(state); err != nil {
		return nil, fmt.Errorf("compress state: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compress state: %w", err)
	}
	return out.Bytes(), nil
}

// grow undoes shrink. Whatever else comes in ends in [ErrAltered].
func grow(kept []byte) ([]byte, error) {
	if len(kept) == 0 || kept[0] != shrunk {
		return nil, ErrAltered
	}
	r := flate.NewReaderDict(bytes.NewReader(kept[1:]), []byte(usual))
	state, err := io.ReadAll(io.LimitReader(r, maxState+1))
	if err != nil || len(state) > maxState {
		return nil, ErrAltered
	}
	return state, nil
}
