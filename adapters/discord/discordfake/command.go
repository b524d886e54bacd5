package discordfake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// The types of a command's options that are checked.
const (
	optionSubcommand = 1
	optionLast       = 11
	maxCommands      = 100
	maxCommandText   = 8000
	maxDescribed     = 100
	maxChoices       = 25
)

// A Command is a slash command as it is registered.
type Command struct {
	ID           string          `json:"id"`
	Application  string          `json:"application_id"`
	Version      string          `json:"version"`
	Guild        string          `json:"guild_id,omitempty"`
	Name         string          `json:"name"`
	Description  string          `json:"description"`
	Type         int             `json:"type"`
	Permission   *string         `json:"default_member_permissions"`
	Contexts     []int           `json:"contexts,omitempty"`
	Integrations []int           `json:"integration_types,omitempty"`
	NSFW         bool            `json:"nsfw"`
	Options      []CommandOption `json:"options,omitempty"`
}

// A CommandOption is an option of a command.
type CommandOption struct {
	Type        int             `json:"type"`
	Name        string          `json:"name"`
	Description string          `json:"description"`
	Required    bool            `json:"required,omitempty"`
	Choices     []CommandChoice `json:"choices,omitempty"`
	Options     []CommandOption `json:"options,omitempty"`
}

// A CommandChoice is one value that an option may have.
type CommandChoice struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}]{1,32}$`)

func (s *Server) ownApplication(c *call) error {
	if c.arg("application_id") != AppID {
		return refuse(404, codeUnknownApplication, "Unknown Application")
	}
	if g := c.arg("guild_id"); g != "" {
		if _, ok := s.guilds[g]; !ok {
			return refuse(403, codeMissingAccess, "Missing Access")
		}
	}
	return nil
}

func (s *Server) listCommands(c *call) (int, any, error) {
	if err := s.ownApplication(c); err != nil {
		return 0, nil, err
	}
	return 200, slices.Concat([]Command{}, s.commands[c.arg("guild_id")]), nil
}

// overwriteCommands takes a list in place of all that were there. A command that
// keeps its name keeps its id.
func (s *Server) overwriteCommands(c *call) (int, any, error) {
	if err := s.ownApplication(c); err != nil {
		return 0, nil, err
	}
	var sent []Command
	if err := c.into(&sent); err != nil {
		return 0, nil, err
	}
	var f form
	if len(sent) > maxCommands {
		f.fault("_body", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
	}
	names := map[string]bool{}
	for i, command := range sent {
		f.command(fmt.Sprint(i), command)
		if names[command.Name] {
			f.fault(fmt.Sprintf("%d.name", i), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
		names[command.Name] = true
	}
	if err := f.err(); err != nil {
		return 0, nil, err
	}
	guild := c.arg("guild_id")
	for i := range sent {
		sent[i].ID, sent[i].Application, sent[i].Guild, sent[i].Version = s.snowflake(), AppID, guild, s.snowflake()
		sent[i].Type = max(1, sent[i].Type)
		for _, before := range s.commands[guild] {
			if before.Name == sent[i].Name {
				sent[i].ID = before.ID
			}
		}
	}
	s.commands[guild] = sent
	return 200, slices.Concat([]Command{}, sent), nil
}

func (f *form) command(at string, c Command) {
	if !commandName.MatchString(c.Name) || c.Name != strings.ToLower(c.Name) {
		f.fault(at+".name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	}
	f.within(at+".description", c.Description, 1, maxDescribed)
	total := length(c.Name) + length(c.Description)
	if len(c.Options) > maxOptions {
		f.fault(at+".options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	}
	optional := false
	for i, o := range c.Options {
		at := fmt.Sprintf("%s.options.%d", at, i)
		total += f.commandOption(at, o)
		if o.Required && optional {
			f.fault(at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		optional = optional || !o.Required && o.Type > optionSubcommand+1
	}
	if total > maxCommandText {
		f.fault(at, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
	}
}

// commandOption checks one option and returns how much it says.
func (f *form) commandOption(at string, o CommandOption) int {
	if o.Type < optionSubcommand || o.Type > optionLast {
		f.fault(at+".type", "BASE_TYPE_CHOICES", "Value must be one of (1, …, 11).")
	}
	if !commandName.MatchString(o.Name) || o.Name != strings.ToLower(o.Name) {
		f.fault(at+".name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	}
	f.within(at+".description", o.Description, 1, maxDescribed)
	if len(o.Choices) > maxChoices {
		f.fault(at+".choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	}
	total := length(o.Name) + length(o.Description)
	for i, choice := range o.Choices {
		f.within(fmt.Sprintf("%s.choices.%d.name", at, i), choice.Name, 1, maxDescribed)
		f.within(fmt.Sprintf("%s.choices.%d.value", at, i), fmt.Sprint(choice.Value), 1, maxDescribed)
		total += length(choice.Name) + length(fmt.Sprint(choice.Value))
	}
	return total
}

// Commands are those that are registered in a server.
func (s *Server) Commands(guild string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.commands[guild])
}

// OpenCommand lets everybody in the server use a command that is hidden until an
// administrator opens it.
func (s *Server) OpenCommand(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened[name] = true
}
