package discord_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"curbside/adapters/discord/discordfake"
)

// A document is Discord's own description of its API, to which every request of
// the adapter and every answer of the Discord for tests is held, where the
// variable CURBSIDE_DISCORD_OPENAPI names it.
type document struct {
	mu       sync.Mutex
	doc      any
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema
}

// documented is the document, or nil where it is not at hand.
var documented = sync.OnceValues(func() (*document, error) {
	path := os.Getenv("CURBSIDE_DISCORD_OPENAPI")
	if path == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read Discord's description: %w", err)
	}
	return newDocument(raw)
})

func newDocument(raw []byte) (*document, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("parse Discord's description: %w", err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("discord.json", doc); err != nil {
		return nil, fmt.Errorf("take Discord's description: %w", err)
	}
	return &document{doc: doc, compiler: c, compiled: map[string]*jsonschema.Schema{}}, nil
}

// at follows keys into the document, and "$ref" where one stands.
func (d *document) at(node any, keys ...string) (any, bool) {
	for _, key := range keys {
		if object, ok := node.(map[string]any); ok {
			if ref, ok := object["$ref"].(string); ok {
				if node, ok = d.at(d.doc, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...); !ok {
					return nil, false
				}
			}
		}
		object, ok := node.(map[string]any)
		if !ok {
			return nil, false
		}
		if node, ok = object[key]; !ok {
			return nil, false
		}
	}
	return node, true
}

// schema compiles what stands at a place, once. A place that is a reference is
// followed.
func (d *document) schema(keys ...string) (*jsonschema.Schema, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	place := "discord.json#"
	node := d.doc
	for i, key := range keys {
		next, ok := d.at(node, key)
		if !ok {
			return nil, fmt.Errorf("nothing is documented at %s", strings.Join(keys[:i+1], " "))
		}
		place += "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
		if object, ok := next.(map[string]any); ok {
			if ref, ok := object["$ref"].(string); ok {
				place = "discord.json" + ref
			}
		}
		node = next
	}
	if s, ok := d.compiled[place]; ok {
		return s, nil
	}
	s, err := d.compiler.Compile(place)
	if err != nil {
		return nil, fmt.Errorf("compile %s: %w", place, err)
	}
	d.compiled[place] = s
	return s, nil
}

// holds checks a request and its answer.
func (d *document) holds(c discordfake.Call) error {
	method, path, _ := strings.Cut(c.Route, " ")
	method = strings.ToLower(method)
	if c.Body != "" {
		// The description wants a number here; Discord's documentation and its own
		// answers have the text.
		body := strings.ReplaceAll(c.Body, `"default_member_permissions":"0"`, `"default_member_permissions":0`)
		if err := d.fits(body, "paths", path, method, "requestBody", "content", "application/json", "schema"); err != nil {
			return fmt.Errorf("the request: %w", err)
		}
	}
	if c.Answer == "" || !strings.HasPrefix(c.Answer, "{") && !strings.HasPrefix(c.Answer, "[") {
		return nil
	}
	status := fmt.Sprint(c.Status)
	if c.Status >= 400 && c.Status != 429 {
		status = "4XX"
	}
	if err := d.fits(c.Answer, "paths", path, method, "responses", status, "content", "application/json", "schema"); err != nil {
		return fmt.Errorf("the answer: %w", err)
	}
	return nil
}

func (d *document) fits(raw string, keys ...string) error {
	schema, err := d.schema(keys...)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(raw))
	if err != nil {
		return fmt.Errorf("is no JSON: %w", err)
	}
	if err := schema.Validate(value); err != nil {
		return fmt.Errorf("%w\n%s", err, raw)
	}
	return nil
}

// documents holds everything that went to and fro to Discord's description, where
// that is at hand.
func (h *harness) documents() {
	d, err := documented()
	if err != nil {
		h.t.Error(err)
	}
	if d == nil {
		return
	}
	for _, c := range h.fake.Calls("") {
		if c.Status < 500 {
			if err := d.holds(c); err != nil {
				h.t.Errorf("%s differs from what Discord documents: %v", c.Route, err)
			}
		}
	}
}

// described is a description of one route, in the form of Discord's.
const described = `{"openapi":"3.1.0","paths":{"/notes/{note_id}":{"post":{
	"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Note"}}}},
	"responses":{"200":{"content":{"application/json":{"schema":{"type":"object","required":["id"]}}}},"4XX":{"$ref":"#/components/responses/Refused"}}}}},
	"components":{"schemas":{"Note":{"type":"object","properties":{"text":{"type":["string","null"],"maxLength":5}}}},
	"responses":{"Refused":{"content":{"application/json":{"schema":{"type":"object","required":["code"]}}}}}}}`

func TestWhatIsDescribedIsFoundAndHeld(t *testing.T) {
	d, err := newDocument([]byte(described))
	if err != nil {
		t.Fatal(err)
	}
	const route = "POST /notes/{note_id}"
	for _, c := range []discordfake.Call{
		{Route: route, Status: 200, Body: `{"text":"short"}`, Answer: `{"id":"1"}`},
		{Route: route, Status: 404, Body: `{"text":null}`, Answer: `{"code":1}`},
		{Route: route, Status: 204, Body: `{}`},
	} {
		if err := d.holds(c); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
	for _, c := range []discordfake.Call{
		{Route: route, Status: 204, Body: `{"text":"too long"}`},
		{Route: route, Status: 204, Body: `{"text":7}`},
		{Route: route, Status: 204, Body: `{`},
		{Route: route, Status: 200, Answer: `{"code":1}`},
		{Route: route, Status: 403, Answer: `{"message":"x"}`},
		{Route: route, Status: 201, Answer: `{}`},
		{Route: "POST /nothing", Status: 200, Body: `{}`},
	} {
		if d.holds(c) == nil {
			t.Errorf("taken: %+v", c)
		}
	}
}
