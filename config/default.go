package config

import "time"

const day = 24 * time.Hour

// Default returns the settings of a practice that has set nothing yet. It is
// not complete: a practice, its people and its Redis have no default.
func Default() Config {
	return Config{
		Escalation: Escalation{
			StepTime:   PerUrgency{Routine: 30 * time.Minute, Today: 10 * time.Minute, Imminent: 3 * time.Minute},
			DecideTime: PerUrgency{Routine: 4 * time.Hour, Today: time.Hour, Imminent: 10 * time.Minute},
			Signatures: Signatures{SignOff: 1, Departure: 1},
		},
		Holidays:  Holidays{Federal: true},
		Consult:   Consult{RemindAfter: day, CloseAfter: 3 * day},
		Retention: Retention{Open: 30 * day, Closed: 30 * day, Audit: 6 * 365 * day},
		FreeText:  FreeText{Web: WebText{Enabled: true}},
		Redis:     Redis{Partitions: 16},
		Slack:     Slack{Mode: SlackSocket, Connections: 2, APIURL: "https://slack.com/api/"},
		Discord:   Discord{Mode: DiscordGateway, APIURL: "https://discord.com"},
		Web:       Web{Enabled: true, Listen: "127.0.0.1:8080"},
		Alarm:     Alarm{PingEvery: time.Minute},
		Log:       Log{Level: "info", Format: "text"},
	}
}
