package slack

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"curbside/bot"
	"curbside/dialog"
)

// errMalformed says that what came in is not what Slack sends. It repeats
// nothing of it.
var errMalformed = errors.New("malformed")

// An interaction is what Slack sends when somebody presses, chooses or submits:
// the fields this program reads and no others, so that a new kind of block in a
// message never keeps a press from being understood. Names and texts are not
// among them.
type interaction struct {
	Type string `json:"type"`
	Team *struct {
		ID string `json:"id"`
	} `json:"team"`
	Enterprise *struct {
		ID string `json:"id"`
	} `json:"enterprise"`
	User struct {
		ID     string `json:"id"`
		TeamID string `json:"team_id"`
	} `json:"user"`
	Channel struct {
		ID string `json:"id"`
	} `json:"channel"`
	Container struct {
		Type      string `json:"type"`
		MessageTs string `json:"message_ts"`
		ThreadTs  string `json:"thread_ts"`
		ChannelID string `json:"channel_id"`
		Ephemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
	TriggerID   string     `json:"trigger_id"`
	ResponseURL string     `json:"response_url"`
	Actions     []action   `json:"actions"`
	State       viewState  `json:"state"`
	View        *modalView `json:"view"`
}

type action struct {
	ActionID string  `json:"action_id"`
	BlockID  string  `json:"block_id"`
	Value    string  `json:"value"`
	Selected *option `json:"selected_option"`
}

type option struct {
	Value string `json:"value"`
}

type viewState struct {
	Values map[string]map[string]stateValue `json:"values"`
}

type stateValue struct {
	Value    *string  `json:"value"`
	One      *option  `json:"selected_option"`
	Selected []option `json:"selected_options"`
}

type modalView struct {
	ID       string    `json:"id"`
	Type     string    `json:"type"`
	Metadata string    `json:"private_metadata"`
	State    viewState `json:"state"`
}

// A command is the slash command. What was typed after it goes no further than
// [decodeCommand].
type command struct {
	TeamID       string `json:"team_id"`
	EnterpriseID string `json:"enterprise_id"`
	UserID       string `json:"user_id"`
	ChannelID    string `json:"channel_id"`
	Text         string `json:"text"`
	ResponseURL  string `json:"response_url"`
	TriggerID    string `json:"trigger_id"`
}

// A surface is where somebody pressed, typed or submitted, and how to answer there.
type surface struct {
	mark        string // see the marks in surface.go; "" is a command
	channel, ts string
	thread      string // the thread to answer in, "" is the channel
	ephemeral   bool
	view        string // the id of a modal, when that was pressed
	window      string // the id of a modal that was opened for the answer
	home        bool   // the App Home
	trigger     string
	responseURL string
}

// An asked is one thing that somebody did, ready for the bot.
type asked struct {
	in     bot.Inbound
	on     surface
	opens  bool  // the answer is a form
	blank  bool  // nothing stands in the list that was to be sent
	sticky bool  // pressing the same again does nothing in Slack
	more   *page // another page of the same, and nothing for the bot
}

var (
	slackID = regexp.MustCompile(`^[A-Z][A-Z0-9]{1,30}$`)
	stamp   = regexp.MustCompile(`^[0-9]{1,20}\.[0-9]{1,10}$`)
	picked  = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,100}$`)
)

// maxPicks bounds how many options can be picked at once.
const maxPicks = 200

// decodeInteraction reads a press, a choice or a submitted form. ok is false for
// what asks nothing: a box that was ticked, a link, a closed window.
func (s *Slack) decodeInteraction(payload []byte) (a asked, ok bool, err error) {
	var i interaction
	if json.Unmarshal(payload, &i) != nil {
		return asked{}, false, errMalformed
	}
	from, err := i.identity()
	if err != nil {
		return asked{}, false, err
	}
	a.in = bot.Inbound{ID: inputID(i.TriggerID, i.Container.MessageTs, string(payload)), From: from}
	switch i.Type {
	case "block_actions":
		return s.decodeAction(a, i)
	case "view_submission":
		return s.decodeSubmission(a, i)
	default:
		return asked{}, false, nil
	}
}

// inputID names what somebody did. A trigger is good for one deed; it also opens
// windows for a moment, so it is not kept as it is.
func inputID(trigger string, otherwise ...string) string {
	sum := sha256.Sum256([]byte(cmp.Or(trigger, strings.Join(otherwise, "\n"))))
	return "slack-" + hex.EncodeToString(sum[:12])
}

// identity is who Slack says acted. A person of another workspace is taken as
// one of that, whichever workspace the channel is shared into.
func (i interaction) identity() (bot.Identity, error) {
	team := i.User.TeamID
	if i.Team != nil && i.Team.ID != "" && (team == "" || strings.HasPrefix(team, "E")) {
		team = i.Team.ID
	}
	enterprise := ""
	if i.Enterprise != nil {
		enterprise = i.Enterprise.ID
	}
	return identity(enterprise, team, i.User.ID)
}

func identity(enterprise, team, user string) (bot.Identity, error) {
	if !slackID.MatchString(team) || !slackID.MatchString(user) || enterprise != "" && !slackID.MatchString(enterprise) {
		return bot.Identity{}, errMalformed
	}
	return bot.Identity{Platform: Name, Workspace: Workspace(enterprise, team), User: user}, nil
}

func (s *Slack) decodeAction(a asked, i interaction) (asked, bool, error) {
	if len(i.Actions) == 0 {
		return asked{}, false, errMalformed
	}
	act := i.Actions[0]
	kind, name, _ := strings.Cut(act.ActionID, "|")
	value := act.Value
	if kind == actChoose && act.Selected != nil {
		value = act.Selected.Value
	}
	if kind == actGive {
		value = i.state().standing(act.BlockID, name)
	}
	mark, _, _ := strings.Cut(act.BlockID, "|")
	if !isMark(mark) {
		mark = "" // of no message of this program
	}
	on, err := s.surfaceOf(i, mark)
	if err != nil {
		return asked{}, false, err
	}
	a.on, a.in.In = on, s.place(on, a.in.From)
	if kind == actGive && value == "" {
		a.blank = true
		return a, true, nil
	}
	switch kind {
	case actMore:
		a.more = &page{}
		if json.Unmarshal([]byte(value), a.more) != nil || a.more.Number < 1 || a.more.Number > 100 {
			return asked{}, false, errMalformed
		}
		return a, true, nil
	case actPress, actOpen, actChoose, actGive, actSend:
		press, err := dialog.ParsePress(value)
		if err != nil {
			return asked{}, false, errMalformed
		}
		a.in.Kind, a.in.Press = bot.Pressed, press
		a.opens, a.sticky = kind == actOpen, kind == actChoose
		if kind == actSend {
			a.in.Press, err = withPicks(press, name, i.state())
		}
		return a, err == nil, err
	default:
		return asked{}, false, nil
	}
}

// state is what stands in the fields and boxes around what was pressed.
func (i interaction) state() viewState {
	if i.View != nil {
		return i.View.State
	}
	return i.State
}

// standing is what stands in the list of a question, in the block of the button
// that sends it; "" is nothing.
func (v viewState) standing(block, question string) string {
	if one := v.Values[block][actChoose+"|"+question].One; one != nil {
		return one.Value
	}
	return ""
}

// withPicks adds what was picked of a question to the press that sends it.
func withPicks(press dialog.Press, question string, state viewState) (dialog.Press, error) {
	var values []string
	for _, block := range sortedKeys(state.Values) {
		for _, chosen := range state.Values[block][actPick+"|"+question].Selected {
			if !picked.MatchString(chosen.Value) {
				return dialog.Press{}, errMalformed
			}
			values = append(values, chosen.Value)
		}
	}
	if len(values) > maxPicks {
		return dialog.Press{}, errMalformed
	}
	if len(values) == 0 {
		return press, nil
	}
	return press.With(values...), nil
}

func (s *Slack) surfaceOf(i interaction, mark string) (surface, error) {
	on := surface{mark: mark, trigger: i.TriggerID, responseURL: i.ResponseURL}
	if i.View != nil {
		on.home = i.View.Type == "home"
		if !on.home {
			on.view = i.View.ID
		}
		if !slackID.MatchString(i.View.ID) {
			return surface{}, errMalformed
		}
		return on, nil
	}
	on.channel = cmp.Or(i.Container.ChannelID, i.Channel.ID)
	on.ts, on.ephemeral = i.Container.MessageTs, i.Container.Ephemeral
	if !slackID.MatchString(on.channel) || !stamp.MatchString(on.ts) {
		return surface{}, errMalformed
	}
	if i.Container.ThreadTs != on.ts && stamp.MatchString(i.Container.ThreadTs) {
		on.thread = i.Container.ThreadTs
	}
	return on, nil
}

// place says where something was done. A card that goes on in a direct message
// is still the consult's card.
func (s *Slack) place(on surface, from bot.Identity) bot.Place {
	switch {
	case on.mark == markMoved:
		return s.Home()
	case on.home, on.view != "", direct(on.channel):
		return bot.DirectTo(from)
	default:
		return bot.Place{Platform: Name, Workspace: s.workspace(), Channel: on.channel}
	}
}

// direct reports whether a channel is a direct message, by its id: of those the
// first letter has stayed true.
func direct(channel string) bool { return strings.HasPrefix(channel, "D") }

// decodeCommand reads the slash command. Of what was typed after it, only a word
// of the closed list is kept.
func (s *Slack) decodeCommand(c command) (asked, error) {
	from, err := identity(c.EnterpriseID, c.TeamID, c.UserID)
	if err != nil || !slackID.MatchString(c.ChannelID) {
		return asked{}, errMalformed
	}
	a := asked{on: surface{channel: c.ChannelID, trigger: c.TriggerID, responseURL: c.ResponseURL}}
	a.in = bot.Inbound{ID: inputID(c.TriggerID, c.ResponseURL), From: from, In: s.place(a.on, from), Kind: bot.Command}
	if words := strings.Fields(c.Text); len(words) > 0 {
		a.in.Word = bot.KnownWord(words[0])
	}
	return a, nil
}

func commandOf(form url.Values) command {
	return command{
		TeamID: form.Get("team_id"), EnterpriseID: form.Get("enterprise_id"), UserID: form.Get("user_id"),
		ChannelID: form.Get("channel_id"), Text: form.Get("text"),
		ResponseURL: form.Get("response_url"), TriggerID: form.Get("trigger_id"),
	}
}
