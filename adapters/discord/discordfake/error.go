package discordfake

import (
	"strings"
	"time"
)

// Discord's own codes of errors.
const (
	codeGeneral            = 0
	codeUnknownApplication = 10002
	codeUnknownChannel     = 10003
	codeUnknownGuild       = 10004
	codeUnknownMember      = 10007
	codeUnknownMessage     = 10008
	codeUnknownUser        = 10013
	codeUnknownWebhook     = 10015
	codeUnknownInteraction = 10062
	codeTooBig             = 40005
	codeAcknowledged       = 40060
	codeMissingAccess      = 50001
	codeOthersMessage      = 50005
	codeEmptyMessage       = 50006
	codeCannotWriteTo      = 50007
	codeMissingPermissions = 50013
	codeWrongChannel       = 50024
	codeTokenExpired       = 50027
	codeInvalidForm        = 50035
	codeInvalidVersion     = 50041
	codeArchived           = 50083
	codeInvalidJSON        = 50109
	codeLocked             = 160005
	codeTooManyThreads     = 160006
)

// A refusal is an error of Discord's.
type refusal struct {
	status  int
	code    int
	message string
	fields  map[string]any // what is wrong with a form, as a tree

	wait   time.Duration // 429
	scope  string
	global bool
}

func (r refusal) Error() string { return r.message }

func refuse(status, code int, message string) error {
	return refusal{status: status, code: code, message: message}
}

// A form collects what is wrong with a body, by path.
type form struct{ faults map[string]any }

// fault notes what is wrong at a path such as "embeds.0.title".
func (f *form) fault(path, code, message string) {
	if f.faults == nil {
		f.faults = map[string]any{}
	}
	at := f.faults
	for _, step := range strings.Split(path, ".") {
		next, ok := at[step].(map[string]any)
		if !ok {
			next = map[string]any{}
			at[step] = next
		}
		at = next
	}
	list, _ := at["_errors"].([]any)
	at["_errors"] = append(list, map[string]any{"code": code, "message": message})
}

func (f *form) err() error {
	if f.faults == nil {
		return nil
	}
	return refusal{status: 400, code: codeInvalidForm, message: "Invalid Form Body", fields: f.faults}
}
