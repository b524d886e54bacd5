package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	slackapi "github.com/slack-go/slack"

	"curbside/bot"
	"curbside/dialog"
)

const (
	maxField    = 3000 // characters of a text field
	viewTitle   = 24
	fieldPrefix = "field|" // before a field's id, in the id of its block
	fieldAction = "text"
)

// A formMemo is what a form's modal carries: what sending it means, and where it
// was opened. It comes back from outside, so it holds ids alone and is checked.
type formMemo struct {
	Press     string `json:"p"`
	Mark      string `json:"m,omitempty"`
	Channel   string `json:"c,omitempty"`
	Ts        string `json:"t,omitempty"`
	Thread    string `json:"r,omitempty"`
	Ephemeral bool   `json:"e,omitempty"`
}

func memoOf(f dialog.Form, on surface) string {
	text, _ := json.Marshal(formMemo{ // plain values
		Press: f.Submit.String(), Mark: on.mark, Channel: on.channel, Ts: on.ts, Thread: on.thread, Ephemeral: on.ephemeral,
	})
	return string(text)
}

// skeleton is a modal that says that something is coming.
func skeleton() slackapi.ModalViewRequest {
	return modal("Curbside", []slackapi.Block{slackapi.NewSectionBlock(plain("One moment…"), nil, nil)})
}

func modal(title string, blocks []slackapi.Block) slackapi.ModalViewRequest {
	return slackapi.ModalViewRequest{
		Type: slackapi.VTModal, Title: plain(fit(cmp.Or(title, "Curbside"), viewTitle)),
		Close: plain("Close"), Blocks: slackapi.Blocks{BlockSet: blocks},
	}
}

// formView is a form as a modal.
func formView(f dialog.Form, on surface) slackapi.ModalViewRequest {
	p := newPainter(markPrivate, func(string) string { return "" })
	var blocks []slackapi.Block
	for _, part := range chunks(f.Intro, sectionText) {
		blocks = append(blocks, slackapi.NewSectionBlock(plain(part), nil, nil, slackapi.SectionBlockOptionBlockID(p.id("intro"))))
	}
	for _, field := range f.Fields {
		blocks = append(blocks, fieldBlock(field))
	}
	view := modal(f.Title, blocks)
	view.Submit, view.Close = plain(fit(cmp.Or(f.Label, "Send"), viewTitle)), plain("Cancel")
	view.PrivateMetadata = memoOf(f, on)
	return view
}

func fieldBlock(f dialog.Field) *slackapi.InputBlock {
	most := maxField
	if f.MaxLength > 0 {
		most = min(f.MaxLength, maxField)
	}
	text := slackapi.NewPlainTextInputBlockElement(nil, fieldAction)
	text.Multiline, text.MaxLength, text.InitialValue = f.Multiline, most, fitting(f.Value, most)
	var hint *slackapi.TextBlockObject
	if f.Hint != "" {
		hint = plain(f.Hint)
	}
	block := slackapi.NewInputBlock(fieldPrefix+string(f.ID), plain(f.Label), hint, text)
	block.Optional = !f.Required
	return block
}

// decodeSubmission reads a submitted form.
func (s *Slack) decodeSubmission(a asked, i interaction) (asked, bool, error) {
	var memo formMemo
	if i.View == nil || !slackID.MatchString(i.View.ID) || json.Unmarshal([]byte(i.View.Metadata), &memo) != nil || memo.Mark != "" && !isMark(memo.Mark) {
		return asked{}, false, errMalformed
	}
	press, err := dialog.ParsePress(memo.Press)
	if err != nil {
		return asked{}, false, errMalformed
	}
	a.on = surface{view: i.View.ID, trigger: i.TriggerID}
	if memo.Channel != "" {
		if !slackID.MatchString(memo.Channel) || memo.Ts != "" && !stamp.MatchString(memo.Ts) || memo.Thread != "" && !stamp.MatchString(memo.Thread) {
			return asked{}, false, errMalformed
		}
		a.on.mark, a.on.channel, a.on.ts, a.on.thread, a.on.ephemeral = memo.Mark, memo.Channel, memo.Ts, memo.Thread, memo.Ephemeral
	}
	at := a.on
	at.view = ""
	a.in.In = s.place(at, a.in.From)
	if memo.Channel == "" {
		a.in.In = bot.DirectTo(a.in.From)
	}
	a.in.Kind, a.in.Press, a.in.Form = bot.Submit, press, map[dialog.FieldID]string{}
	for block, values := range i.View.State.Values {
		id, ours := strings.CutPrefix(block, fieldPrefix)
		if !ours {
			continue
		}
		text := ""
		if value := values[fieldAction].Value; value != nil {
			text = strings.ToValidUTF8(*value, "\uFFFD")
		}
		a.in.Form[dialog.FieldID(id)] = text
	}
	return a, true, nil
}

// fieldErrors are what is wrong, at the fields of the form that was sent. What
// belongs to none of them stands at the first, so that it is seen.
func fieldErrors(faults map[dialog.FieldID]string, sent map[dialog.FieldID]string) *slackapi.ViewSubmissionResponse {
	fields := slices.Sorted(maps.Keys(sent))
	at := map[string]string{}
	for _, id := range slices.Sorted(maps.Keys(faults)) {
		where := id
		if _, has := sent[id]; !has && len(fields) > 0 {
			where = fields[0]
		}
		key := fieldPrefix + string(where)
		at[key] = strings.TrimSpace(at[key] + " " + faults[id])
	}
	return slackapi.NewErrorsViewSubmissionResponse(at)
}

// openView opens a modal. The trigger is good for three seconds and one modal.
func (s *Slack) openView(ctx context.Context, on surface, view slackapi.ModalViewRequest) (id string, err error) {
	method, open := "views.open", s.api.OpenViewContext
	if on.view != "" {
		method, open = "views.push", s.api.PushViewContext
	}
	err = s.call(ctx, method, func(ctx context.Context) error {
		opened, err := open(ctx, on.trigger, view)
		if err == nil {
			id = opened.ID
		}
		return err
	})
	return id, err
}

// changeView shows something else in a modal.
func (s *Slack) changeView(ctx context.Context, id string, view slackapi.ModalViewRequest) error {
	return s.call(ctx, "views.update", func(ctx context.Context) error {
		_, err := s.api.UpdateViewContext(ctx, view, "", "", id)
		return err
	})
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
