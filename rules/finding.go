package rules

// A Query is everything a finding depends on. It holds codes only.
type Query struct {
	Client     JurisdictionID // where the client is
	Licence    JurisdictionID // where the clinician is licensed; "" or equal to Client when one law speaks
	Profession ProfessionID
	Topics     []TopicID
	Facts      Facts
	AsOf       Date // which day's law; rules outside their period are left out
}

// Status is where a rule stands on the facts known.
type Status string

// The statuses. An unknown answer never ends in a firmer one than a known would.
const (
	Applies      Status = "applies"
	DoesNotApply Status = "does_not_apply"
	Undetermined Status = "undetermined"
)

// A Finding is the law on the facts known, in order of urgency.
type Finding struct {
	Rules      []RuleFinding
	Statements []StatementFinding
	Conflicts  []Conflict
	Gaps       []Gap
	Packs      []PackRef
}

// A RuleFinding is one rule on the facts known, with what it rests on.
type RuleFinding struct {
	Rule         *Rule // read only
	Jurisdiction JurisdictionID
	Seat         Seat
	Status       Status
	Elements     []ElementFinding
	Settles      []FactID    // undetermined only: the facts that could still settle it, most telling first
	Discharge    *Discharge  // the tree with its conditions resolved; nil when there is none
	Tell         []Recipient // those whose condition is not excluded
	Deadlines    []Deadline  // the clocks whose condition is not excluded
}

// A Seat says why a jurisdiction's law is looked at.
type Seat string

// The seats.
const (
	SeatClient  Seat = "client"  // where the client is (and the licence, when they are the same)
	SeatLicence Seat = "licence" // where the clinician is licensed, when that is elsewhere
	SeatFederal Seat = "federal"
)

// An ElementFinding is one element on the facts known.
type ElementFinding struct {
	Element *Element // read only
	Limb    string   // id of its limb, "" for an element of the rule itself
	Except  bool     // true for an exception: Applies means that it takes the rule away
	Status  Status
	Facts   []FactID // the facts its condition reads
}

// A StatementFinding is a statement of a pack that bears on the query. One whose
// condition is not met is left out.
type StatementFinding struct {
	Statement    *Statement // read only
	Jurisdiction JurisdictionID
	Seat         Seat
	When         string // the condition that the facts known leave open, CEL; "" when the statement holds
}

// A Conflict is two rules that pull apart. A finding with one names counsel.
type Conflict struct {
	Bar  RuleID // the must_not
	Duty RuleID // the must or may it pulls against
}

// A Gap is a concern on which no pack of a jurisdiction speaks to this
// clinician: no rule that binds the licence that day, no statement. The finding
// then says "state law not covered here: ask counsel" and never sounds complete.
type Gap struct {
	Topic        TopicID
	Jurisdiction JurisdictionID
}

// A PackRef names exactly the text a finding rests on.
type PackRef struct {
	Jurisdiction JurisdictionID
	Name         string
	AsOf         Date
	Hash         string
	Review       Review
}

// A Question is the next thing to ask, and why.
type Question struct {
	Fact *Fact // read only
	For  []Need
	// Left is the largest number of questions that may still follow, this one included.
	Left int
}

// A Need is a rule and the element in it that reads the fact asked. Element is
// nil when the rule needs the fact only to say how it is discharged, who is
// told or by when.
type Need struct {
	Rule    *Rule
	Element *Element
}
