package dialog

// deeds says what an action does, who may ask for it, and what it rests on. It
// is the whole list: an action that is not in it is refused.
func deeds(a Action) (deed, bool) {
	switch a {
	case ActClient:
		return deed{after: onCase, already: answered, do: (*turn).setClient}, true
	case ActLicence:
		return deed{after: onCase, already: answered, do: (*turn).setLicence}, true
	case ActProfession:
		return deed{after: onCase, already: answered, do: (*turn).setProfession}, true
	case ActTopics:
		return deed{after: onCase, already: answered, do: (*turn).setTopics}, true
	case ActAnswer, ActNone, ActDunno:
		return deed{after: onCase, already: answered, do: (*turn).answerFact}, true
	case ActLearned:
		return deed{do: (*turn).setLearned}, true
	case ActWhy:
		return deed{by: anyStaff, do: (*turn).explain}, true
	case ActChange:
		return deed{do: (*turn).change}, true
	case ActKeep:
		return deed{after: onCase, do: (*turn).keep}, true

	case ActGo:
		return deed{after: onCase | onPlan, do: (*turn).goTo}, true
	case ActPlan:
		return deed{after: onCase | onPlan, do: (*turn).setPlan}, true
	case ActLaw:
		return deed{by: anyStaff, do: (*turn).showLaw}, true
	case ActWeigh:
		return deed{by: anyStaff, do: (*turn).showWeighing}, true
	case ActHow:
		return deed{by: anyStaff, do: (*turn).showHow}, true
	case ActMore:
		return deed{do: (*turn).more}, true
	case ActDepart:
		return deed{after: onCase, do: (*turn).depart}, true
	case ActStay:
		return deed{do: (*turn).stay}, true
	case ActSignOff:
		return deed{after: onCase | onPlan, already: signOffAsked, do: (*turn).askSignOff}, true
	case ActOwnWords:
		return deed{by: theTeam, do: (*turn).ownWords}, true

	case ActDone, ActTold, ActTried, ActUndo:
		return deed{by: theTeam, do: (*turn).mark}, true
	case ActKept:
		return deed{do: (*turn).decideActed}, true
	case ActLook:
		return deed{do: (*turn).planLook}, true
	case ActLooked:
		return deed{by: theTeam, do: (*turn).looked}, true
	case ActResponse:
		return deed{do: (*turn).setResponse}, true
	case ActDanger:
		return deed{by: anyStaff, already: dangerDeclared, do: (*turn).declareDanger}, true
	case ActSafe:
		return deed{by: theTeam, do: (*turn).dangerOver}, true
	case ActCancel:
		return deed{do: (*turn).cancel}, true
	case ActClose:
		return deed{after: onCase, do: (*turn).closeConsult}, true
	case ActRecord:
		return deed{by: theTeam, ended: true, do: (*turn).handRecord}, true
	default:
		return decisions(a)
	}
}

// decisions are the deeds of an escalation.
func decisions(a Action) (deed, bool) {
	switch a {
	case ActSeen:
		return deed{by: thePaged, already: decided, do: (*turn).see}, true
	case ActJoined:
		return deed{by: thePaged, already: decided, do: (*turn).join}, true
	case ActApprove:
		return deed{by: thePaged, already: decided, do: (*turn).approve}, true
	case ActConditions:
		return deed{by: thePaged, already: decided, do: (*turn).approveWith}, true
	case ActInquire:
		return deed{by: thePaged, already: decided, do: (*turn).inquire}, true
	case ActDecline:
		return deed{by: thePaged, already: decided, do: (*turn).decline}, true
	case ActAside:
		return deed{by: thePaged, already: decided, do: (*turn).stepAside}, true
	case ActUnsee:
		return deed{by: thePaged, already: decided, do: (*turn).unsee}, true
	case ActHandOver:
		return deed{by: thePaged, already: decided, do: (*turn).handOver}, true
	case ActReply:
		return deed{already: decided, do: (*turn).reply}, true
	case ActAnother:
		return deed{already: decided, do: (*turn).another}, true
	default:
		return deed{}, false
	}
}
