package lexicon

// A Class is a set of things known about a word or phrase.
type Class uint64

// The classes. One list file stands behind each.
const (
	Words20      Class = 1 << iota // English as everybody knows it
	Words35                        // everyday English
	Words60                        // English of educated readers
	Words70                        // English of the well read, names left out
	Given1                         // given name of 20,000 people and more
	Given2                         // of 1,000 and more
	Given3                         // rarer, and names from elsewhere
	Surname1                       // one of the 4,000 most frequent surnames
	Surname2                       // rarer, and names from elsewhere
	Place                          // city, town or county
	Opens                          // what a phrase begins with
	Function                       // a word of grammar: the, if, she, not
	Clinical                       // words of the clinic, drugs, scales, abbreviations
	Eponym                         // a person's name that stands for a thing beside its noun
	EpoNoun                        // the nouns that make an eponym a thing
	Law                            // case names and the words of citations
	Region                         // states, countries, peoples, languages, religions
	RegionName                     // regions that are also people's names
	Capital                        // ordinary words that people write with a capital
	Kin                            // mother, ex, partner
	Person                         // roles and jobs: client, nurse, friend
	Title                          // Dr, Mrs, Sgt
	Says                           // what a person does: said, hit, lives
	Meets                          // what is done to a person: told, called, hit
	Month                          // months that are nothing else
	MonthVerb                      // may, march, mar, sun …
	Holiday                        // days of the calendar
	Post1                          // held by one person at a time, always
	Post2                          // held by one person when a place or body is named
	Body                           // school, church, clinic: what an organisation's name ends in
	Street                         // avenue, rd
	Unit                           // what may follow a number: mg, sessions
	Number                         // numbers in words
	Ordinal                        // ordinals in words
	Score                          // words beside which a number is a score
	Record                         // words beside which a number is an identifier
	Weak                           // names that are far more often the word
	Strong                         // words that are far more often the name
	Ordinary                       // misspellings and chat words that identify nobody
	Generic                        // places and bodies that everybody has: home, work, church
	NameCue                        // named, aka, nickname
	Placed                         // words before a place: lives in, moved to
	Noun                           // nouns that follow an ordinal: session, grade
	Weekday                        // monday
	ShortDay                       // mon, thu, sun
	Congregation                   // our lady, sacred heart
	Brand                          // employers whose names are plain words
	Site                           // places whose names are plain words, told by the whole name
	Firm                           // bodies of one plain word, beside what leads to them
	Quarter                        // parts of towns, streets and towns of one plain word
	Statute                        // sections that the law packs cite
	Spot                           // where everybody is: counter, bus stop, party
	Compound                       // pairs that English is full of and that end in such a word: waiting room
	Usage                          // pairs of neighbours that show a name to be the word: hope that
	Adjacent                       // fixed phrases that make a name a word: by chance
)

// Given, Surname, Named and English join the tiers.
const (
	Given   = Given1 | Given2 | Given3
	Surname = Surname1 | Surname2
	Named   = Given | Surname
	English = Words20 | Words35 | Words60
)

// Has reports whether c holds any class of d.
func (c Class) Has(d Class) bool { return c&d != 0 }

var classOf = map[string]Class{
	"words20": Words20, "words35": Words35, "words60": Words60, "words70": Words70,
	"given1": Given1, "given2": Given2, "given3": Given3, "surnames1": Surname1, "surnames2": Surname2, "places": Place, "landmarks": Place,
	"function": Function, "clinical": Clinical, "eponyms": Eponym, "eponymnouns": EpoNoun, "law": Law, "regions": Region, "regionnames": RegionName,
	"capitals": Capital, "kin": Kin, "persons": Person, "titles": Title, "says": Says, "meets": Meets, "months": Month,
	"monthverbs": MonthVerb, "holidays": Holiday, "posts1": Post1, "posts2": Post2, "bodies": Body, "streets": Street,
	"units": Unit, "numbers": Number, "ordinals": Ordinal, "scores": Score, "records": Record, "weak": Weak, "strong": Strong,
	"ordinary": Ordinary, "generic": Generic, "namecues": NameCue, "placed": Placed, "nouns": Noun, "weekdays": Weekday, "adjacent": Adjacent, "usage": Usage, "spots": Spot, "compounds": Compound, "pairs": Compound, "statutes": Statute, "shortdays": ShortDay, "congregations": Congregation, "brands": Brand, "sites": Site, "firms": Firm, "quarters": Quarter,
}
