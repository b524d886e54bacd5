package store

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// Errors of what is kept.
var (
	// ErrSealed says that kept state cannot be opened: it was sealed with a key
	// that the keyset does not hold, not sealed at all, or altered.
	ErrSealed = errors.New("kept state cannot be opened with the keyset configured")
	// ErrAltered says that something kept is not what this program wrote.
	ErrAltered = errors.New("what is kept is not what was written")
)

// A Sealer seals state before it is kept, and opens it again. It hides its keys
// from every way of printing it. It is safe for concurrent use.
type Sealer struct {
	seal, open func(state, key []byte) ([]byte, error)
}

// String hides the keys.
func (*Sealer) String() string { return "(sealer)" }

// GoString hides the keys.
func (*Sealer) GoString() string { return "(sealer)" }

// MarshalText hides the keys.
func (*Sealer) MarshalText() ([]byte, error) { return []byte("(sealer)"), nil }

// LogValue hides the keys.
func (*Sealer) LogValue() slog.Value { return slog.StringValue("(sealer)") }

// NewKeyset draws a keyset with one AES-256-GCM key, as Tink's JSON. Whoever has
// it can read every consult: keep it in a file of its own, or in memory.
func NewKeyset() ([]byte, error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, errors.New("draw a keyset: no key could be made")
	}
	return writeKeyset(handle)
}

// RotateKeyset returns the keyset with a fresh primary key. What was sealed with
// the older keys can still be opened, and is sealed anew by its next commit.
func RotateKeyset(data []byte) ([]byte, error) {
	handle, err := readKeyset(data)
	if err != nil {
		return nil, err
	}
	manager := keyset.NewManagerFromHandle(handle)
	id, err := manager.Add(aead.AES256GCMKeyTemplate())
	if err == nil {
		err = manager.SetPrimary(id)
	}
	if err != nil {
		return nil, errors.New("rotate the keyset: no key could be added")
	}
	if handle, err = manager.Handle(); err != nil {
		return nil, errors.New("rotate the keyset: it cannot be read back")
	}
	return writeKeyset(handle)
}

// OpenKeyset reads what [NewKeyset] or [RotateKeyset] wrote. Its errors never
// repeat what was read.
func OpenKeyset(data []byte) (*Sealer, error) {
	handle, err := readKeyset(data)
	if err != nil {
		return nil, err
	}
	primitive, err := aead.New(handle)
	if err != nil {
		return nil, errors.New("open the keyset: it holds no key for sealing")
	}
	var small shrinker
	return &Sealer{
		seal: func(state, key []byte) ([]byte, error) {
			kept, err := small.shrink(state)
			if err != nil {
				return nil, err
			}
			return primitive.Encrypt(kept, key)
		},
		open: func(sealed, key []byte) ([]byte, error) {
			kept, err := primitive.Decrypt(sealed, key)
			if err != nil {
				return nil, ErrSealed
			}
			return grow(kept)
		},
	}, nil
}

// Unencrypted keeps state as it is. Whoever can read Redis or its files can then
// read the consults: it is never the default, somebody has to name it.
func Unencrypted() *Sealer {
	return &Sealer{
		seal: func(state, _ []byte) ([]byte, error) { return state, nil },
		open: func(state, _ []byte) ([]byte, error) {
			if !bytes.HasPrefix(state, []byte("{")) {
				return nil, ErrSealed
			}
			return state, nil
		},
	}
}

func readKeyset(data []byte) (*keyset.Handle, error) {
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(data)))
	if err != nil {
		return nil, errors.New("read the keyset: it is not one that curbside wrote")
	}
	return handle, nil
}

func writeKeyset(handle *keyset.Handle) ([]byte, error) {
	var out bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&out)); err != nil {
		return nil, fmt.Errorf("write the keyset: %w", err)
	}
	return out.Bytes(), nil
}
