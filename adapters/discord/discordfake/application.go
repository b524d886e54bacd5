package discordfake

// The flags of an application that was granted privileged intents, in a few servers.
const (
	flagPresenceLimited = 1 << 13
	flagMembersLimited  = 1 << 15
	flagContentLimited  = 1 << 19
)

// application is the bot's own.
func (s *Server) application(*call) (int, any, error) {
	flags := 0
	for intent, flag := range map[int]int{intentPresences: flagPresenceLimited, intentMembers: flagMembersLimited, intentContent: flagContentLimited} {
		if s.options.Privileged&intent != 0 {
			flags |= flag
		}
	}
	var endpoint any
	if len(s.endpoints) > 0 {
		endpoint = s.endpoints[0]
	}
	return 200, map[string]any{
		"id": AppID, "name": "Curbside", "verify_key": s.PublicKey(), "interactions_endpoint_url": endpoint, "bot_public": false,
		"flags": flags, "integration_types_config": map[string]any{"0": map[string]any{}},
	}, nil
}

// commandPermissions are those that an administrator set for the application's
// commands in a server.
func (s *Server) commandPermissions(c *call) (int, any, error) {
	if err := s.ownApplication(c); err != nil {
		return 0, nil, err
	}
	all := []any{}
	for _, command := range s.commands[c.arg("guild_id")] {
		if s.opened[command.Name] {
			all = append(all, map[string]any{
				"id": command.ID, "application_id": AppID, "guild_id": c.arg("guild_id"),
				"permissions": []any{map[string]any{"id": c.arg("guild_id"), "type": 1, "permission": true}},
			})
		}
	}
	return 200, all, nil
}
