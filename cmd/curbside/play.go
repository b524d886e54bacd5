package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"text/tabwriter"
	"time"

	"curbside/adapters/web"
	"curbside/bot"
	"curbside/dialog"
)

// A theatre is the running program as a play needs it.
type theatre struct {
	handle   func(context.Context, bot.Inbound) bot.Reply
	practice func() *dialog.Practice
	clock    *web.Clock
	stage    *stage
	// settle returns when everything that was committed has been delivered and
	// every timer that is due has fired.
	settle func(context.Context) error
}

// A player plays one script.
type player struct {
	theatre
	script script
	out    *transcript
	inputs int
}

// listPlays prints the plays that are built in.
func listPlays(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, name := range scriptNames() {
		s, err := loadScript(name)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(t, "%s\t%s\n", name, s.Title); err != nil {
			return fmt.Errorf("list the plays: %w", err)
		}
	}
	return t.Flush()
}

// playOn plays a script on the same core that serves, with a stage in the place
// of the workbench. Time stands still but for what the script waits, so that a
// play is the same each time.
func playOn(ctx context.Context, s *settings, script script, w io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	client, stop, err := connect(ctx, s.config.Redis, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer stop()
	clock := web.NewClock(bot.ClockFunc(func() time.Time { return script.Start }))
	st := newStage()
	c, err := newCore(s, client, clock, slog.New(slog.DiscardHandler), st, st)
	if err != nil {
		return err
	}
	clock.OnMove(c.outbox.Wake)
	ended := make(chan error, 1)
	go func() { ended <- c.outbox.Run(ctx) }()
	err = theatre{
		handle:   c.bot.Handle,
		practice: func() *dialog.Practice { return c.office.Practice(web.Name) },
		clock:    clock, stage: st,
		settle: c.settle,
	}.play(ctx, script, w)
	cancel()
	return errors.Join(err, <-ended)
}

// play plays a script from its first step to its last and then prints the
// record. It returns an error as soon as the program does not do what the
// script expects.
func (t theatre) play(ctx context.Context, s script, w io.Writer) error {
	p := &player{theatre: t, script: s, out: &transcript{out: w, color: onTerminal(w), zone: zoneOf(t.practice()), shown: map[string]map[string]bool{}}}
	p.out.begin(s)
	for i, st := range s.Steps {
		if err := p.step(ctx, st); err != nil {
			return fmt.Errorf("step %d: %w", i+1, err)
		}
	}
	if record, ok := p.stage.record("md"); ok {
		p.out.record(record)
	}
	return p.out.err
}

func zoneOf(p *dialog.Practice) *time.Location {
	if p.Location == nil {
		return time.UTC
	}
	return p.Location
}

func (p *player) step(ctx context.Context, st step) error {
	switch {
	case st.Say != "":
		p.out.narrate(st.Say)
		return nil
	case st.Wait != 0:
		p.clock.Advance(st.Wait)
		p.out.act(p.clock.Now(), "Time passes:", words(st.Wait)+" later.")
	default:
		if err := p.act(ctx, st); err != nil {
			return err
		}
	}
	if err := p.settle(ctx); err != nil {
		return err
	}
	for _, e := range p.stage.happened() {
		p.out.event(e, p.name)
	}
	p.out.living("card", cardMargin, p.stage.living())
	return p.expect(st)
}

// words says how long a wait is: "20 min", "1 h 30 min".
func words(d time.Duration) string {
	hours, minutes := int(d.Hours()), int(d.Minutes())%60
	switch {
	case hours == 0:
		return fmt.Sprintf("%d min", minutes)
	case minutes == 0:
		return fmt.Sprintf("%d h", hours)
	default:
		return fmt.Sprintf("%d h %d min", hours, minutes)
	}
}

func (p *player) name(id dialog.PersonID) string {
	if person, ok := p.practice().People[id]; ok && person.Name != "" {
		return person.Name
	}
	return string(id)
}

// act is one thing that a person does, the way the workbench would hand it on.
func (p *player) act(ctx context.Context, st step) error {
	p.inputs++
	in := bot.Inbound{ID: fmt.Sprintf("play-%d", p.inputs), From: web.Account(st.As), In: web.Home(), Kind: bot.Pressed}
	where := onCard
	switch {
	case st.Command != "":
		in.Kind = bot.Command
		if st.Command != "new" {
			in.Word = st.Command
		}
		p.out.act(p.clock.Now(), p.name(st.As), strings.TrimSpace("types /consult "+in.Word))
	default:
		found, seen, ok := p.find(st)
		if !ok {
			return fmt.Errorf("%s sees no %q, only: %s", st.As, st.label(), strings.Join(p.choices(st.As), "; "))
		}
		if seen == onMessage {
			in.In = bot.DirectTo(in.From)
		}
		in.Press, where = found.press, seen
		p.out.act(p.clock.Now(), p.name(st.As), st.deed())
		if found.confirm != "" {
			p.out.notice(p.name(st.As), found.confirm+" <Yes>")
		}
	}
	reply := p.handle(ctx, in)
	p.stage.answer(st.As, where, reply)
	if reply.Notice != "" {
		p.out.notice(p.name(st.As), reply.Notice)
	}
	if reply.Private != nil {
		p.out.alone(p.name(st.As), *reply.Private)
	}
	return nil
}

// find looks for what a step presses, where the step says or else everywhere
// that the person sees.
func (p *player) find(st step) (pressable, surface, bool) {
	for _, seen := range p.stage.sees(st.As) {
		if st.In != "" && st.In != seen.surface {
			continue
		}
		found, ok := findPress(seen.view, st.Press, st.On)
		if len(st.Choose) > 0 {
			found, ok = findChoice(seen.view, st.Choose)
		}
		if ok {
			return found, seen.surface, true
		}
	}
	return pressable{}, "", false
}

// choices are what a person could press or choose now.
func (p *player) choices(who dialog.PersonID) []string {
	var all []string
	for _, seen := range p.stage.sees(who) {
		all = append(all, labels(seen.view)...)
	}
	return all
}

// label is what a step looks for.
func (s step) label() string {
	if len(s.Choose) > 0 {
		return strings.Join(s.Choose, " + ")
	}
	return s.Press
}

// deed says what a person does in a step.
func (s step) deed() string {
	switch {
	case len(s.Choose) > 0:
		return "chooses: " + s.label()
	case s.On != "":
		return "presses <" + s.Press + "> on: " + s.On
	default:
		return "presses <" + s.Press + ">"
	}
}

// expect checks that the step showed what the script says, in what was printed
// or on what the person sees now.
func (p *player) expect(st step) error {
	shown := squeeze(p.out.told.String())
	for _, seen := range p.stage.sees(st.As) {
		for _, b := range textBlocks(seen.view, transcriptWidth, p.out.zone) {
			shown += " " + squeeze(strings.Join(b.lines(), " "))
		}
	}
	for _, want := range st.Expect {
		if !strings.Contains(shown, squeeze(want)) {
			return fmt.Errorf("nobody sees %q", want)
		}
	}
	return p.out.err
}

// squeeze makes texts comparable whatever lines they were broken into.
func squeeze(s string) string {
	margins := strings.NewReplacer("\n"+cardMargin, " ", "\n"+noteMargin, " ", "\n"+directMargin, " ", "\n"+aloneMargin, " ")
	return strings.Join(strings.Fields(margins.Replace(s)), " ")
}
