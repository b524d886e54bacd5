package discord

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// apiHost is where the library sends everything.
const apiHost = "discord.com"

// requestTime bounds one request to Discord, whatever its caller allows.
const requestTime = 15 * time.Second

// maxAnswer bounds what is read of one answer.
const maxAnswer = 8 << 20

var errForeignHost = errors.New("a request to a host that is not Discord's")

// A transport sends what is meant for Discord to the address that stands for it,
// and nothing else anywhere.
type transport struct {
	to      *url.URL // what stands for https://discord.com
	gateway string   // answered for GET /gateway; "" asks
	next    http.RoundTripper
}

// RoundTrip implements [http.RoundTripper].
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host != apiHost {
		return nil, errForeignHost
	}
	if t.gateway != "" && r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/gateway") {
		return t.known(r), nil
	}
	out := r.Clone(r.Context())
	out.URL.Scheme, out.URL.Host, out.Host = t.to.Scheme, t.to.Host, t.to.Host
	out.URL.Path = strings.TrimSuffix(t.to.Path, "/") + r.URL.Path
	out.URL.RawPath = ""
	resp, err := t.next.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	if seen, ok := r.Context().Value(statusKey{}).(*seen); ok {
		seen.status, seen.retryAfter = resp.StatusCode, resp.Header.Get("Retry-After")
	}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(resp.Body, maxAnswer), resp.Body}
	return resp, nil
}

// known answers where the gateway is.
func (t *transport) known(r *http.Request) *http.Response {
	body := fmt.Sprintf(`{"url":%q}`, t.gateway)
	return &http.Response{
		StatusCode: http.StatusOK, Status: "200 OK", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r,
	}
}

// A statusKey is under which a request's context holds a *seen.
type statusKey struct{}

// A seen is what the transport saw of an answer that the library may not be able
// to read.
type seen struct {
	status     int
	retryAfter string
}

// address checks an address that stands for one of Discord's. Plain ones are for
// this machine alone.
func address(raw, secure, plain string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("is no address of a server")
	}
	switch {
	case u.Scheme == secure:
	case u.Scheme == plain && loopback(u.Hostname()):
	default:
		return nil, fmt.Errorf("must begin with %s://; %s:// is for this machine alone", secure, plain)
	}
	return u, nil
}

// loopback reports whether a host never leaves this machine.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// httpClient follows no redirect: a token would go with it.
func httpClient(t http.RoundTripper) *http.Client {
	return &http.Client{
		Transport: t, Timeout: requestTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// baseTransport connects to Discord.
func baseTransport() *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:     true,
		TLSHandshakeTimeout:   5 * time.Second,
		IdleConnTimeout:       90 * time.Second,
		MaxIdleConnsPerHost:   8,
		ResponseHeaderTimeout: requestTime,
	}
}

// watched makes a request's answer visible in s.
func watched(ctx context.Context, s *seen) context.Context {
	return context.WithValue(ctx, statusKey{}, s)
}
