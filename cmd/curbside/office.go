package main

import (
	"sync/atomic"
	"time"

	"curbside/bot"
	"curbside/config"
	"curbside/dialog"
)

// An office is the practice as its configuration says at this moment. It is
// safe for concurrent use; a reload swaps all of it at once.
type office struct {
	now    atomic.Pointer[staff]
	pagers map[string]pagerMaker
}

// A pagerMaker makes a person's pager of one kind.
type pagerMaker func(config.Pager) bot.Pager

// A staff is one configuration, looked up by what the bot asks for. Nothing
// changes it.
type staff struct {
	config    *config.Config
	practices map[bot.PlatformName]*dialog.Practice
	accounts  map[bot.Identity]dialog.PersonID
	people    map[dialog.PersonID]config.Person
	pagers    map[dialog.PersonID]bot.Pager
}

var _ bot.Office = (*office)(nil)

// newOffice opens an office. pagers has a maker for every kind of pager that
// the configuration may name.
func newOffice(cfg *config.Config, pagers map[string]pagerMaker) *office {
	o := &office{pagers: pagers}
	o.reload(cfg)
	return o
}

// reload puts another configuration in force.
func (o *office) reload(cfg *config.Config) {
	s := &staff{
		config:    cfg,
		practices: map[bot.PlatformName]*dialog.Practice{},
		accounts:  map[bot.Identity]dialog.PersonID{},
		people:    map[dialog.PersonID]config.Person{},
		pagers:    map[dialog.PersonID]bot.Pager{},
	}
	for _, platform := range platformNames {
		s.practices[platform] = practiceOn(platform, cfg)
	}
	for _, p := range cfg.People {
		id := dialog.PersonID(p.ID)
		s.people[id] = p
		for _, platform := range platformNames {
			if account, ok := accountOn(platform, p, cfg); ok {
				s.accounts[account] = id
			}
		}
		if make, ok := o.pagers[p.Pager.Kind]; ok {
			s.pagers[id] = make(p.Pager)
		}
	}
	o.now.Store(s)
}

// Practice implements [bot.Office].
func (o *office) Practice(platform bot.PlatformName) *dialog.Practice {
	return o.now.Load().practices[platform]
}

// Person implements [bot.Office].
func (o *office) Person(id bot.Identity) (dialog.Person, bool) {
	s := o.now.Load()
	person, ok := s.accounts[id]
	if !ok {
		return dialog.Person{}, false
	}
	return s.practices[id.Platform].People[person], true
}

// Account implements [bot.Office].
func (o *office) Account(id dialog.PersonID, on bot.PlatformName) (bot.Identity, bool) {
	s := o.now.Load()
	p, ok := s.people[id]
	if !ok {
		return bot.Identity{}, false
	}
	return accountOn(on, p, s.config)
}

// Channel implements [bot.Office].
func (o *office) Channel(platform bot.PlatformName) (bot.Place, bool) {
	return channelOn(platform, o.now.Load().config)
}

// Pager implements [bot.Office].
func (o *office) Pager(id dialog.PersonID) (bot.Pager, bool) {
	p, ok := o.now.Load().pagers[id]
	return p, ok
}

// Keep implements [bot.Office].
func (o *office) Keep(closed bool) time.Duration {
	r := o.now.Load().config.Retention
	if closed {
		return r.Closed
	}
	return r.Open
}
