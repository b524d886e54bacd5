package discordfake

import (
	"net/http"
	"strings"
	"testing"
)

func TestARequestIsHeldAtItsMoment(t *testing.T) {
	for name, c := range map[string]struct {
		at   Moment
		end  func(*Hold)
		done bool // Discord has opened the direct messages
		told bool // and whoever asked knows
	}{
		"arriving, and it never comes":          {Arriving, (*Hold).Lose, false, false},
		"arriving, and it goes on":              {Arriving, (*Hold).Release, true, true},
		"answering, and the answer is lost":     {Answering, (*Hold).Lose, true, false},
		"answering, and it is answered at last": {Answering, (*Hold).Release, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := New(Options{})
			defer s.Close()
			s.AddPerson(Person{ID: "500000000000000001", Name: "Dana"})
			held := s.Hold(c.at, func(one Call) bool { return one.Client == "first" })
			ask := func(client string) (int, error) {
				r, _ := http.NewRequest(http.MethodPost, s.URLAs(client)+"/api/v10/users/@me/channels", strings.NewReader(`{"recipient_id":"500000000000000001"}`))
				r.Header.Set("Authorization", "Bot "+Token)
				r.Header.Set("Content-Type", "application/json")
				resp, err := http.DefaultClient.Do(r)
				if err != nil {
					return 0, err
				}
				return resp.StatusCode, resp.Body.Close()
			}
			if status, err := ask("second"); err != nil || status != http.StatusOK {
				t.Errorf("another client is answered %d, %v", status, err)
			}
			told := make(chan bool, 1)
			go func() {
				status, err := ask("first")
				told <- err == nil && status == http.StatusOK
			}()
			if one := <-held.Met; !strings.Contains(one.Body, "recipient_id") || one.Path != "/users/@me/channels" {
				t.Errorf("held %+v", one)
			}
			c.end(held)
			if got := <-told; got != c.told {
				t.Errorf("whoever asked was answered: %t, want %t", got, c.told)
			}
			if got := len(s.Calls("POST /users/@me/channels")) == 2; got != c.done {
				t.Errorf("it was done: %t, want %t", got, c.done)
			}
		})
	}
}
