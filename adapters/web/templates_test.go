package web

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"strings"
	"testing"
)

func TestTheVendoredScriptsAreThoseOfTheirPackage(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"static/htmx.min.js":   "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130",
		"static/hx-sse.min.js": "18ef2761356ec1fe0bb6d92612315b37517a7c1e9856b661c5ae81fef239d103",
	} {
		content, err := fs.ReadFile(staticRoot, name)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		if got := hex.EncodeToString(sum[:]); got != want {
			t.Errorf("%s has the hash %s, want that of htmx.org 4.0.1, %s", name, got, want)
		}
	}
}

func TestNoTemplateNeedsCodeToBeMadeFromText(t *testing.T) {
	t.Parallel()
	// What htmx would evaluate: the page's policy forbids it, so it would not work.
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d templates, %v", len(files), err)
	}
	for _, name := range files {
		content, err := fs.ReadFile(templateFiles, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range []string{"hx-on", "hx-vals=\"js:", "javascript:", "hx-trigger=", "<style", "style=\""} {
			if strings.Contains(string(content), code) {
				t.Errorf("%s holds %s", name, code)
			}
		}
	}
}
