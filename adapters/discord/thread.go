package discord

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

// archiveAfter is how long a thread stays among the open ones without a word, in
// minutes: the longest that there is.
const archiveAfter = 10080

// A channel is a channel or a thread, as far as this package reads it.
type channel struct {
	ID         string      `json:"id"`
	GuildID    string      `json:"guild_id"`
	Type       int         `json:"type"`
	Name       string      `json:"name"`
	ParentID   string      `json:"parent_id"`
	OwnerID    string      `json:"owner_id"`
	Overwrites []overwrite `json:"permission_overwrites"`
}

func (c channel) thread() bool {
	return c.Type == channelNewsThread || c.Type == channelPublicThread || c.Type == channelPrivateThread
}

// A spot is where a consult lives: its thread, or the direct messages with the
// clinician where the channel was refused or could not be written to.
type spot struct {
	channel string
	card    string // the message that is its card, "" when it is not known
	direct  bool   // it is in direct messages
	moved   bool   // and has its home in the channel all the same
}

func (s spot) url(d *Discord) string {
	if s.direct {
		return "https://discord.com/channels/@me/" + s.channel
	}
	return d.link(s.channel)
}

// threads are where consults live, by handle, as far as is known here.
type threads struct{ recent[string, spot] }

func (t *threads) known(handle string) (spot, bool) { return t.get(handle) }

// spotOf returns where a consult lives: from its card's reference, from memory,
// or by its handle among the open threads. ok is false when there is none.
func (d *Discord) spotOf(ctx context.Context, handle string) (spot, bool, error) {
	if s, ok := d.threads.known(handle); ok {
		return s, true, nil
	}
	found, err := d.findThread(ctx, handle)
	if err != nil || found == "" {
		return spot{}, false, err
	}
	s := spot{channel: found}
	d.threads.put(handle, s)
	return s, true, nil
}

// findThread looks for the private thread of a consult among the open ones.
func (d *Discord) findThread(ctx context.Context, handle string) (string, error) {
	var open struct {
		Threads []channel `json:"threads"`
	}
	err := d.api.do(ctx, request{method: http.MethodGet, path: "guilds/" + d.options.Guild + "/threads/active", out: &open})
	if err != nil {
		return "", fmt.Errorf("list threads: %w", err)
	}
	for _, t := range open.Threads {
		if t.Name == handle && t.ParentID == d.options.Channel && t.Type == channelPrivateThread {
			return given(t.ID)
		}
	}
	return "", nil
}

// openThread returns the private thread of a consult. It makes one when there is
// none: nobody but those who are added can see it, and they cannot add others.
func (d *Discord) openThread(ctx context.Context, handle string) (string, error) {
	s, ok, err := d.spotOf(ctx, handle)
	if err != nil {
		return "", err
	}
	if ok && !s.direct {
		return s.channel, nil
	}
	var made channel
	err = d.api.do(ctx, request{
		method: http.MethodPost, path: "channels/" + d.options.Channel + "/threads", out: &made,
		body: struct {
			Name      string `json:"name"`
			Type      int    `json:"type"`
			Invitable bool   `json:"invitable"`
			Archive   int    `json:"auto_archive_duration"`
		}{shortened(handle, maxThreadName), channelPrivateThread, false, archiveAfter},
	})
	id := ""
	if err == nil {
		id, err = given(made.ID)
	}
	if err != nil {
		return "", fmt.Errorf("make a thread: %w", err)
	}
	d.threads.put(handle, spot{channel: id})
	return id, nil
}

// addMember lets somebody see a thread.
func (d *Discord) addMember(ctx context.Context, thread, user string) error {
	err := d.api.do(ctx, request{method: http.MethodPut, path: "channels/" + thread + "/thread-members/" + user})
	if err != nil {
		return fmt.Errorf("add to a thread: %w", err)
	}
	return nil
}

// revive takes a thread out of the archive, where nothing can be changed.
func (d *Discord) revive(ctx context.Context, thread string) error {
	err := d.api.do(ctx, request{
		method: http.MethodPatch, path: "channels/" + thread,
		body: map[string]bool{"archived": false},
	})
	if err != nil {
		return fmt.Errorf("revive a thread: %w", err)
	}
	return nil
}

// reference is a message's place, as it is kept.
func reference(channel, message string) string { return channel + "/" + message }

func parseReference(ref string) (channel, message string, ok bool) {
	channel, message, ok = strings.Cut(ref, "/")
	return channel, message, ok && channel != "" && message != ""
}
