package discord

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// openAPIVariable names Discord's own description of its API, where it is at hand:
// https://github.com/discord/discord-api-spec, specs/openapi.json.
const openAPIVariable = "CURBSIDE_DISCORD_OPENAPI"

// schemas are the ones that what is sent has to fit, by what is sent.
var schemas = map[string]string{
	"POST messages": "MessageCreateRequest",
	"PATCH message": "MessageEditRequestPartial",
	"POST threads":  "CreateTextThreadWithoutMessageRequest",
	"PATCH thread":  "UpdateThreadRequestPartial",
	"POST directs":  "CreatePrivateChannelRequest",
	"POST follow":   "IncomingWebhookRequestPartial",
	"PATCH follow":  "IncomingWebhookUpdateRequestPartial",
	"PUT command":   "ApplicationCommandUpdateRequest",
	"answer 1":      "PongInteractionCallbackRequest",
	"answer 4":      "CreateMessageInteractionCallbackRequest",
	"answer 5":      "CreateMessageInteractionCallbackRequest",
	"answer 6":      "UpdateMessageInteractionCallbackRequest",
	"answer 7":      "UpdateMessageInteractionCallbackRequest",
	"answer 9":      "ModalInteractionCallbackRequest",
}

// A checker holds what is sent to Discord's own schemas.
type checker map[string]*jsonschema.Schema

// newChecker is nil where the description is not at hand.
func newChecker(t testing.TB) checker {
	t.Helper()
	c, err := description()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// description reads Discord's own description, once.
var description = sync.OnceValues(func() (checker, error) {
	path := os.Getenv(openAPIVariable)
	if path == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("discord.json", doc); err != nil {
		return nil, err
	}
	compiled := checker{}
	for what, name := range schemas {
		if compiled[what], err = c.Compile("discord.json#/components/schemas/" + name); err != nil {
			return nil, err
		}
	}
	return compiled, nil
})

// holds checks what was sent.
func (c checker) holds(t testing.TB, what string, raw []byte) {
	t.Helper()
	schema, ok := c[what]
	if !ok {
		t.Errorf("no schema is known for %s", what)
		return
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	if err := schema.Validate(v); err != nil {
		t.Errorf("%s does not fit Discord's schema: %v\n%s", what, err, raw)
	}
}

// sentAs says what a request is, "" when it has no body that is checked.
func sentAs(method, path string) string {
	what := ""
	switch {
	case strings.HasSuffix(path, "/messages"):
		what = "messages"
	case strings.HasPrefix(path, "webhooks/"):
		what = "follow"
	case strings.Contains(path, "/messages/"):
		what = "message"
	case strings.HasSuffix(path, "/threads"):
		what = "threads"
	case path == "users/@me/channels":
		what = "directs"
	case strings.HasPrefix(path, "channels/") && strings.Count(path, "/") == 1:
		what = "thread"
	}
	if method == http.MethodGet || method == http.MethodDelete || method == http.MethodPut || what == "" {
		return ""
	}
	return method + " " + what
}

func TestEverythingThatIsSentFitsWhatDiscordDocuments(t *testing.T) {
	c := newChecker(t)
	holds := func(what string, sent any) {
		t.Helper()
		raw, err := json.Marshal(sent)
		if err != nil {
			t.Fatal(err)
		}
		if c != nil {
			// The description wants a number here; the documentation and Discord's own
			// answers have the text.
			c.holds(t, what, bytes.Replace(raw, []byte(`"default_member_permissions":"0"`), []byte(`"default_member_permissions":0`), 1))
		}
		if bytes.Contains(raw, []byte(`"allowed_mentions"`)) && !bytes.Contains(raw, []byte(`"parse":[]`)) {
			t.Errorf("%s lets its text call people: %s", what, raw)
		}
	}
	for _, v := range cardsOfAConsult(t) {
		l := layoutForTests()
		l.fallback = true
		for _, m := range l.pages(v) {
			holds("POST messages", m)
			holds("PATCH message", m)
			holds("POST follow", ephemeral(m))
			holds("PATCH follow", m)
			holds("answer 4", answer{kind: answerPrivate, message: m}.response())
			holds("answer 7", answer{kind: answerUpdate, message: m}.response())
		}
	}
	holds("answer 1", answer{kind: answerPong}.response())
	holds("answer 5", deferral(interaction{}))
	holds("answer 6", answer{kind: answerRemove}.response())
	holds("answer 7", answer{kind: answerPicks, message: newMessage()}.response())
	holds("answer 9", answer{kind: answerModal, modal: modalOf(*asking())}.response())
	for _, command := range commands() {
		holds("PUT command", command)
	}
}
