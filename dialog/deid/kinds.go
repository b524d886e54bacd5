package deid

// The kinds of identifiers. All but [Unknown] are categories of 45 CFR
// 164.514(b)(2)(i), or parts of its last, "any other unique identifying
// number, characteristic, or code".
const (
	Name         Kind = "name"
	Place        Kind = "place" // below a state
	Date         Kind = "date"  // finer than a year
	Age          Kind = "age"   // over 89, or what shows it
	Phone        Kind = "phone"
	Fax          Kind = "fax"
	Email        Kind = "email"
	SSN          Kind = "ssn"
	Record       Kind = "record" // medical record number
	Plan         Kind = "plan"   // health plan beneficiary number
	Account      Kind = "account"
	Licence      Kind = "licence" // certificate and licence numbers
	Vehicle      Kind = "vehicle" // and plates
	Device       Kind = "device"  // identifiers and serial numbers
	URL          Kind = "url"
	IP           Kind = "ip" // and hardware addresses
	Biometric    Kind = "biometric"
	Photo        Kind = "photo"
	Handle       Kind = "handle"       // of a person or channel on a network
	Organization Kind = "organization" // school, employer, congregation, clinic
	Post         Kind = "post"         // held by one person only
	Case         Kind = "case"         // of a court
	Code         Kind = "code"         // any other number or code
	Unknown      Kind = "unknown"      // a word nothing has declared harmless
	Unreadable   Kind = "unreadable"   // not UTF-8, or too long to look through
)

// reason says why a kind is refused and what to write instead.
type reason struct{ why, replacement string }

var reasons = map[Kind]reason{
	Name:         {"looks like a person's name; say who they are to the client instead", "[name]"},
	Place:        {"names a place smaller than a state; a state may stay", "[city]"},
	Date:         {"is a date finer than a year; say how long ago, such as “last week”", "[date]"},
	Age:          {"shows an age over 89; write “90 or older”", "[90 or older]"},
	Phone:        {"looks like a telephone number", "[phone]"},
	Fax:          {"looks like a fax number", "[fax]"},
	Email:        {"is an e-mail address", "[email]"},
	SSN:          {"looks like a Social Security number or a part of one", "[ssn]"},
	Record:       {"looks like a chart or record number", "[record number]"},
	Plan:         {"looks like the number of a health plan or member", "[plan number]"},
	Account:      {"looks like an account or card number", "[account number]"},
	Licence:      {"looks like a licence or certificate number", "[licence number]"},
	Vehicle:      {"looks like a vehicle's number or plate", "[vehicle number]"},
	Device:       {"looks like a device's serial number", "[device number]"},
	URL:          {"is a web address", "[link]"},
	IP:           {"is a network address", "[network address]"},
	Biometric:    {"refers to a fingerprint, a voice print or another biometric", "[biometric]"},
	Photo:        {"refers to a picture or recording of a person", "[picture]"},
	Handle:       {"is a name somebody uses online", "[handle]"},
	Organization: {"names a school, an employer, a congregation or a clinic; say what kind it is", "[organization]"},
	Post:         {"is a position that one person holds", "[position]"},
	Case:         {"names a court case", "[court case]"},
	Code:         {"is a number or code that may be unique to one person", "[number]"},
	Unknown:      {"is no word the dictionary knows; it may be a name or a misspelling", "[unclear]"},
	Unreadable:   {"cannot be checked", "[unreadable]"},
}

// kinName is what stands for the name of a relative or of somebody in a role.
var kinName = map[string]string{
	"mother": "[parent]", "mom": "[parent]", "mum": "[parent]", "father": "[parent]", "dad": "[parent]", "parent": "[parent]",
	"brother": "[sibling]", "sister": "[sibling]", "sibling": "[sibling]", "twin": "[sibling]",
	"son": "[child]", "daughter": "[child]", "child": "[child]", "kid": "[child]", "baby": "[child]",
	"husband": "[spouse]", "wife": "[spouse]", "spouse": "[spouse]", "partner": "[partner]", "boyfriend": "[partner]",
	"girlfriend": "[partner]", "fiance": "[partner]", "fiancee": "[partner]", "ex": "[ex-partner]",
	"uncle": "[relative]", "aunt": "[relative]", "cousin": "[relative]", "nephew": "[relative]", "niece": "[relative]",
	"grandmother": "[grandparent]", "grandma": "[grandparent]", "grandfather": "[grandparent]", "grandpa": "[grandparent]",
	"client": "[client]", "patient": "[client]", "pt": "[client]", "ct": "[client]", "friend": "[friend]", "roommate": "[roommate]",
	"boss": "[employer]", "neighbor": "[neighbor]", "coworker": "[coworker]", "teacher": "[teacher]", "supervisor": "[supervisor]",
	"therapist": "[therapist]", "counselor": "[counselor]", "doctor": "[doctor]", "nurse": "[nurse]",
	"officer": "[officer]", "judge": "[judge]", "coach": "[coach]",
}
