package dialog

// A Coded is one entry of a closed list: a code for ever, words for now.
type Coded struct {
	Code  Code
	Label string // at most 70 characters
	Help  string // at most 70 characters
}

// CodeOwnWords stands for a text of the person's own, kept as a [Note].
const CodeOwnWords Code = "own_words"

// CodeUnknown stands for "I don't know" among the answers of a [Change].
const CodeUnknown Code = "?"

// How a consult ends.
const (
	EndClosed    Code = "closed"    // by the clinician
	EndCancelled Code = "cancelled" // by the clinician, with a reason
	EndLapsed    Code = "lapsed"    // nobody pressed any more
)

// LearnedBands say how long before the consult the clinician learned of it:
// the legal clocks start there.
var LearnedBands = codedList{
	{"now", "Within the hour before this consult", ""},
	{"h4", "Up to 4 hours before", ""},
	{"h12", "Up to 12 hours before", ""},
	{"h24", "Up to a day before", ""},
	{"longer", "Longer ago", "Some clocks may have run out. Do it now."},
}

// CancelReasons say why a consult is cancelled.
var CancelReasons = codedList{
	{"opened_by_mistake", "Opened by mistake", ""},
	{"trying_out", "I was trying it out", ""},
	{"not_needed", "It turned out not to be needed", ""},
	{"settled_elsewhere", "Settled with a colleague or counsel", ""},
	{"duplicate", "There is another consult about this", ""},
}

// DepartureReasons say why a clinician means to stay below a duty.
var DepartureReasons = codedList{
	{"already_done", "Somebody else has done it already", "A report by another person often does not count as yours."},
	{"facts_differ", "The facts are not what the answers say", "Changing the answer may be the better way."},
	{"more_danger", "Doing it would put somebody in more danger", ""},
	{"counsel_advised", "Counsel has advised otherwise", ""},
	{"not_my_duty", "I hold that this duty is not mine", ""},
	{"cannot_be_done", "It cannot be done", ""},
}

// MoreReasons say why a clinician does more than the finding asks.
var MoreReasons = codedList{
	{"judgement", "My clinical judgement of the risk", ""},
	{"danger_growing", "The danger is growing", ""},
	{"cannot_wait", "It cannot wait for an answer", ""},
	{"client_agrees", "The client agrees or asks for it", ""},
	{"counsel_advised", "Counsel has advised it", ""},
	{"policy", "The practice's own policy asks for it", ""},
}

// Conditions are what an approval can be bound to.
var Conditions = codedList{
	{"minimum_only", "Tell only the minimum on the card", ""},
	{"tell_client_first", "Tell the client first, where that is safe", ""},
	{"with_client", "Make the call together with the client", ""},
	{"safety_plan_first", "Make the safety plan first", ""},
	{"counsel_first", "Speak with counsel first", ""},
	{"call_me_before", "Call me before you make the call", ""},
	{"call_me_after", "Call me after you have made the call", ""},
	{"get_consent_first", "Ask for written authorisation first", ""},
	{"reassess_today", "Assess the risk again today", ""},
}

// Inquiries are what a supervisor can ask back.
var Inquiries = codedList{
	{"how_imminent", "How soon could it happen?", ""},
	{"means", "Are the means at hand?", ""},
	{"history", "Is there a history of violence or attempts?", ""},
	{"alternatives", "Which less intrusive ways were tried?", ""},
	{"client_view", "What does the client say to the plan?", ""},
	{"who_exactly", "Is there somebody who can be told less?", ""},
	{"speak_now", "Can we speak now?", "Call your supervisor; nothing is written here."},
}

// InquiryAnswers are what a clinician can answer by code.
var InquiryAnswers = codedList{
	{"yes", "Yes", ""},
	{"no", "No", ""},
	{"not_known", "I don't know", ""},
	{"will_find_out", "I will find out", ""},
	{"told_by_phone", "I have told you by phone", ""},
	{"see_case", "It is in the answers on the card", ""},
}

// DeclineReasons say why a supervisor declines.
var DeclineReasons = codedList{
	{"try_less_first", "A less intrusive way comes first", ""},
	{"grounds_thin", "The grounds are too thin so far", ""},
	{"law_not_met", "The permission does not reach this case", ""},
	{"more_harm", "It would do more harm than good", ""},
	{"counsel_first", "Counsel has to be asked first", ""},
	{"too_much_told", "The plan tells too much or too many", ""},
}

// ToldAmounts say how much was told.
var ToldAmounts = codedList{
	{"minimum", "The minimum on the card, nothing more", ""},
	{"less", "Less than that", ""},
	{"more_safety", "More than that: safety needed it", ""},
	{"more_asked", "More than that: they asked", ""},
	{"nothing", "Nothing about the client", ""},
}

// Responses say how the client responded.
var Responses = codedList{
	{"took_part", "Took part in it", ""},
	{"understood", "Understood", ""},
	{"relieved", "Was relieved", ""},
	{"upset", "Was upset or ashamed", ""},
	{"angry", "Was angry or felt betrayed", ""},
	{"left", "Left or broke off", ""},
	{"not_told_danger", "Not told: telling would raise the danger", ""},
	{"not_told_yet", "Not told yet", ""},
	{"not_reached", "Could not be reached", ""},
}

// ActedDecisions are what a clinician decides about something done for a duty
// that the changed answers no longer show.
var ActedDecisions = codedList{
	{"stands", "It stands: what I did was right then", ""},
	{"will_correct", "I will tell the receiver what has changed", ""},
	{"counsel", "I will ask counsel about it", ""},
	{"marked_by_mistake", "It was never done: the mark was a mistake", ""},
}

type codedList []Coded

// Label returns the words for a code. A code that is not in the list, which
// only an older program can have written, is shown as it is.
func (l codedList) Label(c Code) string {
	if c == CodeOwnWords {
		return "In their own words"
	}
	for _, have := range l {
		if have.Code == c {
			return have.Label
		}
	}
	return string(c)
}

// Has reports whether c is in the list.
func (l codedList) Has(c Code) bool {
	for _, have := range l {
		if have.Code == c {
			return true
		}
	}
	return false
}
