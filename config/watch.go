package config

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long a file must be left alone before it is read: editors
// write in several steps.
const settle = 200 * time.Millisecond

// A Change is what a changed file says: a new configuration, or the error and
// problems that kept it from being one. A bad file changes nothing.
type Change struct {
	Config   *Config // nil with an error
	Problems []Problem
	Err      error
}

// Watch calls changed with what [Load] makes of the file each time its content
// is another one, until ctx ends. It watches the folder, so a file that is
// replaced or behind a link that moves is seen as well. Files that hold secrets
// are not watched; they are read again with the next change.
//
// Calls do not overlap. The error says that the folder cannot be watched.
func Watch(ctx context.Context, path string, changed func(Change)) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch the configuration: %w", err)
	}
	defer func() { _ = w.Close() }()
	last, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("watch the configuration: %w", err)
	}
	if err := w.Add(filepath.Dir(path)); err != nil {
		return fmt.Errorf("watch the configuration: %w", err)
	}
	quiet := time.NewTimer(settle) // the first look finds what changed before the watch began
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-w.Events:
			quiet.Reset(settle)
		case <-w.Errors: // events were lost: look
			quiet.Reset(settle)
		case <-quiet.C:
			now, err := os.ReadFile(path)
			if err == nil && bytes.Equal(now, last) {
				continue
			}
			last = now
			cfg, problems, err := Load(path)
			changed(Change{Config: cfg, Problems: problems, Err: err})
		}
	}
}
