package rules

// An ActionID names one thing a clinician can do, such as "notify_police".
type ActionID string

// An Action is one thing to do, in words for people. Law decides whether it is
// required; everything written here is good practice.
type Action struct {
	ID        ActionID `yaml:"id"`
	Label     string   `yaml:"label"`               // imperative, at most 70 characters: "Call the police"
	Detail    string   `yaml:"detail"`              // how to do it well, at most 600 characters
	Discloses bool     `yaml:"discloses"`           // true when somebody outside treatment learns of the client
	Minimum   []string `yaml:"minimum,omitempty"`   // what the recipient needs, nothing more
	LeaveOut  []string `yaml:"leave_out,omitempty"` // what stays in the room
	Benefits  []string `yaml:"benefits,omitempty"`
	Harms     []string `yaml:"harms,omitempty"`
	Sources   []Source `yaml:"sources,omitempty"`
}
