package discordfake

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// A wire is a client of the gateway that does what it is told.
type wire struct {
	t    *testing.T
	conn *websocket.Conn
	seq  int
}

func dial(t *testing.T, s *Server, query string) *wire {
	t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial(s.GatewayURL()+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &wire{t: t, conn: conn}
}

func (w *wire) send(text string) {
	w.t.Helper()
	if err := w.conn.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		w.t.Fatal(err)
	}
}

// next reads until an opcode, and an event of a type, comes.
func (w *wire) next(op int, name string) map[string]any {
	w.t.Helper()
	_ = w.conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		var f struct {
			Op   int             `json:"op"`
			Data json.RawMessage `json:"d"`
			Seq  *int            `json:"s"`
			Type string          `json:"t"`
		}
		if err := w.conn.ReadJSON(&f); err != nil {
			w.t.Fatalf("waiting for %d %s: %v", op, name, err)
		}
		if f.Seq != nil {
			w.seq = *f.Seq
		}
		if f.Op == op && f.Type == name {
			data := map[string]any{}
			_ = json.Unmarshal(f.Data, &data) // some have none
			return data
		}
	}
}

// ends reads until the connection ends, and demands its code.
func (w *wire) ends(code int) {
	w.t.Helper()
	_ = w.conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		if _, _, err := w.conn.ReadMessage(); err != nil {
			if !websocket.IsCloseError(err, code) {
				w.t.Errorf("ended by %v, want %d", err, code)
			}
			return
		}
	}
}

func identify(token string, intents int) string {
	raw, _ := json.Marshal(map[string]any{"op": 2, "d": map[string]any{"token": token, "intents": intents, "properties": map[string]any{"os": "linux"}}})
	return string(raw)
}

func resume(id string, seq int) string {
	raw, _ := json.Marshal(map[string]any{"op": 6, "d": map[string]any{"token": Token, "session_id": id, "seq": seq}})
	return string(raw)
}

func TestAClientIsHeldToWhatItMayAskFor(t *testing.T) {
	for name, test := range map[string]struct {
		query, text string
		code        int
	}{
		"a wrong token":                   {"?v=10", identify("other", 1), CloseNotAuthorised},
		"a privileged intent":             {"?v=10", identify(Token, intentContent), CloseForbidden},
		"an intent that is not there":     {"?v=10", identify(Token, 1<<30), CloseIntents},
		"no intents":                      {"?v=10", `{"op":2,"d":{"token":"` + Token + `","properties":{}}}`, CloseIntents},
		"an old version":                  {"?v=6", "", CloseVersion},
		"an opcode that is not there":     {"?v=10", `{"op":42}`, CloseUnknownOpcode},
		"what is no JSON":                 {"?v=10", `{`, CloseDecode},
		"presence before identifying":     {"?v=10", `{"op":3,"d":{}}`, CloseNotIdentified},
		"a shard that is not there":       {"?v=10", `{"op":2,"d":{"token":"` + Token + `","intents":1,"properties":{},"shard":[1,1]}}`, CloseShard},
		"more than 120 words in a minute": {"?v=10", strings.Repeat("#", 121), CloseTooFast},
	} {
		t.Run(name, func(t *testing.T) {
			s := server(t, Options{})
			w := dial(t, s, test.query)
			switch {
			case strings.HasPrefix(test.text, "#"):
				for range len(test.text) {
					w.send(`{"op":1,"d":null}`)
				}
			case test.text != "":
				w.send(test.text)
			}
			w.ends(test.code)
		})
	}
}

func TestASessionBeginsIsKeptAliveAndResumed(t *testing.T) {
	s := server(t, Options{})
	w := dial(t, s, "?v=10&encoding=json")
	if hello := w.next(opHello, ""); hello["heartbeat_interval"] != 41250.0 {
		t.Errorf("hello says %v", hello)
	}
	w.send(identify("Bot "+Token, 1))
	ready := w.next(opDispatch, "READY")
	id, _ := ready["session_id"].(string)
	at, _ := ready["resume_gateway_url"].(string)
	if id == "" || !strings.Contains(at, "resume") {
		t.Fatalf("ready says %v", ready)
	}
	w.next(opDispatch, "GUILD_CREATE")
	w.send(`{"op":1,"d":2}`)
	w.next(opHeartbeatAck, "")
	w.send(identify(Token, 1))
	w.ends(CloseIdentifiedTwice)
	waitFor(t, "the connection is gone", func() bool { return s.Sessions() == 0 })
	s.ChangeChannel(consult, func(c *Channel) { c.Name = "renamed" })

	w2 := dial(t, s, "resume/?v=10")
	w2.send(resume(id, w.seq))
	if missed := w2.next(opDispatch, "CHANNEL_UPDATE"); missed["name"] != "renamed" {
		t.Errorf("what was missed is %v", missed)
	}
	w2.next(opDispatch, "RESUMED")
	s.AskHeartbeat()
	w2.next(opHeartbeat, "")
	s.Reconnect()
	w2.next(opReconnect, "")
	if err := w2.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""), time.Now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the connection is gone", func() bool { return s.Sessions() == 0 })
	w3 := dial(t, s, "?v=10")
	w3.send(resume(id, w2.seq))
	w3.next(opInvalidSession, "")
	if got := s.Identified(); got != 1 {
		t.Errorf("%d sessions were begun, want 1", got)
	}
}

func TestASequenceThatNeverWasEndsTheSession(t *testing.T) {
	s := server(t, Options{})
	w := dial(t, s, "?v=10")
	w.send(identify(Token, 1))
	id, _ := w.next(opDispatch, "READY")["session_id"].(string)
	w2 := dial(t, s, "?v=10")
	w2.send(resume(id, 99))
	w2.ends(CloseSequence)
}

func TestWithoutItsIntentASessionHearsInteractionsAlone(t *testing.T) {
	s := server(t, Options{})
	w := dial(t, s, "?v=10")
	w.send(identify(Token, 0))
	w.next(opDispatch, "READY")
	s.ChangeChannel(consult, func(c *Channel) { c.Name = "renamed" })
	p := pressed(t, s)
	_ = w.conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	var f frame
	if err := w.conn.ReadJSON(&f); err != nil || f.Type != "INTERACTION_CREATE" {
		t.Errorf("heard %s first, %v", f.Type, err)
	}
	answered(t, s, p, hello).is(t, 204, 0)
}

func TestEverySessionHearsEveryInteraction(t *testing.T) {
	s := server(t, Options{})
	var wires []*wire
	for range 2 {
		w := dial(t, s, "?v=10")
		w.send(identify(Token, 1))
		w.next(opDispatch, "READY")
		wires = append(wires, w)
	}
	p := pressed(t, s)
	for _, w := range wires {
		if in := w.next(opDispatch, "INTERACTION_CREATE"); in["id"] != p.in.id {
			t.Errorf("heard %v", in["id"])
		}
	}
	answered(t, s, p, hello).is(t, 204, 0)
}

func TestTooManySessionsResetTheToken(t *testing.T) {
	s := server(t, Options{Identifies: 1})
	w := dial(t, s, "?v=10")
	w.send(identify(Token, 1))
	w.next(opDispatch, "READY")
	second := dial(t, s, "?v=10")
	second.send(identify(Token, 1))
	second.ends(CloseNotAuthorised)
	ask(t, s, "GET", "/users/@me", "").is(t, 401, 0)
}

func TestASecondSessionTooSoonIsTurnedAway(t *testing.T) {
	s := server(t, Options{Limits: 1})
	dial(t, s, "?v=10").send(identify(Token, 1))
	waitFor(t, "the first session is there", func() bool { return s.Sessions() == 1 })
	w := dial(t, s, "?v=10")
	w.send(identify(Token, 1))
	w.next(opInvalidSession, "")
}

func TestASilentClientIsCutOff(t *testing.T) {
	s := server(t, Options{Heartbeat: 20 * time.Millisecond})
	w := dial(t, s, "?v=10")
	w.ends(CloseTimeout)
}

func TestSessionsAreEndedOnCommand(t *testing.T) {
	s := server(t, Options{})
	w := dial(t, s, "?v=10")
	w.send(identify(Token, 1))
	w.next(opDispatch, "READY")
	s.InvalidateSessions(1)
	w.next(opInvalidSession, "")
	s.CloseIdentifies(CloseForbidden)
	w2 := dial(t, s, "?v=10")
	w2.send(identify(Token, 1))
	w2.ends(CloseForbidden)
}
