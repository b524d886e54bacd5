package rules

// A FactID names one fact of the closed vocabulary, such as "threat_source".
// It matches ^[a-z][a-z0-9_]*$ and is also the fact's CEL variable.
type FactID string

// A Value is one coded answer to a fact. For facts of kind [Bool] the values
// are [Yes] and [No]; for the other kinds they are the ids of the choices.
type Value string

// The values of a fact of kind [Bool].
const (
	Yes Value = "yes"
	No  Value = "no"
)

// A FactKind is the shape of a fact's answers.
type FactKind string

// The kinds of facts. Every kind is finite, so relevance can be decided exactly.
const (
	// Bool is answered yes or no; its CEL type is bool.
	Bool FactKind = "bool"
	// Choice is answered with exactly one choice; its CEL type is string.
	Choice FactKind = "choice"
	// Choices is answered with any number of choices, also none; its CEL type
	// is list(string), and conditions ask for members: "physical" in harm_kinds.
	Choices FactKind = "choices"
)

// A Fact is one thing the law may need to know, and how it is asked.
// Nothing in it can hold free text from a person.
type Fact struct {
	ID       FactID       `yaml:"id"`
	Kind     FactKind     `yaml:"kind"`
	Question string       `yaml:"question"`          // as put to the clinician, at most 150 characters
	Short    string       `yaml:"short"`             // how a card lists the answer, at most 40 characters: "Source of the threat"
	Help     string       `yaml:"help,omitempty"`    // what counts and what does not, at most 400 characters
	Settle   string       `yaml:"settle,omitempty"`  // how a clinician who does not know could find out
	Choices  []FactChoice `yaml:"choices,omitempty"` // kinds choice and choices; at most 20
	Order    int          `yaml:"order,omitempty"`   // breaks ties between equally useful questions, smaller first
	// After are facts whose answers decide whether this question makes sense: as
	// long as one of them is needed too, it is asked first.
	After []FactID `yaml:"after,omitempty"`
}

// A FactChoice is one of the answers to a fact of kind [Choice] or [Choices].
type FactChoice struct {
	ID    Value  `yaml:"id"`
	Label string `yaml:"label"`          // at most 70 characters
	Help  string `yaml:"help,omitempty"` // at most 70 characters
}

// A TopicID names a concern that a clinician can bring, such as "harm_to_others".
type TopicID string

// A Topic is one concern. Several may be picked in one consult.
type Topic struct {
	ID    TopicID `yaml:"id"`
	Label string  `yaml:"label"` // at most 70 characters
	Help  string  `yaml:"help"`  // at most 70 characters: what belongs here
	Order int     `yaml:"order"` // urgency: findings are merged into one plan in this order
	// Alternatives are ids of actions that come before a disclosure, least
	// intrusive first: what the Hypothesise phase lays out.
	Alternatives []ActionID `yaml:"alternatives"`
	// Emergency are ids of the actions to take at once when somebody is in
	// immediate danger.
	Emergency []ActionID `yaml:"emergency"`
	// Aftercare are ids of the actions that look after client and clinician.
	Aftercare []ActionID `yaml:"aftercare"`
}

// A ProfessionID names a licence, such as "psychologist".
type ProfessionID string

// A Profession is one kind of licence that rules may bind.
type Profession struct {
	ID    ProfessionID `yaml:"id"`
	Label string       `yaml:"label"` // at most 70 characters
	// Groups are wider words that statutes use and that include this licence,
	// such as "any_mental_health_professional"; a rule may name a group.
	Groups []ProfessionID `yaml:"groups,omitempty"`
}

// A Vocabulary is everything a consult can be about: nothing outside it can be
// answered, stored or shown.
type Vocabulary struct {
	Topics      []Topic      `yaml:"topics"`
	Professions []Profession `yaml:"professions"`
	Facts       []Fact       `yaml:"facts"`
}
