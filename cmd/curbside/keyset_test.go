package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"curbside/bot/store"
)

func TestAKeysetIsMadeOnceAndRotated(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "keyset.json")
	if code, out, errs := curbside(t, "keyset", "new", name); code != exitOK || !strings.Contains(out, "Keep a copy") {
		t.Fatalf("exit %d, said %q", code, errs)
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, error %v: others can read it", info.Mode(), err)
	}
	first, _ := os.ReadFile(name)

	code, _, errs := curbside(t, "keyset", "new", name)
	if want := "exists already\n  safe: it was left as it is\n"; code != exitFailed || !strings.Contains(errs, want) {
		t.Errorf("a second new: exit %d, said %q", code, errs)
	}
	if again, _ := os.ReadFile(name); string(again) != string(first) {
		t.Fatal("a second new changed the keyset")
	}

	if code, _, errs := curbside(t, "keyset", "rotate", name); code != exitOK {
		t.Fatalf("rotate: %s", errs)
	}
	rotated, _ := os.ReadFile(name)
	if string(rotated) == string(first) {
		t.Error("rotate changed nothing")
	}
	if _, err := store.OpenKeyset(rotated); err != nil {
		t.Errorf("the rotated keyset cannot be used: %v", err)
	}
	if left, _ := filepath.Glob(name + "*"); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWhatIsNoKeysetIsLeftAlone(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(name, []byte("hunter2"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errs := curbside(t, "keyset", "rotate", name)
	if code != exitFailed || !strings.Contains(errs, "safe: the file was left as it is") || strings.Contains(errs, "hunter2") {
		t.Errorf("exit %d, said %q", code, errs)
	}
	if kept, _ := os.ReadFile(name); string(kept) != "hunter2" {
		t.Errorf("the file holds %q", kept)
	}
}
