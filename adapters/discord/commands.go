package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"curbside/bot"
)

// A slashCommand is a command as it is registered.
type slashCommand struct {
	Name         string          `json:"name"`
	Description  string          `json:"description"`
	Type         int             `json:"type"`
	Permission   string          `json:"default_member_permissions"`
	Contexts     []int           `json:"contexts"`
	Integrations []int           `json:"integration_types"`
	Options      []commandOption `json:"options"`
}

type commandOption struct {
	Type        int             `json:"type"`
	Name        string          `json:"name"`
	Description string          `json:"description"`
	Required    bool            `json:"required,omitempty"`
	Choices     []commandChoice `json:"choices"`
}

type commandChoice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// commands are what is registered in the practice's server: one command, which
// nobody sees until the server's administrator opens it to the practice's role,
// and which works in servers alone. Who may do what is decided by the bot, on
// every use.
func commands() []slashCommand {
	return []slashCommand{{
		Name: command, Type: 1, Permission: "0", Contexts: []int{0}, Integrations: []int{0},
		Description: "Start a consult. Name nobody.",
		Options: []commandOption{{
			Type: 3, Name: "show", Description: "Show something instead of starting a consult",
			Choices: []commandChoice{
				{Name: "what waits for me", Value: bot.WordList},
				{Name: "who is on duty", Value: bot.WordDuty},
				{Name: "help", Value: bot.WordHelp},
			},
		}},
	}}
}

// register registers the commands where they are not registered as they are.
func (d *Discord) register(ctx context.Context) error {
	at := "applications/" + d.options.Application + "/guilds/" + d.options.Guild + "/commands"
	var have []slashCommand
	if err := d.api.do(ctx, request{method: http.MethodGet, path: at, out: &have}); err != nil {
		return fmt.Errorf("read commands: %w", err)
	}
	same, err := equal(have, commands())
	if err != nil || same {
		return err
	}
	if err := d.api.do(ctx, request{method: http.MethodPut, path: at, body: commands()}); err != nil {
		return fmt.Errorf("register commands: %w", err)
	}
	d.log.Info("command registered")
	return nil
}

// equal reports whether commands are registered as they should be.
func equal(have, want []slashCommand) (bool, error) {
	a, err := json.Marshal(have)
	if err != nil {
		return false, fmt.Errorf("compare commands: %w", err)
	}
	b, err := json.Marshal(want)
	if err != nil {
		return false, fmt.Errorf("compare commands: %w", err)
	}
	return bytes.Equal(a, b), nil
}
