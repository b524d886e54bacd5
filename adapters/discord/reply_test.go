package discord

import (
	"net/http"
	"strings"
	"testing"
)

func TestAPrivateReplyThatHasGoneAlreadyIsNotRemovedAgain(t *testing.T) {
	l := newLab(t)
	l.stub.refuses(func(method, _ string) (int, string) {
		if method == http.MethodDelete {
			return http.StatusNotFound, refused(404, codeUnknownMessage)
		}
		return 0, ""
	})
	l.did(pressing(idLeave, privateMessage()))
	l.finish()
	if got := len(l.stub.all(http.MethodDelete, "webhooks/")); got != 1 {
		t.Errorf("it was removed %d times, want once", got)
	}
	if log := l.logged(); strings.Contains(log, "reply lost") || strings.Contains(log, "left behind") {
		t.Errorf("the log says %s", log)
	}
}
