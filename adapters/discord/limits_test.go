package discord

import (
	"strings"
	"testing"
)

// keepsLimits checks a message against every limit that Discord documents.
func keepsLimits(t testing.TB, what string, m message) {
	t.Helper()
	if n := width(m.Content); n > 2000 {
		t.Errorf("%s: the content is %d long", what, n)
	}
	if len(m.Embeds) > 10 {
		t.Errorf("%s: %d embeds", what, len(m.Embeds))
	}
	all := 0
	for i, e := range m.Embeds {
		n := width(e.Description)
		if n > 4096 || n == 0 {
			t.Errorf("%s: embed %d is %d long", what, i, n)
		}
		if width(e.Title) > 256 {
			t.Errorf("%s: embed %d has a title of %d", what, i, width(e.Title))
		}
		all += n + width(e.Title)
	}
	if all > 6000 {
		t.Errorf("%s: the embeds are %d long", what, all)
	}
	if m.Content == "" && len(m.Embeds) == 0 && len(m.Components) == 0 && len(m.Attachments) == 0 {
		t.Errorf("%s: an empty message", what)
	}
	if m.Mentions.Parse == nil || len(m.Mentions.Parse) > 0 {
		t.Errorf("%s: texts may call people: %v", what, m.Mentions.Parse)
	}
	if len(m.Nonce) > 25 || m.Nonce != "" && !m.EnforceOnce {
		t.Errorf("%s: nonce %q, enforced %t", what, m.Nonce, m.EnforceOnce)
	}
	rowsKeepLimits(t, what, m.Components)
}

func rowsKeepLimits(t testing.TB, what string, rows []component) {
	t.Helper()
	if len(rows) > 5 {
		t.Errorf("%s: %d rows", what, len(rows))
	}
	ids := map[string]bool{}
	for _, r := range rows {
		if r.Type != typeRow || len(r.Components) == 0 || len(r.Components) > 5 {
			t.Errorf("%s: a row of type %d with %d components", what, r.Type, len(r.Components))
		}
		for _, c := range r.Components {
			switch c.Type {
			case typeButton:
				buttonKeepsLimits(t, what, c)
			case typeSelect:
				if len(r.Components) != 1 {
					t.Errorf("%s: a list beside something else", what)
				}
				selectKeepsLimits(t, what, c)
			default:
				t.Errorf("%s: a component of type %d", what, c.Type)
			}
			if c.CustomID != "" && ids[c.CustomID] {
				t.Errorf("%s: the id %q stands there twice", what, c.CustomID)
			}
			ids[c.CustomID] = true
		}
	}
}

func buttonKeepsLimits(t testing.TB, what string, c component) {
	t.Helper()
	if n := width(c.Label); n == 0 || n > 80 {
		t.Errorf("%s: the label %q", what, c.Label)
	}
	if c.Style == styleLink {
		if !strings.HasPrefix(c.URL, "https://discord.com/channels/") || c.CustomID != "" {
			t.Errorf("%s: a link to %q with the id %q", what, c.URL, c.CustomID)
		}
		return
	}
	if len(c.CustomID) == 0 || len(c.CustomID) > 100 || c.URL != "" {
		t.Errorf("%s: %q has an id of %d", what, c.Label, len(c.CustomID))
	}
}

func selectKeepsLimits(t testing.TB, what string, c component) {
	t.Helper()
	if len(c.Options) == 0 || len(c.Options) > 25 || len(c.CustomID) == 0 || len(c.CustomID) > 100 || width(c.Placeholder) > 150 {
		t.Errorf("%s: a list of %d with the id %q and %q", what, len(c.Options), c.CustomID, c.Placeholder)
	}
	if c.MaxValues > len(c.Options) || c.MinValues != nil && *c.MinValues > c.MaxValues {
		t.Errorf("%s: up to %d of %d can be picked", what, c.MaxValues, len(c.Options))
	}
	values, marked := map[string]bool{}, 0
	for _, o := range c.Options {
		if n := width(o.Label); n == 0 || n > 100 || width(o.Description) > 100 || len(o.Value) == 0 || len(o.Value) > 100 {
			t.Errorf("%s: the option %q with %q and %q", what, o.Label, o.Description, o.Value)
		}
		if values[o.Value] {
			t.Errorf("%s: the value %q stands there twice", what, o.Value)
		}
		values[o.Value] = true
		if o.Default {
			marked++
		}
	}
	if marked > max(c.MaxValues, 1) {
		t.Errorf("%s: %d options are marked of %d", what, marked, c.MaxValues)
	}
}

// modalKeepsLimits checks a form against every limit that Discord documents.
func modalKeepsLimits(t testing.TB, what string, m modal) {
	t.Helper()
	if n := width(m.Title); n == 0 || n > 45 || len(m.CustomID) == 0 || len(m.CustomID) > 100 {
		t.Errorf("%s: the title %q and the id %q", what, m.Title, m.CustomID)
	}
	if len(m.Components) == 0 || len(m.Components) > 5 {
		t.Errorf("%s: %d fields", what, len(m.Components))
	}
	for _, r := range m.Components {
		if r.Type != typeRow || len(r.Components) != 1 || r.Components[0].Type != typeInput {
			t.Errorf("%s: a row that is no text field", what)
			continue
		}
		f := r.Components[0]
		if width(f.Label) == 0 || width(f.Label) > 45 || width(f.Placeholder) > 100 || f.MaxLength < 1 || f.MaxLength > 4000 ||
			len(f.CustomID) == 0 || len(f.CustomID) > 100 || width(string(f.Value)) > f.MaxLength || f.Style != inputLine && f.Style != inputParagraph {
			t.Errorf("%s: the field %+v", what, f)
		}
	}
}
