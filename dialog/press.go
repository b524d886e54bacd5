package dialog

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// MaxPress is the longest encoded press, in bytes: Discord's custom_id holds
// 100 characters, the least of any platform.
const MaxPress = 100

// A Press is what a button, an option or a form means: consult, version and
// action, with codes as arguments. It is the only thing a platform gives back,
// so it is the only thing idempotency rests on. It never holds words of a person.
type Press struct {
	Handle  string // "" for presses that belong to no consult
	Version uint64 // the version of the consult that was shown
	Action  Action
	Args    []string // codes matching ^[A-Za-z0-9_.-]*$
}

var (
	pressCode   = regexp.MustCompile(`^[A-Za-z0-9_.-]*$`)
	errNotPress = errors.New("not a press of this program")
)

// String encodes p as "handle:version:action:arg:arg".
func (p Press) String() string {
	parts := append([]string{p.Handle, strconv.FormatUint(p.Version, 36), string(p.Action)}, p.Args...)
	return strings.Join(parts, ":")
}

// With returns p with more arguments; p itself is left alone.
func (p Press) With(args ...string) Press {
	p.Args = append(append([]string(nil), p.Args...), args...)
	return p
}

// ParsePress reads what [Press.String] wrote. Whatever else comes in ends in an
// error that does not repeat the input.
func ParsePress(s string) (Press, error) {
	if len(s) > MaxPress {
		return Press{}, fmt.Errorf("press of %d bytes: %w", len(s), errNotPress)
	}
	parts := strings.Split(s, ":")
	if len(parts) < 3 {
		return Press{}, errNotPress
	}
	for _, part := range parts {
		if !pressCode.MatchString(part) {
			return Press{}, errNotPress
		}
	}
	version, err := strconv.ParseUint(parts[1], 36, 64)
	if err != nil || parts[2] == "" {
		return Press{}, errNotPress
	}
	p := Press{Handle: parts[0], Version: version, Action: Action(parts[2])}
	if len(parts) > 3 {
		p.Args = parts[3:]
	}
	return p, nil
}
