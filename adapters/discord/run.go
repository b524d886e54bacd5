package discord

import (
	"context"
	"time"
)

const (
	// checkEvery is how often the channel is looked at when nothing happens.
	checkEvery = 5 * time.Minute
	// lastWords is how long answers that are under way may take once Run ends.
	lastWords = 3 * time.Second
)

// Run registers the command, keeps an eye on the channel and, in [ModeGateway],
// keeps the connection. It returns when ctx ends, or with an error when Discord
// refuses the program for good.
func (d *Discord) Run(ctx context.Context, b Answers) error {
	defer d.finish()
	ctx, end := context.WithCancel(ctx)
	defer end()
	go d.attend(ctx)
	if d.options.Mode == ModeHTTP {
		<-ctx.Done()
		return nil
	}
	return d.keepLead(ctx, b)
}

// finish waits for answers that are under way.
func (d *Discord) finish() {
	d.ending.Do(func() { close(d.end) })
	done := make(chan struct{})
	go func() {
		d.late.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(lastWords):
		d.log.Warn("answers left behind")
	}
}

// attend does what is not about any one consult.
func (d *Discord) attend(ctx context.Context) {
	wait := time.Second
	for registered := false; ; {
		if !registered {
			err := d.register(ctx)
			if registered = err == nil; err != nil {
				d.log.Error("command not registered", "reason", labelOf(err), "next", "curbside doctor")
			}
		}
		d.look(ctx)
		next := checkEvery
		if !registered {
			next, wait = wait, min(2*wait, checkEvery)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(next):
		case <-d.rechecks:
		}
	}
}

// look says in the log when the channel is not private.
func (d *Discord) look(ctx context.Context) {
	d.census.forget()
	verdict, err := d.Check(ctx, d.home())
	switch {
	case ctx.Err() != nil:
	case err != nil:
		d.log.Warn("channel unchecked", "reason", labelOf(err))
	case !verdict.Private:
		d.log.Error("channel refused", "code", verdict.Code)
	}
}

// recheck has the channel looked at soon.
func (d *Discord) recheck() {
	select {
	case d.rechecks <- struct{}{}:
	default:
	}
}

// keepLead serves the gateway whenever this process holds the lease.
func (d *Discord) keepLead(ctx context.Context, b Answers) error {
	lease := d.options.Lease
	if lease == nil {
		return d.serveGateway(ctx, b)
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
		defer cancel()
		if err := lease.Release(ctx); err != nil {
			d.log.Warn("lease not released", "reason", "unavailable")
		}
	}()
	for {
		if held, err := d.hold(ctx, lease); err == nil && held {
			if err := d.serveWhileHeld(ctx, b, lease); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(leaseAsk):
		}
	}
}

// hold asks for the lease, and not for longer than it can wait.
func (d *Discord) hold(ctx context.Context, lease Lease) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, leaseWait)
	defer cancel()
	return lease.Hold(ctx)
}

// serveWhileHeld serves the gateway until the lease is lost.
func (d *Discord) serveWhileHeld(ctx context.Context, b Answers, lease Lease) error {
	d.log.Info("gateway is ours")
	ctx, end := context.WithCancel(ctx)
	defer end()
	served := make(chan error, 1)
	go func() { served <- d.serveGateway(ctx, b) }()
	until := time.Now().Add(leaseTime)
	tick := time.NewTicker(leaseRenew)
	defer tick.Stop()
	for {
		select {
		case err := <-served:
			return err
		case <-tick.C:
		}
		asked := time.Now()
		held, err := d.hold(ctx, lease)
		if held {
			until = asked.Add(leaseTime)
		}
		if err == nil && !held || time.Until(until) < leaseRenew {
			d.log.Warn("gateway let go", "reason", "lease")
			end()
			return <-served
		}
	}
}
