package dialog

// The actions that do not come from a person's press.
const (
	ActOpen        Action = "open"
	ActTimer       Action = "timer"       // Args[0] is the TimerID
	ActUnreachable Action = "unreachable" // Args[0] is the PersonID a page could not reach
	ActForget      Action = "forget"      // an operator removed the consult: in the audit chain alone
)

// The actions of the desk, which belong to no consult: their presses have no handle.
const (
	ActHome    Action = "home"    // show the home again
	ActDuty    Action = "duty"    // who is on duty
	ActHelp    Action = "help"    // how it works
	ActCover   Action = "cover"   // rota, whose, until: a band or a moment; what is missing is asked for
	ActAsk     Action = "ask"     // rota, until, person: somebody is asked to take over
	ActBack    Action = "back"    // number of the cover
	ActTest    Action = "test"    // nothing: my own page; person: theirs
	ActGot     Action = "got"     // number of the rehearsal: I have it
	ActReached Action = "reached" // by the runtime: number of the rehearsal, way, code, "ok" when it took the page
)

// The actions of the case: what a finding rests on.
const (
	ActClient     Action = "client"     // jurisdiction, "unknown" or "elsewhere"
	ActLicence    Action = "licence"    // jurisdiction or [NoLicence]
	ActProfession Action = "profession" // profession
	ActTopics     Action = "topics"     // topic…
	ActAnswer     Action = "a"          // fact, value…; short, because facts and values are long
	ActNone       Action = "none"       // fact: none of the choices
	ActDunno      Action = "dunno"      // fact: "I don't know"
	ActWhy        Action = "why"        // fact: why it is asked
	ActChange     Action = "change"     // nothing: which answers there are; subject: ask it again
	ActKeep       Action = "keep"       // leave the answer as it was
	ActLearned    Action = "learned"    // code of [LearnedBands]
)

// The actions of the plan.
const (
	ActGo       Action = "go"       // phase
	ActPlan     Action = "plan"     // action…, or [planNothing]
	ActLaw      Action = "law"      // page: everything the law says
	ActWeigh    Action = "weigh"    // page: what speaks for and against each way
	ActHow      Action = "how"      // page: how to do each thing on the list well
	ActMore     Action = "more"     // nothing, action, or action and reason
	ActDepart   Action = "depart"   // nothing, rule, or rule and reason
	ActStay     Action = "stay"     // rule: the departure is withdrawn
	ActSignOff  Action = "sign_off" // urgency
	ActOwnWords Action = "words"    // note kind, and the number of the escalation if it belongs to one
	ActDone     Action = "done"     // task
	ActTold     Action = "told"     // task, code of [ToldAmounts]
	ActTried    Action = "tried"    // task
	ActUndo     Action = "undo"     // task
	ActKept     Action = "kept"     // task, code of [ActedDecisions]
	ActLook     Action = "look"     // nothing, or code of [LookBands]: a second look is planned
	ActLooked   Action = "looked"   // number, "done" or "off"
	ActResponse Action = "response" // nothing, or code of [Responses]
	ActDanger   Action = "danger"   // immediate danger
	ActSafe     Action = "safe"     // the danger has passed
	ActCancel   Action = "cancel"   // nothing, or code of [CancelReasons]
	ActClose    Action = "close"    // close with the record
	ActRecord   Action = "record"   // "md" or "pdf"
)

// The actions of an escalation; the first argument is its number.
const (
	ActSeen       Action = "seen"
	ActJoined     Action = "joined" // danger: I am with the clinician
	ActApprove    Action = "approve"
	ActConditions Action = "conditions" // code of [Conditions]…
	ActInquire    Action = "inquire"    // code of [Inquiries]…
	ActReply      Action = "reply"      // code of [InquiryAnswers]
	ActDecline    Action = "decline"    // code of [DeclineReasons]
	ActAside      Action = "aside"
	ActAnother    Action = "another"  // nothing more, or the person
	ActUnsee      Action = "unsee"    // I cannot take it after all
	ActHandOver   Action = "handover" // nothing more, or the person
)
