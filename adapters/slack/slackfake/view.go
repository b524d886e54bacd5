package slackfake

import (
	"encoding/json"
	"slices"
	"strings"
)

// A View is a modal or a home tab as Slack keeps it.
type View struct {
	ID              string
	Type            string
	User            string
	Title           string
	Submit          string
	Close           string
	Blocks          []Block
	PrivateMetadata string
	CallbackID      string
	ExternalID      string
	Hash            string
	Root            string
	Previous        string
	ClearOnClose    bool
	NotifyOnClose   bool
	Errors          map[string]string // what is wrong, by block id
}

// Readable is everything that can be read in a view.
func (v View) Readable() string {
	return strings.TrimSpace(v.Title + "\n" + readable(v.Blocks))
}

// Controls are what can be pressed, chosen and filled in.
func (v View) Controls() []Control { return controls(v.Blocks) }

// inputs reports whether a block of the view is an input block.
func (v *View) inputs(block string) bool {
	return slices.ContainsFunc(v.Blocks, func(b Block) bool { return b.BlockID == block && b.Type == "input" })
}

// sentView is a view as apps send it.
type sentView struct {
	Type            string          `json:"type"`
	Title           *Text           `json:"title"`
	Submit          *Text           `json:"submit"`
	Close           *Text           `json:"close"`
	Blocks          json.RawMessage `json:"blocks"`
	PrivateMetadata string          `json:"private_metadata"`
	CallbackID      string          `json:"callback_id"`
	ExternalID      string          `json:"external_id"`
	ClearOnClose    bool            `json:"clear_on_close"`
	NotifyOnClose   bool            `json:"notify_on_close"`
}

// readView checks a view that was sent. The lock is held.
func (s *Server) readView(raw json.RawMessage, kind surface) (*View, error) {
	var sent sentView
	if len(raw) > maxView {
		return nil, refuse("view_too_large")
	}
	if json.Unmarshal(raw, &sent) != nil {
		return nil, refuse("invalid_arguments", "[ERROR] must provide an object [json-pointer:/view]")
	}
	blocks, c := checkBlocks(sent.Blocks, kind, func() string { return s.name("b") })
	if want := map[surface]string{onModal: "modal", onHome: "home"}[kind]; sent.Type != want {
		c.fault("/type", "must be %s", want)
	}
	if len(blocks) == 0 {
		c.fault("/blocks", "must have 1 item or more")
	}
	if kind == onModal {
		c.plainText("/title", sent.Title, 1, maxViewTitle)
		for at, t := range map[string]*Text{"/submit": sent.Submit, "/close": sent.Close} {
			if t != nil {
				c.plainText(at, t, 1, maxViewTitle)
			}
		}
		if c.input && sent.Submit == nil {
			c.fault("/submit", "missing required field: submit, as there is an input block")
		}
	}
	if length(sent.PrivateMetadata) > maxMetadata {
		c.fault("/private_metadata", "must have at most %d characters", maxMetadata)
	}
	c.id("/callback_id", sent.CallbackID)
	c.id("/external_id", sent.ExternalID)
	if len(c.faults) > 0 {
		return nil, refuse("invalid_arguments", c.faults...)
	}
	return &View{
		Type: sent.Type, Title: plain(sent.Title), Submit: plain(sent.Submit), Close: plain(sent.Close),
		Blocks: blocks, PrivateMetadata: sent.PrivateMetadata, CallbackID: sent.CallbackID,
		ExternalID: sent.ExternalID, ClearOnClose: sent.ClearOnClose, NotifyOnClose: sent.NotifyOnClose,
	}, nil
}

// keepView gives a new view its ids. The lock is held.
func (s *Server) keepView(v *View, user string) error {
	for _, other := range s.views {
		if v.ExternalID != "" && other.ExternalID == v.ExternalID {
			return refuse("duplicate_external_id")
		}
	}
	v.ID, v.User, v.Hash = s.name("V"), user, s.name("h")
	v.Root = v.ID
	s.views[v.ID] = v
	return nil
}

// shapeView is a view as answers and payloads hold it. The lock is held.
func (s *Server) shapeView(v *View) map[string]any {
	return map[string]any{
		"id": v.ID, "team_id": TeamID, "app_id": AppID, "bot_id": botID, "type": v.Type,
		"title": object(v.Title), "submit": object(v.Submit), "close": object(v.Close),
		"blocks": v.Blocks, "private_metadata": v.PrivateMetadata, "callback_id": v.CallbackID,
		"external_id": v.ExternalID, "hash": v.Hash, "root_view_id": v.Root, "previous_view_id": v.Previous,
		"clear_on_close": v.ClearOnClose, "notify_on_close": v.NotifyOnClose, "app_installed_team_id": TeamID,
		"state": s.values(v.ID, v.User, v.Blocks),
	}
}

func object(text string) any {
	if text == "" {
		return nil
	}
	return map[string]any{"type": "plain_text", "text": text, "emoji": true}
}

func (s *Server) viewsOpen(r request) (reply, error) {
	v, err := s.readView(r.json("view"), onModal)
	if err != nil {
		return nil, err
	}
	t, err := s.pull(r.text("trigger_id"))
	if err != nil {
		return nil, err
	}
	if err := s.keepView(v, t.user); err != nil {
		return nil, err
	}
	s.closeAll(t.user)
	s.stacks[t.user] = []string{v.ID}
	return reply{"view": s.shapeView(v)}, nil
}

func (s *Server) viewsPush(r request) (reply, error) {
	v, err := s.readView(r.json("view"), onModal)
	if err != nil {
		return nil, err
	}
	t, err := s.pull(r.text("trigger_id"))
	if err != nil {
		return nil, err
	}
	if err := s.push(v, t.user); err != nil {
		return nil, err
	}
	return reply{"view": s.shapeView(v)}, nil
}

// push lays a view on top of somebody's modals. The lock is held.
func (s *Server) push(v *View, user string) error {
	stack := s.stacks[user]
	switch {
	case len(stack) == 0:
		return refuse("not_found")
	case len(stack) >= maxModals:
		return refuse("push_limit_reached")
	}
	if err := s.keepView(v, user); err != nil {
		return err
	}
	v.Root, v.Previous = stack[0], stack[len(stack)-1]
	s.stacks[user] = append(stack, v.ID)
	return nil
}

func (s *Server) viewsUpdate(r request) (reply, error) {
	old := s.views[r.text("view_id")]
	for _, v := range s.views {
		if external := r.text("external_id"); external != "" && v.ExternalID == external {
			old = v
		}
	}
	if old == nil {
		return nil, refuse("not_found")
	}
	if hash := r.text("hash"); hash != "" && hash != old.Hash {
		return nil, refuse("hash_conflict")
	}
	next, err := s.readView(r.json("view"), surface(old.Type))
	if err != nil {
		return nil, err
	}
	s.replaceView(old, next)
	return reply{"view": s.shapeView(old)}, nil
}

// replaceView shows next where old stands; what keeps its ids keeps what was
// typed. The lock is held.
func (s *Server) replaceView(old, next *View) {
	next.ID, next.User, next.Root, next.Previous = old.ID, old.User, old.Root, old.Previous
	next.Hash = s.name("h")
	*old = *next
	s.keep(old.ID, old.Blocks)
}

func (s *Server) viewsPublish(r request) (reply, error) {
	user := r.text("user_id")
	if _, ok := s.people[user]; !ok {
		return nil, refuse("invalid_arguments", "[ERROR] invalid user_id [json-pointer:/user_id]")
	}
	next, err := s.readView(r.json("view"), onHome)
	if err != nil {
		return nil, err
	}
	old := s.views[s.homes[user]]
	if hash := r.text("hash"); hash != "" && (old == nil || hash != old.Hash) {
		return nil, refuse("hash_conflict")
	}
	if old == nil {
		if err := s.keepView(next, user); err != nil {
			return nil, err
		}
		s.homes[user] = next.ID
		return reply{"view": s.shapeView(next)}, nil
	}
	s.replaceView(old, next)
	return reply{"view": s.shapeView(old)}, nil
}

// closeTop takes somebody's uppermost modal away. The lock is held.
func (s *Server) closeTop(user string) {
	stack := s.stacks[user]
	if len(stack) == 0 {
		return
	}
	top := stack[len(stack)-1]
	s.stacks[user] = stack[:len(stack)-1]
	delete(s.views, top)
	s.keep(top, nil)
}

func (s *Server) closeAll(user string) {
	for len(s.stacks[user]) > 0 {
		s.closeTop(user)
	}
}

// Modal is the modal in front of somebody, with what stands in it.
func (s *Server) Modal(user string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stack := s.stacks[user]
	if len(stack) == 0 {
		return View{}, false
	}
	return *s.views[stack[len(stack)-1]], true
}

// Home is the app's home tab as somebody sees it.
func (s *Server) Home(user string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.views[s.homes[user]]
	if !ok {
		return View{}, false
	}
	return *v, true
}

// Entered is what stands in a text field of a view.
func (s *Server) Entered(v View, block, action string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range v.Controls() {
		if c.BlockID == block && c.Element.ActionID == action {
			return s.entered(elementAt{v.ID, v.User, block, action}, &c.Element).text
		}
	}
	return ""
}
