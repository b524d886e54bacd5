package discord

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestOnlyWhatDiscordSignedLatelyIsTaken(t *testing.T) {
	l := newLab(t)
	ping := []byte(`{"id":"1","type":1,"application_id":"` + application + `"}`)
	now := time.Now()
	for name, c := range map[string]struct {
		change func(r *http.Request)
		body   []byte
		at     time.Time
		want   int
	}{
		"a ping signed now is answered":                {nil, ping, now, http.StatusOK},
		"four minutes old is still good":               {nil, ping, now.Add(-4 * time.Minute), http.StatusOK},
		"six minutes old is too old":                   {nil, ping, now.Add(-6 * time.Minute), http.StatusUnauthorized},
		"six minutes ahead is refused as well":         {nil, ping, now.Add(6 * time.Minute), http.StatusUnauthorized},
		"without a signature":                          {func(r *http.Request) { r.Header.Del("X-Signature-Ed25519") }, ping, now, http.StatusUnauthorized},
		"without a time":                               {func(r *http.Request) { r.Header.Del("X-Signature-Timestamp") }, ping, now, http.StatusUnauthorized},
		"with a time that is no number":                {func(r *http.Request) { r.Header.Set("X-Signature-Timestamp", "now") }, ping, now, http.StatusUnauthorized},
		"with a signature of another length":           {func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", "abcd") }, ping, now, http.StatusUnauthorized},
		"with a signature that is no hex":              {func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", strings.Repeat("z", 128)) }, ping, now, http.StatusUnauthorized},
		"with another time than was signed":            {func(r *http.Request) { r.Header.Set("X-Signature-Timestamp", strconv.FormatInt(now.Unix()-1, 10)) }, ping, now, http.StatusUnauthorized},
		"longer than anything Discord sends":           {nil, append(bytes.Repeat([]byte(" "), maxInteraction), ping...), now, http.StatusRequestEntityTooLarge},
		"signed, but no interaction":                   {nil, []byte(`[]`), now, http.StatusBadRequest},
		"signed, but nothing":                          {nil, nil, now, http.StatusBadRequest},
		"signed, with another body put into its place": {func(r *http.Request) { r.Body = http.NoBody }, ping, now, http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			stamp := strconv.FormatInt(c.at.Unix(), 10)
			r := httptest.NewRequest(http.MethodPost, "/interactions", bytes.NewReader(c.body))
			r.Header.Set("X-Signature-Timestamp", stamp)
			r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(l.sign, append([]byte(stamp), c.body...))))
			if c.change != nil {
				c.change(r)
			}
			w := httptest.NewRecorder()
			l.http.ServeHTTP(w, r)
			if w.Code != c.want {
				t.Errorf("answered %d, want %d", w.Code, c.want)
			}
			if c.want == http.StatusOK && strings.TrimSpace(w.Body.String()) != `{"type":1}` {
				t.Errorf("answered %s, want a pong", w.Body)
			}
		})
	}
}

func TestAnEndpointWithoutAKeyRefusesEverything(t *testing.T) {
	l := newLab(t, func(o *Options) { o.Mode = ModeGateway })
	if w := l.post([]byte(`{"id":"1","type":1}`), time.Now()); w.Code != http.StatusUnauthorized {
		t.Errorf("answered %d", w.Code)
	}
}

func TestAKeyOfTheWrongLengthDoesNotStart(t *testing.T) {
	for _, key := range []string{"", "abcd", strings.Repeat("g", 64), strings.Repeat("a", 66)} {
		if _, err := publicKey(key); err == nil {
			t.Errorf("%q is taken for a key", key)
		}
	}
}

func FuzzNothingUnsignedIsTaken(f *testing.F) {
	f.Add("", "", []byte(nil))
	f.Add("1700000000", strings.Repeat("00", 64), []byte(`{"type":1}`))
	key := bytes.Repeat([]byte{7}, ed25519.PublicKeySize)
	f.Fuzz(func(t *testing.T, stamp, signature string, body []byte) {
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
		r.Header.Set("X-Signature-Timestamp", stamp)
		r.Header.Set("X-Signature-Ed25519", signature)
		if _, err := verified(r, key, time.Unix(1700000000, 0)); err == nil {
			t.Error("taken")
		}
	})
}
