package discord

import (
	"context"
	"fmt"
	"net/http"
)

// directs are the channels of direct messages, by user.
type directs struct{ recent[string, string] }

// direct returns the channel of the direct messages with a user. Asking again
// gives the same one.
func (d *Discord) direct(ctx context.Context, user string) (string, error) {
	if id, ok := d.directs.get(user); ok {
		return id, nil
	}
	var made channel
	err := d.api.do(ctx, request{
		method: http.MethodPost, path: "users/@me/channels", out: &made,
		body: map[string]string{"recipient_id": user},
	})
	id := ""
	if err == nil {
		id, err = given(made.ID)
	}
	if err != nil {
		return "", fmt.Errorf("open direct messages: %w", err)
	}
	d.directs.put(user, id)
	return id, nil
}
