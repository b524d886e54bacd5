package discordfake

import (
	"encoding/json"
	"net/http"
	"time"
)

// The types of interactions and of first answers.
const (
	interactionPing    = 1
	interactionCommand = 2
	interactionPress   = 3
	interactionSubmit  = 5

	answerPong          = 1
	answerMessage       = 4
	answerLaterMessage  = 5
	answerLaterUpdate   = 6
	answerUpdate        = 7
	answerModal         = 9
	tokenLife           = 15 * time.Minute
	noticeFailed        = "This interaction failed"
	noticeNotResponding = "The application did not respond"
)

// An interaction waits for its first answer, and then for what follows it.
type interaction struct {
	id, token string
	kind      int
	user      string
	channel   *Channel
	guild     string
	at        time.Time
	pressed   *Message // the message on which it was done
	modal     *Modal   // a form that was sent
	taken     int      // the type of the first answer; 0 before it
	over      bool     // nobody waits for a first answer any more
	answered  chan struct{}
	failed    chan struct{} // closed when no answer can come any more
	reply     *Message      // @original
	unfilled  bool          // @original is still to come
	more      []*Message    // what followed
}

// callback takes a first answer.
func (s *Server) callback(c *call) (int, any, error) {
	in, ok := s.interactions[c.arg("interaction_token")]
	if !ok || in.id != c.arg("interaction_id") {
		return 0, nil, unknownInteraction()
	}
	if err := s.acknowledge(in, c.body, c.files); err != nil {
		return 0, nil, err
	}
	if c.r.URL.Query().Get("with_response") != "true" {
		return 204, nil, nil
	}
	shape := map[string]any{"id": in.id, "type": in.kind}
	if in.reply != nil {
		shape["response_message_id"] = in.reply.ID
	}
	return 200, map[string]any{"interaction": shape}, nil
}

func unknownInteraction() error {
	return refuse(404, codeUnknownInteraction, "Unknown interaction")
}

// acknowledge takes the first answer to an interaction: once, and in time. The
// lock is held.
func (s *Server) acknowledge(in *interaction, body []byte, files map[string]File) error {
	if in.taken != 0 {
		return refuse(400, codeAcknowledged, "Interaction has already been acknowledged.")
	}
	if in.over || s.now().Sub(in.at) > s.options.Patience {
		return unknownInteraction()
	}
	var answer struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	var f form
	if json.Unmarshal(body, &answer) != nil {
		f.fault("_body", "INVALID_TYPE", "A value has the wrong type.")
		return f.err()
	}
	var err error
	switch answer.Type {
	case answerMessage, answerLaterMessage:
		err = s.answerNew(in, answer.Type, answer.Data, files)
	case answerLaterUpdate, answerUpdate:
		err = s.answerInPlace(in, answer.Type, answer.Data, files)
	case answerModal:
		err = s.answerModal(in, answer.Data)
	default:
		f.fault("type", "BASE_TYPE_CHOICES", "Value must be one of (4, 5, 6, 7, 9).")
		err = f.err()
	}
	if err != nil {
		return err
	}
	in.taken = answer.Type
	if in.modal != nil && s.modals[in.user] == in.modal {
		delete(s.modals, in.user)
	}
	close(in.answered)
	return nil
}

// answerNew posts a message, or says that one will come.
func (s *Server) answerNew(in *interaction, kind int, data json.RawMessage, files map[string]File) error {
	sent := sentMessage{}
	if len(data) > 0 {
		var err error
		if sent, err = parseMessage(data, "data."); err != nil {
			return err
		}
	}
	if kind == answerLaterMessage {
		m := &Message{
			ID: s.snowflake(), Channel: in.channel.ID, Author: BotUser, Posted: s.now(), Loading: true,
			Flags: sent.Flags&flagEphemeral | flagLoading,
		}
		if sent.Flags&flagEphemeral != 0 {
			m.For = in.user
		}
		s.messages = append(s.messages, m)
		in.reply, in.unfilled = m, true
		return nil
	}
	m, err := s.respond(in, sent, files)
	in.reply = m
	return err
}

// respond posts a message that answers an interaction: for the one who acted
// alone, or for everybody who is there. The lock is held.
func (s *Server) respond(in *interaction, sent sentMessage, files map[string]File) (*Message, error) {
	flags := sent.Flags & (flagEphemeral | flagSilent | flagSuppressEmbeds)
	if flags&flagEphemeral == 0 {
		m, err := s.put(in.channel, BotUser, sent, files, flags)
		if err == nil {
			s.summon(in.channel, m)
		}
		return m, err
	}
	m := &Message{ID: s.snowflake(), Channel: in.channel.ID, Author: BotUser, Posted: s.now(), Flags: flags, For: in.user}
	if err := m.take(sent, files, s); err != nil {
		return nil, err
	}
	if m.Content != "" && (sent.AllowedMentions == nil || sent.AllowedMentions.vague) {
		s.faulty("left it open whom a private reply may call")
	}
	s.messages = append(s.messages, m)
	return m, nil
}

// answerInPlace changes the message that was pressed, or says that it will change.
func (s *Server) answerInPlace(in *interaction, kind int, data json.RawMessage, files map[string]File) error {
	var f form
	if in.pressed == nil {
		f.fault("type", "INTERACTION_TYPE_INVALID", "There is no message to update.")
		return f.err()
	}
	if kind == answerUpdate {
		sent, err := parseMessage(data, "data.")
		if err != nil {
			return err
		}
		if s.find(in.pressed.ID) == nil {
			return unknownMessage()
		}
		if err := s.change(in.channel, in.pressed, sent, files); err != nil {
			return err
		}
	}
	in.reply = in.pressed
	return nil
}

func (s *Server) answerModal(in *interaction, data json.RawMessage) error {
	var f form
	var m Modal
	switch {
	case in.kind == interactionSubmit:
		f.fault("type", "INTERACTION_TYPE_INVALID", "A form is not answered with a form.")
	case json.Unmarshal(data, &m) != nil:
		f.fault("data", "INVALID_TYPE", "A value has the wrong type.")
	default:
		f.modal(m)
	}
	if err := f.err(); err != nil {
		return err
	}
	m.from = in
	m.Components = numbered(m.Components)
	s.modals[in.user] = &m
	return nil
}

// byWebhook finds the interaction whose token a request uses.
func (s *Server) byWebhook(c *call) (*interaction, error) {
	in, ok := s.interactions[c.arg("webhook_token")]
	switch {
	case c.arg("webhook_id") != AppID || !ok || in.taken == 0:
		return nil, refuse(http.StatusNotFound, codeUnknownWebhook, "Unknown Webhook")
	case s.now().Sub(in.at) > tokenLife:
		return nil, refuse(http.StatusUnauthorized, codeTokenExpired, "Invalid Webhook Token")
	default:
		return in, nil
	}
}

// followUp posts a further message. The first one after the app said that a
// message will come is that message, seen by those by whom that one was to be.
func (s *Server) followUp(c *call) (int, any, error) {
	in, err := s.byWebhook(c)
	if err != nil {
		return 0, nil, err
	}
	sent, err := parseMessage(c.body, "")
	if err != nil {
		return 0, nil, err
	}
	if in.unfilled {
		if err := s.fill(in, sent, c.files); err != nil {
			return 0, nil, err
		}
		return 200, s.shapeMessage(in.reply), nil
	}
	m, err := s.respond(in, sent, c.files)
	if err != nil {
		return 0, nil, err
	}
	in.more = append(in.more, m)
	return 200, s.shapeMessage(m), nil
}

// fill puts what was to come in its place. The lock is held.
func (s *Server) fill(in *interaction, sent sentMessage, files map[string]File) error {
	if err := s.change(in.channel, in.reply, sent, files); err != nil {
		return err
	}
	in.unfilled = false
	in.reply.Edits = 0
	s.summon(in.channel, in.reply)
	return nil
}

// replyOf finds the message that a request is about.
func (s *Server) replyOf(c *call) (*interaction, *Message, error) {
	in, err := s.byWebhook(c)
	if err != nil {
		return nil, nil, err
	}
	id := c.arg("message_id")
	for _, m := range append([]*Message{in.reply}, in.more...) {
		if m != nil && (id == "" && m == in.reply || m.ID == id) && s.find(m.ID) != nil {
			return in, m, nil
		}
	}
	return nil, nil, unknownMessage()
}

func (s *Server) getReply(c *call) (int, any, error) {
	_, m, err := s.replyOf(c)
	if err != nil {
		return 0, nil, err
	}
	return 200, s.shapeMessage(m), nil
}

func (s *Server) editReply(c *call) (int, any, error) {
	in, m, err := s.replyOf(c)
	if err != nil {
		return 0, nil, err
	}
	sent, err := parseMessage(c.body, "")
	if err != nil {
		return 0, nil, err
	}
	if in.unfilled && m == in.reply {
		err = s.fill(in, sent, c.files)
	} else {
		err = s.change(in.channel, m, sent, c.files)
	}
	if err != nil {
		return 0, nil, err
	}
	return 200, s.shapeMessage(m), nil
}

func (s *Server) deleteReply(c *call) (int, any, error) {
	_, m, err := s.replyOf(c)
	if err != nil {
		return 0, nil, err
	}
	s.drop(m.ID)
	return 204, nil, nil
}
