package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"time"
	"unicode/utf8"

	"curbside/dialog/deid"
)

// A presidio asks a Presidio analyzer (POST /analyze). Its offsets are code
// points, like ours.
type presidio struct {
	analyze string
	client  *http.Client
}

// maxAnswer bounds what is read of an answer.
const maxAnswer = 8 << 20

// newPresidio takes a base URL. Another computer than this one is refused
// unless remote says so: sending text away is a disclosure.
func newPresidio(base string, remote bool) (*presidio, error) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return nil, errors.New("--presidio is not an http or https URL without a password")
	}
	if !remote && !loopback(u.Hostname()) {
		return nil, advise(fmt.Errorf("--presidio names another computer: %s", u.Hostname()), "nothing was sent",
			"run the analyzer here, or add --presidio-remote if the text may go there")
	}
	return &presidio{
		analyze: u.JoinPath("analyze").String(),
		client: &http.Client{
			Timeout: 10 * time.Second,
			// A redirect would take the text to a place nobody named.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			Transport:     &http.Transport{Proxy: nil},
		},
	}, nil
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// presidioKinds maps Presidio's entity types. What is missing here is a
// [deid.Code].
var presidioKinds = map[string]deid.Kind{
	"PERSON": deid.Name, "LOCATION": deid.Place, "DATE_TIME": deid.Date, "PHONE_NUMBER": deid.Phone, "EMAIL_ADDRESS": deid.Email,
	"US_SSN": deid.SSN, "URL": deid.URL, "IP_ADDRESS": deid.IP, "MAC_ADDRESS": deid.IP, "CREDIT_CARD": deid.Account, "IBAN_CODE": deid.Account,
	"US_BANK_NUMBER": deid.Account, "CRYPTO": deid.Account, "US_DRIVER_LICENSE": deid.Licence, "US_PASSPORT": deid.Licence,
	"MEDICAL_LICENSE": deid.Licence, "ORGANIZATION": deid.Organization, "AGE": deid.Age,
}

// find returns what the analyzer finds in text. An answer that makes no sense
// is an error, never part of a result.
func (p *presidio) find(ctx context.Context, text string) ([]deid.Span, error) {
	question, err := json.Marshal(map[string]string{"text": text, "language": "en"})
	if err != nil {
		return nil, fmt.Errorf("ask Presidio: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.analyze, bytes.NewReader(question))
	if err != nil {
		return nil, fmt.Errorf("ask Presidio: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := p.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ask Presidio: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("ask Presidio: it answered %d", resp.StatusCode)
	}
	var entities []struct {
		Type  string `json:"entity_type"`
		Start int    `json:"start"`
		End   int    `json:"end"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxAnswer)).Decode(&entities); err != nil {
		return nil, errors.New("ask Presidio: the answer is no list of entities")
	}
	length := utf8.RuneCountInString(text)
	var spans []deid.Span
	for _, e := range entities {
		if e.Start < 0 || e.End > length || e.Start >= e.End {
			return nil, errors.New("ask Presidio: the answer has offsets outside the text")
		}
		if e.Type == "NRP" {
			continue // nationality, religion and politics may stay
		}
		spans = append(spans, presidioKinds[e.Type].Of(e.Start, e.End))
	}
	return spans, nil
}
