package adaptertest

import "testing"

// Run tries every promise on a platform of its own.
func Run(t *testing.T, start Start) {
	for _, promises := range []map[string]func(*scene){
		delivering, addressing, pressing, answering, filling, choosing, reading, lasting, homing,
	} {
		for name, keep := range promises {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := &Bot{}
				keep(&scene{Harness: start(t, b), t: t, bot: b})
			})
		}
	}
}
