package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
)

const (
	// maxInteraction bounds what Discord may send: a message with its components
	// and what was typed, with room to spare.
	maxInteraction = 1 << 20
	// timeWindow is how far the time in a signature may be off. Discord asks for
	// none; without it, what was once signed would be good for ever.
	timeWindow = 5 * time.Minute
	// readTime is how long a request may take to come in.
	readTime = 5 * time.Second
)

var (
	errUnsigned = errors.New("not signed by discord")
	errTooLong  = errors.New("longer than anything discord sends")
)

// Handler answers what Discord sends to the endpoint for interactions, at any
// path. It is for [ModeHTTP]; in [ModeGateway] nothing is signed with a key that
// is known here, and everything is refused.
func (d *Discord) Handler(b Answers) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			http.Error(w, "Discord posts here.", http.StatusMethodNotAllowed)
			return
		}
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(readTime)) // who cannot be given one is bounded by the body
		raw, err := verified(r, d.key, time.Now())
		if err != nil {
			d.metrics.count(countRefused)
		}
		switch {
		case errors.Is(err, errTooLong):
			http.Error(w, "Too long.", http.StatusRequestEntityTooLarge)
			return
		case err != nil:
			http.Error(w, "The signature is not Discord's.", http.StatusUnauthorized)
			return
		}
		in, err := decodeInteraction(raw)
		if err != nil {
			d.metrics.count(countMalformed)
			d.log.Warn("not understood", "reason", "undecodable", "bytes", len(raw))
			http.Error(w, "This is no interaction.", http.StatusBadRequest)
			return
		}
		d.respond(r.Context(), b, in, func(a response) bool { return d.write(w, in, a) })
	})
}

// verified returns the body of a request that Discord signed lately.
func verified(r *http.Request, key ed25519.PublicKey, now time.Time) ([]byte, error) {
	signature, err := hex.DecodeString(r.Header.Get("X-Signature-Ed25519"))
	stamp := r.Header.Get("X-Signature-Timestamp")
	if err != nil || len(signature) != ed25519.SignatureSize || len(key) != ed25519.PublicKeySize {
		return nil, errUnsigned
	}
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if off := now.Sub(time.Unix(seconds, 0)); err != nil || off > timeWindow || off < -timeWindow {
		return nil, errUnsigned
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxInteraction+1))
	if err != nil {
		return nil, errUnsigned
	}
	if len(body) > maxInteraction {
		return nil, errTooLong
	}
	if !ed25519.Verify(key, append([]byte(stamp), body...), signature) {
		return nil, errUnsigned
	}
	return body, nil
}

// write sends the first answer as the answer to the request.
func (d *Discord) write(w http.ResponseWriter, in interaction, a response) bool {
	body, err := json.Marshal(a)
	if err == nil {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, err = w.Write(body)
	}
	if err == nil {
		// What follows the answer must not overtake it.
		err = http.NewResponseController(w).Flush()
	}
	if err != nil {
		d.metrics.count(countLost)
		d.log.Warn("answer lost", "interaction", in.ID, "reason", "unwritten")
	}
	return err == nil
}
