package rules

// A Case is a set of answers and where the rules must end on them. The cases
// of a pack stand beside it in cases/us-ca.yaml, as a list:
//
//   - name: a threat against a person who can be named is a duty
//     profession: psychologist
//     topics: [harm_to_others]       # default: all topics of the rules expected
//     licence: US-NV                 # default: none besides the pack's own
//     as_of: 2026-06-01              # default: the pack's as_of
//     facts:
//     threat_voiced: true          # bool: true or false
//     victim: named                # choice
//     harm_kinds: [physical]       # choices; [] is "none of them"
//     means: null                  # I don't know
//     expect:
//     us-ca.harm.protect: applies  # applies, does_not_apply or undetermined
//
// A fact that is not listed was not asked.
type Case struct {
	Name       string            `yaml:"name"`
	Profession ProfessionID      `yaml:"profession"`
	Topics     []TopicID         `yaml:"topics,omitempty"`
	Licence    JurisdictionID    `yaml:"licence,omitempty"`
	AsOf       Date              `yaml:"as_of,omitempty"`
	Facts      map[FactID]any    `yaml:"facts"`
	Expect     map[RuleID]Status `yaml:"expect"`
}
