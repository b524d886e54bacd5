package slackfake

import (
	"errors"
	"net/http"
	"testing"

	"github.com/slack-go/slack"
)

// form is a modal with one field.
func form() slack.ModalViewRequest {
	input := slack.NewInputBlock("question", plainText("Your question"), nil, slack.NewPlainTextInputBlockElement(nil, "text").WithMaxLength(20))
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: plainText("Ask"), Submit: plainText("Send"), PrivateMetadata: "meta", CallbackID: "ask",
		Blocks: slack.Blocks{BlockSet: []slack.Block{section("Intro"), input}},
	}
}

func TestAFormIsFilledRefusedAndSent(t *testing.T) {
	eachWay(t, func(t *testing.T, s *Server, a *fakeApp) {
		_, err := app(s).OpenView(trig(s, dana), form())
		taken(t, err)
		c := s.As(dana)
		if _, err := c.Submit(); !errors.Is(err, ErrRefused) {
			t.Errorf("an empty required field was sent: %v", err)
		}
		taken(t, c.Type("question", "text", long(21)))
		if _, err := c.Submit(); !errors.Is(err, ErrRefused) {
			t.Errorf("a text that is too long was sent: %v", err)
		}
		taken(t, c.Type("question", "text", "May I?"))
		for _, wrong := range []any{
			slack.NewErrorsViewSubmissionResponse(map[string]string{"intro": "no input block"}),
			map[string]any{"response_action": "explode"},
			map[string]any{"text": "a message"},
		} {
			a.answers(http.StatusOK, wrong)
			if out, err := c.Submit(); err != nil || out.Notice != noticeTrouble {
				t.Errorf("%v: got %+v, %v", wrong, out, err)
			}
		}
		a.answers(http.StatusOK, slack.NewErrorsViewSubmissionResponse(map[string]string{"question": "This names a person."}))
		_, err = c.Submit()
		taken(t, err)
		v, open := s.Modal(dana)
		if !open || v.Errors["question"] != "This names a person." || s.Entered(v, "question", "text") != "May I?" {
			t.Errorf("after a refusal: %+v", v)
		}
		in := a.last(t)
		if in.View.State.Values["question"]["text"].Value != "May I?" || in.View.PrivateMetadata != "meta" || in.View.CallbackID != "ask" || in.View.Hash != v.Hash {
			t.Errorf("it brought %+v", in.View)
		}
		a.answers(http.StatusOK, nil)
		_, err = c.Submit()
		taken(t, err)
		if _, open := s.Modal(dana); open {
			t.Error("the form is still open")
		}
	})
}

func TestAViewThatIsUpdatedKeepsWhatWasTypedByItsIds(t *testing.T) {
	s := workspace(t, Options{})
	opened, err := app(s).OpenView(trig(s, dana), form())
	taken(t, err)
	taken(t, s.As(dana).Type("question", "text", "May I?"))
	_, err = app(s).UpdateView(form(), "", opened.Hash, opened.ID)
	taken(t, err)
	v, _ := s.Modal(dana)
	if got := s.Entered(v, "question", "text"); got != "May I?" {
		t.Errorf("the field holds %q", got)
	}
	other := form()
	other.Blocks.BlockSet[1].(*slack.InputBlock).BlockID = "question2"
	_, err = app(s).UpdateView(other, "", "", opened.ID)
	taken(t, err)
	_, err = app(s).UpdateView(form(), "", "", opened.ID)
	taken(t, err)
	v, _ = s.Modal(dana)
	if got := s.Entered(v, "question", "text"); got != "" {
		t.Errorf("under another id the field holds %q", got)
	}
}

func TestAnAcknowledgementMovesTheModals(t *testing.T) {
	s := workspace(t, Options{})
	a := overHTTP(t, s)
	_, err := app(s).OpenView(trig(s, dana), form())
	taken(t, err)
	submit := func(payload any) {
		t.Helper()
		a.answers(http.StatusOK, payload)
		taken(t, s.As(dana).Type("question", "text", "May I?"))
		out, err := s.As(dana).Submit()
		if err != nil || out.Notice != "" {
			t.Errorf("got %+v, %v", out, err)
		}
	}
	next := form()
	next.Title = plainText("Next")
	submit(slack.NewUpdateViewSubmissionResponse(&next))
	if v, _ := s.Modal(dana); v.Title != "Next" {
		t.Errorf("after an update the modal is %q", v.Title)
	}
	next.Title = plainText("On top")
	submit(slack.NewPushViewSubmissionResponse(&next))
	if v, _ := s.Modal(dana); v.Title != "On top" || v.Previous == "" {
		t.Errorf("after a push the modal is %+v", v)
	}
	s.As(dana).CloseModal()
	if v, _ := s.Modal(dana); v.Title != "Next" {
		t.Errorf("after closing the top one the modal is %q", v.Title)
	}
	submit(slack.NewClearViewSubmissionResponse())
	if _, open := s.Modal(dana); open {
		t.Error("after a clear a modal is open")
	}
}
