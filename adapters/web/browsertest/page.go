// Package browsertest lets tests look at a page, and use it, in a real browser.
package browsertest

import (
	"context"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// A Page is a page in a real browser. Every method fails the test when it cannot
// do what it says. A Page is for one goroutine.
type Page struct {
	t   testing.TB
	ctx context.Context

	mu         sync.Mutex
	complaints []string
}

// Open opens link in a browser of its own, without a screen, in a window of
// width by height pixels. It ends with the test. What the browser complains about,
// such as a breach of the page's policy, fails the test at its end.
func Open(t testing.TB, link string, width, height int64) *Page {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser is started in the long tests only")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("these tests look at the page in chromium, or leave it out with -short: %v", err)
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(stop)
	p := &Page{t: t, ctx: ctx}
	p.Do(chromedp.EmulateViewport(width, height))
	if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
		t.Fatalf("emulate focus: %v", err)
	}
	console := chromedp.Console(ctx)
	go func() {
		for message, err := range console {
			if err != nil {
				return
			}
			p.mu.Lock()
			p.complaints = append(p.complaints, message.String())
			p.mu.Unlock()
		}
	}()
	t.Cleanup(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, complaint := range p.complaints {
			t.Errorf("the browser says: %s", complaint)
		}
	})
	p.Do(chromedp.Navigate(link))
	return p
}

// Do takes steps of chromedp's own.
func (p *Page) Do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatalf("in the browser: %v", err)
	}
}

// Click clicks, as with a mouse, on what a CSS selector finds, once it is visible.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.Do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// Type types keys into what a CSS selector finds, once it is visible.
func (p *Page) Type(selector, keys string) {
	p.t.Helper()
	p.Do(chromedp.SendKeys(chromedp.CSS(selector), keys, chromedp.NodeVisible))
}

// Says returns what a script comes to, as text.
func (p *Page) Says(script string) string {
	p.t.Helper()
	got, err := chromedp.Run(p.ctx, chromedp.Evaluate[string]("String("+script+")"))
	if err != nil {
		p.t.Fatalf("%s: %v", script, err)
	}
	return got
}

// Until waits for a script to come to true; see [Page.Comes].
func (p *Page) Until(script string) {
	p.t.Helper()
	if !p.Comes(script) {
		p.t.Fatalf("did not come about: %s", script)
	}
}

// Comes waits, up to 20 seconds, for a script to come to true, and reports
// whether it did.
func (p *Page) Comes(script string) bool {
	p.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); p.Says(script) != "true"; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			return false
		}
	}
	return true
}

// Prefer makes the page believe that its reader prefers a color scheme: light or dark.
func (p *Page) Prefer(scheme string) {
	p.t.Helper()
	p.emulate("prefers-color-scheme", scheme)
}

// ForceColors makes the browser draw the page in a few colors of its reader's own,
// as Windows does in its contrast themes.
func (p *Page) ForceColors() {
	p.t.Helper()
	p.emulate("forced-colors", "active")
}

func (p *Page) emulate(feature, value string) {
	p.t.Helper()
	features := []*emulation.MediaFeature{{Name: feature, Value: value}}
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		p.t.Fatalf("emulate %s %s: %v", feature, value, err)
	}
}

// Open goes to another page.
func (p *Page) Open(link string) {
	p.t.Helper()
	p.Do(chromedp.Navigate(link))
}

// Press presses keys wherever the focus is.
func (p *Page) Press(keys string) {
	p.t.Helper()
	p.Do(chromedp.KeyEvent(keys))
}

// Resize gives the window another size, in pixels.
func (p *Page) Resize(width, height int64) {
	p.t.Helper()
	p.Do(chromedp.EmulateViewport(width, height))
}

// Picture returns what the window shows, as a PNG.
func (p *Page) Picture() []byte {
	p.t.Helper()
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatalf("take a picture: %v", err)
	}
	return png
}
