package main

import (
	"strings"
	"testing"
)

func TestTheManifestIsPrintedForEitherWayIn(t *testing.T) {
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"sockets": {[]string{"manifest", "slack"}, `"socket_mode_enabled": true`},
		"HTTP":    {[]string{"manifest", "slack", "--url", "https://curbside.example"}, `"request_url": "https://curbside.example/slack/events"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if code, out, errs := curbside(t, tc.args...); code != exitOK || !strings.Contains(out, tc.want) {
				t.Errorf("exit %d, said %q and %q", code, out, errs)
			}
		})
	}
}

func TestAManifestForAnAddressThatIsNotEncryptedIsRefused(t *testing.T) {
	t.Parallel()
	if code, out, errs := curbside(t, "manifest", "slack", "--url", "http://curbside.example"); code != exitUsage || out != "" || !strings.Contains(errs, "https://") {
		t.Errorf("exit %d, said %q and %q", code, out, errs)
	}
}
