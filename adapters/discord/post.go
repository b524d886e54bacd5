package discord

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"

	"curbside/bot"
	"curbside/dialog"
)

// nonce names a part of a delivery for ever: Discord answers a second post with
// the same one, within some minutes, with the first message.
func nonce(v bot.Delivery, part string) string {
	sum := sha256.Sum256([]byte(identity(v) + "|" + part))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:maxNonce]
}

// post puts a new message into a channel, once for each nonce.
func (d *Discord) post(ctx context.Context, channel string, m message, once string, file *dialog.File) (id string, err error) {
	m.Nonce, m.EnforceOnce = once, true
	if file != nil {
		m.Attachments = []attachment{{ID: "0", Filename: file.Name}}
	}
	var made struct {
		ID string `json:"id"`
	}
	send := request{method: http.MethodPost, path: "channels/" + channel + "/messages", body: m, file: file, out: &made}
	err = d.api.do(ctx, send)
	if coded(err, codeArchived) {
		if err = d.revive(ctx, channel); err == nil {
			err = d.api.do(ctx, send)
		}
	}
	if err == nil {
		id, err = given(made.ID)
	}
	if err != nil {
		return "", fmt.Errorf("post: %w", err)
	}
	return id, nil
}

// given is an id that Discord has answered with. It is kept, so nothing else is
// taken for one; what else is answered leaves open what became of the request.
func given(id string) (string, error) {
	if !number.MatchString(id) {
		return "", &apiError{}
	}
	return id, nil
}

// edit replaces a message.
func (d *Discord) edit(ctx context.Context, channel, id string, m message) error {
	change := request{method: http.MethodPatch, path: "channels/" + channel + "/messages/" + id, body: m}
	err := d.api.do(ctx, change)
	if coded(err, codeArchived) {
		if err = d.revive(ctx, channel); err == nil {
			err = d.api.do(ctx, change)
		}
	}
	if err != nil {
		return fmt.Errorf("edit: %w", err)
	}
	return nil
}

// digest is what two messages have in common when they look the same.
func digest(m message) [32]byte {
	m.Nonce, m.EnforceOnce, m.Flags = "", false, 0
	text, _ := json.Marshal(m) // strings, numbers and lists of them
	return sha256.Sum256(text)
}
