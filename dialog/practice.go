package dialog

import (
	"cmp"
	"slices"
	"time"

	"curbside/rules"
)

// A PersonID is a staff member's id in the practice's configuration, such as
// "dana". It matches ^[a-z][a-z0-9-]{0,30}$ and is no platform id.
type PersonID string

// A Role is what a person may do.
type Role string

// The roles. One person may have several.
const (
	Clinician  Role = "clinician"
	Supervisor Role = "supervisor"
	Owner      Role = "owner"
)

// A Person is a member of staff, never a client.
type Person struct {
	ID         PersonID
	Name       string // as colleagues know them
	Roles      []Role
	Profession rules.ProfessionID     // clinicians: their licence
	Licences   []rules.JurisdictionID // where they are licensed
	Reachable  bool                   // has a chat account or a pager
	Team       TeamID                 // "" is none
}

// Has reports whether p has the role.
func (p Person) Has(r Role) bool {
	for _, have := range p.Roles {
		if have == r {
			return true
		}
	}
	return false
}

// An Urgency decides how long each step of the chain may take.
type Urgency string

// The urgencies.
const (
	Routine  Urgency = "routine"
	Today    Urgency = "today"
	Imminent Urgency = "imminent" // pages the whole chain at once
)

// A Practice is the part of the configuration that the dialog needs, as values.
type Practice struct {
	Name          string
	Location      *time.Location
	Jurisdictions []rules.JurisdictionID // offered first
	People        map[PersonID]Person
	// Chain is who is paged, step by step: people and rotas ([Practice.ChainAt]).
	// Those of a step are paged together, and any one of them may answer, or all
	// have to see it ([AllOf]). It is looked up and fixed when paging starts.
	Chain            [][]PersonID
	StepTime         map[Urgency]time.Duration // until the next step
	DecideTime       map[Urgency]time.Duration // after "seen", until a reminder and the next step
	EmergencyContact string                    // shown when nobody has been reached
	RemindAfter      time.Duration             // an open consult without a press
	CloseAfter       time.Duration             // then closes with its record
	FreeText         bool                      // whether this platform's forms may hold free text
	Holidays         Calendar                  // days off of the law and of the practice, besides Saturdays and Sundays

	// Rotas say who has a duty; a step of a chain may name one in the place of a
	// person. Without rotas the chains name people alone.
	Rotas    []Rota
	Absences []Absence
	Teams    map[TeamID][][]PersonID // the chains of teams that have one of their own
	// QuietFrom and QuietUntil are the hours of the night during which what is
	// routine pages nobody; equal ones are none.
	QuietFrom, QuietUntil DayTime
	// Signatures is how many different supervisors have to approve; less than two
	// is one.
	Signatures map[EscalationKind]int
	KeepClosed time.Duration // how long a consult is kept after its end
}

// supervisors are all who may sign, by name.
func (p *Practice) supervisors() []PersonID {
	var people []PersonID
	for id, person := range p.People {
		if person.Has(Supervisor) {
			people = append(people, id)
		}
	}
	slices.SortFunc(people, func(a, b PersonID) int {
		return cmp.Or(cmp.Compare(nameOf(p, a), nameOf(p, b)), cmp.Compare(a, b))
	})
	return people
}

// zone is the practice's own; UTC when none is configured.
func (p *Practice) zone() *time.Location {
	if p.Location == nil {
		return time.UTC
	}
	return p.Location
}

// stepTime is how long a step has before the next one is paged. A practice that
// sets none is never left without an escalation.
func (p *Practice) stepTime(u Urgency) time.Duration {
	return cmp.Or(max(p.StepTime[u], 0), map[Urgency]time.Duration{Routine: 2 * time.Hour, Today: 20 * time.Minute, Imminent: 3 * time.Minute}[u])
}

// decideTime is how long somebody who has seen it has before they are reminded.
func (p *Practice) decideTime(u Urgency) time.Duration {
	return cmp.Or(max(p.DecideTime[u], 0), map[Urgency]time.Duration{Routine: 4 * time.Hour, Today: 30 * time.Minute, Imminent: 5 * time.Minute}[u])
}
