package rules

// A JurisdictionID is "US" for federal law or an ISO 3166-2 code such as "US-CA".
type JurisdictionID string

// Federal is the jurisdiction whose packs lie on top of every state's.
const Federal JurisdictionID = "US"

// A RuleID is unique among all packs and has at most 50 characters: "us-ca.harm.protect".
type RuleID string

// An Effect is what a rule does to a clinician when it applies.
type Effect string

// The effects.
const (
	Must    Effect = "must"     // a duty
	May     Effect = "may"      // a permission
	MustNot Effect = "must_not" // a bar
	Should  Effect = "should"   // ethics and the standard of care
)

// A Basis is the kind of authority a rule rests on.
type Basis string

// The kinds of authority.
const (
	Statute    Basis = "statute"
	Regulation Basis = "regulation"
	CaseLaw    Basis = "case_law"
	EthicsCode Basis = "ethics_code"
)

// Confidence says how well a rule's text was checked. [Low] is never shown as settled.
type Confidence string

// The degrees of confidence.
const (
	High   Confidence = "high"   // the text or an official source was read
	Medium Confidence = "medium" // a secondary source, or part of the text
	Low    Confidence = "low"    // a pointer for counsel: always ends undetermined
)

// A Pack is the law of one jurisdiction as data.
type Pack struct {
	Jurisdiction JurisdictionID `yaml:"jurisdiction"`
	Name         string         `yaml:"name"`
	AsOf         Date           `yaml:"as_of"`
	Facts        []Fact         `yaml:"facts,omitempty"` // facts that no other law asks
	Agencies     []Agency       `yaml:"agencies,omitempty"`
	Rules        []Rule         `yaml:"rules"`
	Statements   []Statement    `yaml:"statements,omitempty"`
	Review       Review         `yaml:"-"` // from a signed attestation, never from the pack itself
	Hash         string         `yaml:"-"` // SHA-256 of the canonical content, in hex
}

// A Review says whether counsel has read exactly this text.
type Review struct {
	By    string // "" means unreviewed
	On    Date
	Until Date
}

// An Agency receives reports.
type Agency struct {
	ID        string `yaml:"id"`
	Name      string `yaml:"name"`            // at most 120 characters
	Phone     string `yaml:"phone,omitempty"` // shown only when Confirmed
	Confirmed bool   `yaml:"confirmed"`
	Hours     string `yaml:"hours,omitempty"`
	Find      string `yaml:"find,omitempty"` // how to find the number when none is confirmed
}

// A Rule is one duty, permission or bar. It applies when the clinician's
// profession is bound, every element is met, at least one limb of AnyOf is met
// (when there are limbs) and no exception of Unless is met.
type Rule struct {
	ID          RuleID         `yaml:"id"`
	Topics      []TopicID      `yaml:"topics"`
	Effect      Effect         `yaml:"effect"`
	Title       string         `yaml:"title"`   // at most 100 characters
	Summary     string         `yaml:"summary"` // what the law says, in plain words, at most 700 characters
	Basis       []Basis        `yaml:"basis"`
	Citations   []string       `yaml:"citations"`
	Professions []ProfessionID `yaml:"professions"` // ids or groups; ["any"] binds everybody
	Except      []ProfessionID `yaml:"except_professions,omitempty"`
	Elements    []Element      `yaml:"elements"`
	AnyOf       []Limb         `yaml:"any_of,omitempty"`
	Unless      []Element      `yaml:"unless,omitempty"`
	Discharge   *Discharge     `yaml:"discharge,omitempty"`
	Tell        []Recipient    `yaml:"tell,omitempty"`
	Deadlines   []Deadline     `yaml:"deadlines,omitempty"`
	Immunity    []Note         `yaml:"immunity,omitempty"`
	SignOff     SignOff        `yaml:"sign_off"`
	Bars        bool           `yaml:"bars,omitempty"`     // must_not only: pulls against every disclosure
	WaysOut     []Note         `yaml:"ways_out,omitempty"` // must_not only: lawful routes around the bar
	Effective   Period         `yaml:"effective,omitempty"`
	Sources     []Source       `yaml:"sources"`
	Confidence  Confidence     `yaml:"confidence"`
	Open        []string       `yaml:"open_questions,omitempty"` // what the law leaves open, in plain words
	Unsettled   bool           `yaml:"unsettled,omitempty"`      // the open questions decide the outcome: never firmer than undetermined
	Notes       []Note         `yaml:"notes,omitempty"`
}

// An Element is one sentence of the law with its condition.
type Element struct {
	ID       string `yaml:"id"`
	Text     string `yaml:"text"` // for people, at most 250 characters
	When     string `yaml:"when"` // CEL over the vocabulary, of type bool
	Citation string `yaml:"citation,omitempty"`
}

// A Limb is one of several ways to meet a rule; all of its elements are required.
type Limb struct {
	ID       string    `yaml:"id"`
	Text     string    `yaml:"text,omitempty"` // at most 250 characters
	Elements []Element `yaml:"elements"`
}

// A Discharge says how a duty is met. Exactly one of Action, All, Any and
// First is set in each node of the tree.
type Discharge struct {
	Kind   DischargeKind `yaml:"kind,omitempty"` // root only: duty (default) or immunity
	Action ActionID      `yaml:"action,omitempty"`
	Agency string        `yaml:"agency,omitempty"` // with Action: the receiver, an id of the pack's agencies
	When   string        `yaml:"when,omitempty"`   // CEL: this branch counts only then
	Text   string        `yaml:"text,omitempty"`   // what the law adds, at most 300 characters
	All    []Discharge   `yaml:"all,omitempty"`    // every one of them
	Any    []Discharge   `yaml:"any,omitempty"`    // one is enough
	First  []Discharge   `yaml:"first,omitempty"`  // in this order; the next if the one before cannot be had
}

// A DischargeKind tells what doing the steps earns.
type DischargeKind string

// The kinds of discharge: some notices are the duty itself, others earn the
// statute's immunity beside it.
const (
	MeetsDuty     DischargeKind = "duty"
	EarnsImmunity DischargeKind = "immunity"
)

// A Recipient is somebody who is told, and the least they need.
type Recipient struct {
	Action  ActionID `yaml:"action"`
	Agency  string   `yaml:"agency,omitempty"`
	When    string   `yaml:"when,omitempty"` // CEL: told only then
	Text    string   `yaml:"text"`           // who, in words, at most 250 characters
	Minimum []string `yaml:"minimum,omitempty"`
}

// A Deadline is one clock that the law sets. Its outer limit is a number of
// hours, of working days, or the earlier or later of both; Immediate may stand
// alone or beside it.
type Deadline struct {
	Action      ActionID `yaml:"action"`
	Form        string   `yaml:"form"` // oral, written, electronic, any
	Hours       int      `yaml:"hours,omitempty"`
	DaysOff     string   `yaml:"days_off,omitempty"` // left_out: the hours of weekends and holidays do not count
	WorkingDays int      `yaml:"working_days,omitempty"`
	Until       string   `yaml:"until,omitempty"`     // end_of_day: the last working day counts to its end, not to the hour of the start
	Whichever   string   `yaml:"whichever,omitempty"` // earlier, later: of hours and working days, when both are set
	Immediate   string   `yaml:"immediate,omitempty"` // law: the law's own word; treat_as: the law sets no clock
	From        string   `yaml:"from"`                // knowledge, oral_report, consent (the client's), request (the receiver's)
	When        string   `yaml:"when,omitempty"`      // CEL: this clock runs only then
	Text        string   `yaml:"text"`                // the law's formula in plain words, at most 200 characters
	Citation    string   `yaml:"citation,omitempty"`
}

// SignOff says whether a supervisor's decision gates the disclosure.
type SignOff string

// The kinds of sign-off. Nothing the law or danger demands at once ever waits.
const (
	Concurrent SignOff = "concurrent" // the supervisor is told at the same moment
	Required   SignOff = "required"   // the disclosure is left to judgement and waits
)

// A Note is a remark with its authority.
type Note struct {
	Text     string `yaml:"text"` // at most 700 characters
	Citation string `yaml:"citation,omitempty"`
}

// A Statement says that the law imposes nothing, or what it leaves to others,
// so that silence is never mistaken for a gap in the packs.
type Statement struct {
	ID          string         `yaml:"id"`
	Topics      []TopicID      `yaml:"topics"`
	Professions []ProfessionID `yaml:"professions,omitempty"`
	When        string         `yaml:"when,omitempty"` // CEL: said only then; it never causes a question
	Text        string         `yaml:"text"`           // at most 500 characters
	Citations   []string       `yaml:"citations"`
	Sources     []Source       `yaml:"sources"`
	Confidence  Confidence     `yaml:"confidence"`
	Open        []string       `yaml:"open_questions,omitempty"`
}

// A Source is where the text was read.
type Source struct {
	Title string `yaml:"title"`
	URL   string `yaml:"url,omitempty"`
	AsOf  string `yaml:"as_of,omitempty"`
}

// A Period bounds when a rule is in force; a zero end is open.
type Period struct {
	From  Date `yaml:"from,omitempty"`
	Until Date `yaml:"until,omitempty"`
}
