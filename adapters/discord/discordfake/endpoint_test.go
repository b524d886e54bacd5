package discordfake

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// app is an endpoint of somebody who does as the reference says.
func app(t *testing.T, s *Server, answer func(kind float64) (int, string)) *httptest.Server {
	t.Helper()
	key, err := hex.DecodeString(s.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		signature, _ := hex.DecodeString(r.Header.Get("X-Signature-Ed25519"))
		if !ed25519.Verify(key, append([]byte(r.Header.Get("X-Signature-Timestamp")), body...), signature) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		var in map[string]any
		if err := json.Unmarshal(body, &in); err != nil {
			t.Errorf("delivered %s", body)
		}
		status, text := 200, `{"type":1}`
		if in["type"] != 1.0 {
			kind, _ := in["type"].(float64)
			status, text = answer(kind)
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}))
	t.Cleanup(server.Close)
	return server
}

func TestAnAddressIsTriedBeforeItIsTaken(t *testing.T) {
	s := server(t, Options{Patience: time.Second})
	careless := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"type":1}`)
	}))
	defer careless.Close()
	mute := httptest.NewServer(http.NotFoundHandler())
	defer mute.Close()
	for name, url := range map[string]string{"one that takes every signature": careless.URL, "one that answers no ping": mute.URL, "nobody": "http://127.0.0.1:1"} {
		if err := s.UseHTTP(url); !errors.Is(err, ErrEndpoint) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.UseHTTP(app(t, s, nil).URL); err != nil {
		t.Errorf("a good one: %v", err)
	}
}

func TestInteractionsGoToTheAddressesInTurnAndNotToTheGateway(t *testing.T) {
	s := server(t, Options{})
	w := dial(t, s, "?v=10")
	w.send(identify(Token, 1))
	w.next(opDispatch, "READY")
	counts := make(chan int, 10)
	var urls []string
	for i := range 2 {
		urls = append(urls, app(t, s, func(float64) (int, string) { counts <- i; return 200, hello }).URL)
	}
	if err := s.UseHTTP(urls...); err != nil {
		t.Fatal(err)
	}
	p := pressed(t, s)
	if out := <-p.done; !out.Answered {
		t.Error("it was not answered")
	}
	<-again(t, s, p.card).done
	if a, b := <-counts, <-counts; a == b {
		t.Errorf("both went to %d", a)
	}
	if got := len(s.Ephemeral(dana)); got != 2 {
		t.Errorf("Dana sees %d replies", got)
	}
	if got := s.Deliveries(); len(got) != 2 {
		t.Errorf("%d deliveries are kept", len(got))
	}
	_ = w.conn.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
	for {
		var f frame
		if w.conn.ReadJSON(&f) != nil {
			break
		}
		if f.Type == "INTERACTION_CREATE" {
			t.Error("the gateway heard of it as well")
		}
	}
}

func TestABadAnswerOverHTTPFailsTheInteraction(t *testing.T) {
	for name, answer := range map[string]struct {
		status int
		text   string
	}{
		"an error":               {500, `{}`},
		"a form that is refused": {200, `{"type":9,"data":{"title":"","custom_id":"x","components":[]}}`},
		"what is no answer":      {200, `hello`},
	} {
		t.Run(name, func(t *testing.T) {
			s := server(t, Options{Patience: 200 * time.Millisecond})
			if err := s.UseHTTP(app(t, s, func(float64) (int, string) { return answer.status, answer.text }).URL); err != nil {
				t.Fatal(err)
			}
			p := pressed(t, s)
			if out := <-p.done; out.Answered || len(s.Faults()) != 1 {
				t.Errorf("it came to %+v with the faults %v", out, s.Faults())
			}
		})
	}
}

func TestAnAnswerMayComeByTheCallbackInstead(t *testing.T) {
	s := server(t, Options{})
	if err := s.UseHTTP(app(t, s, func(float64) (int, string) { return 202, "" }).URL); err != nil {
		t.Fatal(err)
	}
	p := pressed(t, s)
	answered(t, s, p, hello).is(t, 204, 0)
	if out := <-p.done; !out.Answered {
		t.Error("it was not answered")
	}
}

func TestAForgeryHasAnotherSignature(t *testing.T) {
	s := server(t, Options{})
	taken := app(t, s, func(float64) (int, string) { return 200, hello })
	for name, test := range map[string]struct {
		d      Delivery
		status int
	}{"Discord's": {s.Sign([]byte(`{"type":3}`), time.Now()), 200}, "a forged one": {Forge([]byte(`{"type":3}`), time.Now()), 401}} {
		if status, _, _, err := test.d.Post(context.Background(), taken.URL); err != nil || status != test.status {
			t.Errorf("%s: %d %v", name, status, err)
		}
	}
}
