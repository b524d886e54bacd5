package slackfake

import (
	"maps"
	"slices"
)

// An elementAt is one element on one surface in front of one person.
type elementAt struct {
	surface string // a view's id, or a message's channel and ts
	user    string
	block   string
	action  string
}

// An entry is what somebody put into an element.
type entry struct {
	text    string
	options []Option
}

// begin is what stands in an element before anybody touched it.
func begin(e *Element) entry {
	start := entry{text: e.InitialValue, options: e.InitialOptions}
	if e.InitialOption != nil {
		start.options = []Option{*e.InitialOption}
	}
	return start
}

func (m *Message) surface() string { return m.Channel + "/" + m.TS }

// entered is what stands in an element now. The lock is held.
func (s *Server) entered(at elementAt, e *Element) entry {
	if put, ok := s.typed[at]; ok {
		return put
	}
	return begin(e)
}

// putBack undoes a choice that the app did not acknowledge, unless something else
// stands there by now. Slack does not document it.
func (s *Server) putBack(at elementAt, put, before entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	same := func(a, b Option) bool { return a.Value == b.Value }
	if now, ok := s.typed[at]; ok && slices.EqualFunc(now.options, put.options, same) {
		s.typed[at] = before
	}
}

// forget drops what people put into elements that a message no longer has. What
// keeps block_id and action_id keeps its state. The lock is held.
func (s *Server) forget(m *Message) {
	s.keep(m.surface(), m.Blocks)
}

func (s *Server) keep(surface string, blocks []Block) {
	there := map[[2]string]bool{}
	for _, c := range controls(blocks) {
		there[[2]string{c.BlockID, c.Element.ActionID}] = true
	}
	maps.DeleteFunc(s.typed, func(at elementAt, _ entry) bool {
		return at.surface == surface && !there[[2]string{at.block, at.action}]
	})
}

// values is the state of a surface as payloads hold it. The lock is held.
func (s *Server) values(surface, user string, blocks []Block) map[string]any {
	values := map[string]map[string]any{}
	for i := range blocks {
		for _, e := range blocks[i].controls() {
			if !e.chosen() {
				continue
			}
			block := blocks[i].BlockID
			if values[block] == nil {
				values[block] = map[string]any{}
			}
			values[block][e.ActionID] = value(e, s.entered(elementAt{surface, user, block, e.ActionID}, e))
		}
	}
	return map[string]any{"values": values}
}

// value is one element's state as payloads hold it.
func value(e *Element, put entry) map[string]any {
	shape := map[string]any{"type": e.Type}
	switch {
	case e.Type == "plain_text_input":
		shape["value"] = nil
		if put.text != "" {
			shape["value"] = put.text
		}
	case e.multiple():
		shape["selected_options"] = slices.Concat([]Option{}, put.options)
	default:
		shape["selected_option"] = nil
		if len(put.options) > 0 {
			shape["selected_option"] = put.options[0]
		}
	}
	return shape
}
