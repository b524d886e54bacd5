package config

// A Secret can be used and cannot be printed: its value is held in a closure,
// because fmt and the encoders see through unexported fields but not into a
// function. The zero Secret is no secret. It is safe for concurrent use.
type Secret struct{ reveal func() string }

const hidden = "(secret)"

// NewSecret hides value.
func NewSecret(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{reveal: func() string { return value }}
}

// Reveal returns the value, or "" for no secret.
func (s Secret) Reveal() string {
	if s.reveal == nil {
		return ""
	}
	return s.reveal()
}

// IsZero reports whether there is no secret.
func (s Secret) IsZero() bool { return s.reveal == nil }

// String implements [fmt.Stringer] without the value.
func (Secret) String() string { return hidden }

// GoString implements [fmt.GoStringer] without the value.
func (Secret) GoString() string { return hidden }

// MarshalText implements [encoding.TextMarshaler] without the value, which
// covers JSON, YAML and slog.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }
