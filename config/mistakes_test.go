package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mistakes holds, for every fixture, all that its owner reads.
var mistakes = map[string][]string{
	"account-by-name": {
		`fault: line 11: people[0].slack.user: "@dana" is no Slack member id; it begins with U or W and stands in the member's profile under the three dots`,
		`fault: line 11: people[0].slack.team: "harbor" is no Slack workspace id; it begins with T, and slack.team can give it for everybody`,
		`fault: line 12: people[0].discord.user: "dana#1234" is no Discord user id; it is a long number, to be had with Copy User ID in developer mode`,
	},
	"account-shared": {
		`fault: line 15: people[1].slack.user: is the account of dana as well; a sign-off must show who signed, so everybody needs an account of their own`,
	},
	"chain-flat": {
		`fault: line 17: escalation.chain[0]: must be a list of steps, each a list of people's ids, such as [[sam], [kim, lee]]`,
	},
	"chain-missing": {
		`fault: line 16: escalation.chain: is missing, so nobody would be paged; list supervisors step by step, such as [[sam], [kim, lee]]`,
	},
	"chain-person-twice-in-a-step": {
		`fault: line 17: escalation.chain[0][1]: sam stands twice in one step; take one out`,
	},
	"chain-step-empty": {
		`warning: line 17: escalation.chain[0]: is empty and will be skipped; take it out or name somebody`,
	},
	"chain-with-a-clinician": {
		`fault: line 17: escalation.chain[1][0]: dana is no supervisor; give them that role or take them out of the chain`,
	},
	"chain-with-a-stranger": {
		`fault: line 17: escalation.chain[0][0]: "samm" is nobody's id; did you mean sam?`,
		`fault: line 17: escalation.chain[1][0]: "zoe" is nobody's id; the people are dana, sam`,
	},
	"clinician-missing": {
		`fault: line 6: people: nobody has the role clinician, so nobody could open a consult`,
	},
	"clinician-without-licence": {
		`fault: line 7: people[0].profession: is missing; the law differs by licence, so write one such as psychologist`,
		`fault: line 7: people[0].licences: is missing; list where this clinician is licensed, such as [US-CA]`,
	},
	"complete":      nil,
	"rota-complete": nil,
	"rota-mistakes": {
		`fault: line 21: escalation.chain[0][0]: "frist-call" is nobody's id; did you mean first-call?`,
		`fault: line 21: escalation.chain[1][1]: all stands first in its step, such as [all, kim, lee]`,
		`fault: line 23: rotas[0].id: "sam" is somebody's id; a chain could not tell them apart`,
		`fault: line 24: rotas[0].time_zone: "Texas" is no time zone; write one such as America/Chicago`,
		`fault: line 25: rotas[0].starts: "next week" is no day; write one such as 2026-11-23`,
		`fault: line 27: rotas[0].turns[0].from: from "monday 08:00" until "mon 08:00": one of them is no time; write 08:00, or mon 08:00`,
		`fault: line 28: rotas[0].turns[1].from: from "mon 08:00" until "18:00": from and until must both name their day, or neither`,
		`fault: line 29: rotas[0].turns[2].days[1]: "someday" is not known; write one of mon, tue, wed, thu, fri, sat, sun, holidays`,
		`fault: line 29: rotas[0].turns[2].from: from "08:00" until "25:00": one of them is no time; write 08:00, or mon 08:00`,
		`fault: line 29: rotas[0].turns[2].people[0]: dana is no supervisor; give them that role or take them out of the rota`,
		`fault: line 29: rotas[0].turns[2].people[1]: "lou" is nobody's id; the people are dana, sam, kim`,
		`fault: line 30: rotas[0].turns[3].from: from "mon 08:00" until "tue 08:00": days has no use where from and until name theirs`,
		`fault: line 30: rotas[0].turns[3].people: is missing; list who takes turns, the first of the first week first`,
		`fault: line 31: rotas[1].turns: is missing; write when and who, such as {from: mon 08:00, until: mon 08:00, people: [sam, kim]}`,
	},
	"teams-absences-and-holidays-mistaken": {
		`fault: line 12: people[0].team: there is no team "adults"; add it to teams, or take the line out`,
		`fault: line 24: teams[0].id: "Youth" is no id; write small letters, digits and dashes, such as youth`,
		`fault: line 24: teams[0].chain: is missing, so nobody would be paged; list supervisors step by step, such as [[sam], [kim, lee]]`,
		`fault: line 26: absences[0].person: "lou" is nobody's id`,
		`fault: line 26: absences[0].until: is missing; write the last day away, such as 2026-11-23`,
		`fault: line 27: absences[1].instead: sam cannot stand in for themselves`,
		`fault: line 27: absences[1].until: 2026-12-01 is before the first day away, 2026-12-21`,
		`fault: line 30: holidays.days[0].on: "5th monday of may" is no day; write 2026-12-24, march 31, 3rd monday of january, last monday of may, easter - 2, or one of these with + 1 after it`,
		`fault: line 31: holidays.days[1].observed: "friday" is not known; write one of nearest, monday`,
		`fault: line 31: holidays.days[1].source: is missing; a holiday moves the deadlines of US-TX, so write where its law says so, such as Cal. Gov. Code § 6700`,
		`fault: line 32: holidays.days[2].on: "february 30" is no day; write 2026-12-24, march 31, 3rd monday of january, last monday of may, easter - 2, or one of these with + 1 after it`,
		`fault: line 32: holidays.days[2].law: "Texas" is no state; write one such as US-CA, or take the line out for a day on which the practice alone is closed`,
	},
	"signatures-that-nobody-could-give": {
		`fault: line 7: people[0]: two signatures are asked for, and besides dana fewer than two supervisors are in the chain`,
		`fault: line 18: escalation.signatures.departure: 3 is out of bounds; write 1 or 2`,
		`fault: line 19: escalation.quiet_hours.from: "9 pm" is no time; write one such as 21:00`,
		`fault: line 19: escalation.quiet_hours.until: "" is no time; write one such as 07:00`,
	},
	"discord-over-http-half-set-up": {
		`fault: line 21: discord.listen: is missing; write where your proxy hands on what Discord sends, such as 127.0.0.1:8081`,
		`fault: line 24: discord.api_url: is no address that can be used; write one that begins with https://, or take the line out`,
		`fault: line 25: discord.gateway_url: is no address that can be used; write one that begins with wss://, or take the line out`,
		`fault: line 29: discord.public_key: is no public key; write the 64 digits that stand under General Information in the developer portal`,
		`fault: line 30: discord.roles[0]: "moderators" is no Discord role id; it is a long number, to be had with Copy Role ID in developer mode`,
	},
	"discord-half-set-up": {
		`fault: line 21: discord.application: "" is no Discord application id; it is a long number, and stands under General Information in the developer portal`,
		`fault: line 21: discord.guild: "harbor" is no Discord server id; it is a long number, to be had with Copy Server ID in developer mode`,
		`fault: line 21: discord.channel: "consults" is no Discord channel id; it is a long number, to be had with Copy Channel ID in developer mode`,
		`fault: line 21: discord.bot_token_file: holds more than one word; it must hold the token and nothing else`,
	},
	"duration-without-unit": {
		`fault: line 21: consult.remind_after: must be a length of time with its unit, such as 90s, 10m, 4h or 30d`,
	},
	"emergency-contact-empty": {
		`fault: line 5: practice.emergency_contact: is missing; write whom a clinician calls when no supervisor has answered, such as "Director on call, 555-0100"`,
	},
	"empty": {
		`fault: practice.name: is missing; write the practice's name, as it stands in the record`,
		`fault: practice.emergency_contact: is missing; write whom a clinician calls when no supervisor has answered, such as "Director on call, 555-0100"`,
		`fault: practice.time_zone: is missing; write the practice's time zone, such as America/Chicago`,
		`fault: practice.jurisdictions: is missing; list the states where clients are, such as [US-CA, US-TX]`,
		`fault: people: is missing; list at least one clinician and one supervisor`,
		`fault: redis: says no address; write url: redis://localhost:6379/0, or addrs for a cluster or sentinels`,
	},
	"encryption-missing": {
		`fault: line 18: redis.encryption.keyset_file: is missing; make a keyset with curbside keyset new FILE and name the file here`,
	},
	"encryption-off-by-the-way": {
		`fault: line 20: redis.encryption.off: to keep state unencrypted, write i-accept-unencrypted-state, word for word`,
	},
	"encryption-off": {
		`warning: line 20: redis.encryption.off: whoever can read Redis or its files can read the consults`,
	},
	"encryption-on-and-off": {
		`fault: line 20: redis.encryption: names a keyset and is off; keep one of the two`,
	},
	"free-text-baa-unclear": {
		`fault: line 22: free_text.discord.baa: "maybe" is not known; write signed or none`,
	},
	"free-text-on-discord": {
		`warning: line 22: free_text.discord.baa: there is no BAA, and text that is refused for an identifier has reached Discord all the same; consider enabled: false`,
	},
	"free-text-on-slack-with-an-impossible-baa": {
		`fault: line 22: free_text.slack.baa: Slack signs a BAA for the plan enterprise_grid alone, and the plan here is pro; put one of the two right`,
	},
	"free-text-on-slack-without-a-statement": {
		`fault: line 22: free_text.slack.plan: is missing; text that is refused has reached Slack all the same, so say which plan you have, such as enterprise_grid`,
		`fault: line 22: free_text.slack.baa: is missing; text that is refused has reached Slack all the same, so say whether a BAA is signed or none`,
	},
	"jurisdiction-without-country": {
		`fault: line 4: practice.jurisdictions[0]: "TX" is no jurisdiction; write US- and the state's two capital letters, such as US-CA`,
		`fault: line 4: practice.jurisdictions[1]: federal law always applies and is not listed; list states, such as US-CA`,
		`fault: line 4: practice.jurisdictions[3]: US-CA stands here twice; take one out`,
	},
	"key-misspelt": {
		`fault: line 1: practice.time_zone: is missing; write the practice's time zone, such as America/Chicago`,
		`fault: line 3: practice.timezone: is no setting; did you mean time_zone?`,
	},
	"key-twice": {
		`fault: is no YAML that can be used: unmarshal errors: line 4: mapping key "name" already defined at line 2`,
	},
	"key-with-capitals": {
		`fault: line 16: Escalation: is no setting; did you mean escalation?`,
	},
	"list-at-the-top": {
		`fault: must begin with a key such as practice:`,
	},
	"list-where-a-section-belongs": {
		`fault: line 18: redis: must be a section with the keys addrs, durability, embedded, encryption, master_name, partitions, password_file, tls, url, username`,
	},
	"log-level-unknown": {
		`fault: line 21: log.level: "verbose" is not known; write one of debug, info, warn, error`,
		`fault: line 21: log.format: "jsn" is not known; did you mean json?`,
	},
	"redis-durability-unknown": {
		`fault: line 21: redis.durability: "always" is not known; write disk, or take the line out`,
	},
	"pagerduty-without-secret": {
		`fault: line 21: pagerduty.secret_file: is missing; name the file that holds the webhook's secret, or set the environment variable CURBSIDE_PAGERDUTY_SECRET`,
	},
	"alarm-ping-too-often": {
		`fault: line 21: alarm.ping_every: 1s is out of bounds; write between 10s and 1h`,
	},
	"metrics-on-the-workbench-port": {
		`fault: line 21: metrics.listen: is the workbench's address; write another port`,
	},
	"counsel-key-cut-short": {
		`fault: line 21: counsel_keys[0]: is no public key; write the one that curbside rules attest keygen printed`,
		`fault: line 21: counsel_keys: has no use without packs_dir, the folder that holds counsel's statements`,
	},
	"move-clock-beside-discord": {
		`fault: line 21: web.move_clock: the clock is the whole practice's: moving it would page people before their time; write false while Slack or Discord is connected`,
	},
	"name-missing": {
		`fault: line 1: practice.name: is missing; write the practice's name, as it stands in the record`,
	},
	"not-yaml": {
		`fault: is no YAML: line 1: did not find expected node content`,
	},
	"nothing-enabled": {
		`fault: line 21: web.enabled: is false, and neither slack nor discord is enabled, so nobody could reach Curbside; write true for one of them`,
	},
	"number-where-text-belongs": {
		`fault: line 14: people[1].discord.user: must be text; put it in quotes`,
	},
	"owner-missing": {
		`warning: line 6: people: nobody has the role owner, so nobody can change settings in chat`,
	},
	"packs-folder-missing": {
		`fault: line 21: packs_dir: there is no folder testdata/nowhere; write the folder that holds your rule packs, or take the line out`,
	},
	"pager-kind-missing": {
		`fault: line 15: people[1].pager.kind: is missing; write workbench, pagerduty or webhook`,
		`warning: line 17: escalation.chain[0][0]: sam has no pager: at night only chat reaches this person`,
	},
	"pager-kind-unknown": {
		`fault: line 15: people[1].pager.kind: "beeper" is not known; write one of workbench, pagerduty, webhook`,
	},
	"pagerduty-without-key": {
		`fault: line 15: people[1].pager.routing_key_file: is missing; name the file that holds it, or set the environment variable CURBSIDE_PEOPLE_SAM_PAGER_ROUTING_KEY`,
	},
	"password-file-empty": {
		`fault: line 20: redis.password_file: testdata/empty.txt is empty`,
	},
	"password-file-missing": {
		`fault: line 20: redis.password_file: there is no file testdata/nowhere.txt`,
	},
	"people-missing": {
		`fault: people: is missing; list at least one clinician and one supervisor`,
	},
	"person-id-taken": {
		`fault: line 12: people[1].id: "dana" is taken by somebody above; every person needs an id of their own`,
		`fault: line 17: escalation.chain[0][0]: "sam" is nobody's id; the people are dana, dana`,
	},
	"person-id-with-capitals": {
		`fault: line 7: people[0].id: "Dana" is no id; write small letters, digits and dashes, such as dana`,
	},
	"person-key-misspelt": {
		`fault: line 7: people[0].profession: is missing; the law differs by licence, so write one such as psychologist`,
		`fault: line 10: people[0].proffesion: is no setting; did you mean profession?`,
	},
	"person-without-account": {
		`warning: line 7: people[0]: has no account on Slack, Discord or the workbench, so cannot open or sign anything`,
	},
	"redis-addresses-without-port": {
		`fault: line 19: redis.addrs[0]: must be a host and a port, such as redis-1:6379`,
	},
	"redis-embedded": {
		`warning: line 19: redis.embedded: everything is kept in memory and gone when the program ends; use a Redis for real consults`,
	},
	"redis-missing": {
		`fault: line 18: redis: says no address; write url: redis://localhost:6379/0, or addrs for a cluster or sentinels`,
	},
	"redis-partitions-out-of-bounds": {
		`fault: line 20: redis.partitions: 0 is out of bounds; write between 1 and 1024`,
	},
	"redis-sentinel-without-addresses": {
		`fault: line 20: redis.master_name: is for sentinels; list their addresses in redis.addrs`,
	},
	"redis-tls-half-set-up": {
		`fault: line 20: redis.tls: cert_file and key_file go together; write both or none`,
	},
	"redis-twice": {
		`fault: line 18: redis: says more than one address; keep one of embedded, url and addrs`,
	},
	"redis-url-of-another-kind": {
		`fault: line 19: redis.url: is no Redis address; write one such as redis://localhost:6379/0, or rediss:// for TLS`,
	},
	"redis-url-with-password": {
		`fault: line 19: redis.url: holds a user or a password; write redis.username, and keep the password in a file of its own named in redis.password_file`,
	},
	"retention-shorter-than-a-consult": {
		`fault: line 21: retention.open: 2d is too short: an open consult reminds and closes within 4d, and would be gone before it has its record; write at least that`,
		`fault: line 21: retention.audit: 30d is shorter than retention.closed (90d): a consult would outlive its audit trail; write at least that`,
	},
	"role-misspelt": {
		`fault: line 6: people: nobody has the role supervisor, so nobody could sign`,
		`fault: line 14: people[1].roles[0]: "supervizor" is not known; did you mean supervisor?`,
		`fault: line 17: escalation.chain[0][0]: sam is no supervisor; give them that role or take them out of the chain`,
	},
	"role-twice": {
		`fault: line 14: people[1].roles[1]: supervisor stands here twice; take one out`,
	},
	"secret-in-the-file": {
		`fault: line 20: redis.password: is a secret and must not stand in this file; keep it in a file of its own and name that in password_file`,
	},
	"section-unknown": {
		`fault: line 21: pagers: is no setting; the sections are absences, alarm, consult, counsel_keys, discord, escalation, free_text, holidays, log, metrics, packs_dir, pagerduty, people, practice, redis, retention, rotas, scrubber, slack, teams, web`,
	},
	"slack-half-set-up": {
		`fault: line 21: slack.api_url: is no web address; write one that begins with https://, or take the line out`,
		`fault: line 21: slack.team: "harbor" is no Slack workspace id; it begins with T`,
		`fault: line 21: slack.enterprise: "harbor" is no Slack organisation id; it begins with E, and only Enterprise Grid has one`,
		`fault: line 21: slack.channel: "#consults" is no Slack channel id; it begins with C or G and stands at the foot of the channel's details`,
		`fault: line 21: slack.bot_token_file: is missing; name the file that holds the token, or set the environment variable CURBSIDE_SLACK_BOT_TOKEN`,
		`fault: line 21: slack.app_token_file: is missing; name the file that holds the token, or set the environment variable CURBSIDE_SLACK_APP_TOKEN`,
	},
	"slack-in-an-unknown-mode": {
		`fault: line 21: slack.bot_token_file: is missing; name the file that holds the token, or set the environment variable CURBSIDE_SLACK_BOT_TOKEN`,
		`fault: line 21: slack.mode: "events" is not known; write one of socket, http`,
	},
	"slack-over-http-half-set-up": {
		`fault: line 21: slack.shared_workspaces: has no use without slack.enterprise; take the line out`,
		`fault: line 21: slack.bot_token_file: holds another kind of token; this one begins with xoxb-`,
		`fault: line 21: slack.signing_secret_file: is missing; name the file that holds the app's signing secret, or set the environment variable CURBSIDE_SLACK_SIGNING_SECRET`,
		`fault: line 21: slack.listen: is the workbench's address; write another port`,
	},
	"slack-with-too-many-sockets": {
		`fault: line 21: slack.bot_token_file: is missing; name the file that holds the token, or set the environment variable CURBSIDE_SLACK_BOT_TOKEN`,
		`fault: line 21: slack.app_token_file: is missing; name the file that holds the token, or set the environment variable CURBSIDE_SLACK_APP_TOKEN`,
		`fault: line 21: slack.listen: has no use with mode: socket; write mode: http, or take the line out`,
		`fault: line 21: slack.connections: 11 is out of bounds; write between 1 and 10`,
	},
	"slack-tokens-mixed-up": {
		`fault: line 21: slack.bot_token_file: holds another kind of token; this one begins with xoxb-`,
		`fault: line 21: slack.app_token_file: holds another kind of token; this one begins with xapp-`,
	},
	"step-time-zero": {
		`fault: line 18: escalation.step_time.imminent: 0s is out of bounds; write between 1s and 1h`,
	},
	"supervisor-alone": {
		`warning: line 12: people[1]: nobody but sam is in the chain and nobody signs their own consult, so nobody could sign theirs`,
	},
	"supervisor-missing": {
		`fault: line 6: people: nobody has the role supervisor, so nobody could sign`,
		`fault: line 18: escalation.chain[0][0]: sam is no supervisor; give them that role or take them out of the chain`,
	},
	"supervisor-without-pager": {
		`warning: line 16: escalation.chain[0][0]: sam has no pager: at night only chat reaches this person`,
	},
	"switch-with-a-word": {
		`fault: line 21: web.enabled: must be true or false`,
	},
	"time-zone-unknown": {
		`fault: line 3: practice.time_zone: "America/Springfield" is no time zone; write one such as America/Chicago`,
	},
	"token-in-the-file": {
		`fault: line 21: slack.bot_token: is a secret and must not stand in this file; keep it in a file of its own and name that in bot_token_file`,
	},
	"two-documents": {
		`fault: holds more than one YAML document; keep the first and take out what follows the line ---`,
	},
	"urgent-waits-longer": {
		`fault: line 18: escalation.step_time: what is more urgent must not wait longer: imminent (20m) at most today (10m), today at most routine (5m)`,
	},
	"webhook-with-pagerduty-key": {
		`fault: line 15: people[1].pager: has settings that a pager of kind webhook does not use; pagerduty takes routing_key_file and url, webhook takes secret_file and url`,
	},
	"webhook-without-secret": {
		`fault: line 15: people[1].pager.url: must begin with https://, because it leaves this machine`,
		`fault: line 15: people[1].pager.secret_file: is missing; name the file that holds it, or set the environment variable CURBSIDE_PEOPLE_SAM_PAGER_SECRET`,
	},
	"word-allowed-and-forbidden": {
		`fault: line 21: scrubber.allow[1]: must be a word of 1 to 60 letters`,
		`fault: line 21: scrubber.allow[0]: "Harbor" is forbidden as well; take it out of one of the lists`,
	},
	"word-where-a-list-belongs": {
		`fault: line 4: practice.jurisdictions: must be a list, such as [one, two]`,
	},
	"workbench-address-without-port": {
		`fault: line 21: web.listen: "127.0.0.1" is no address; write a host and a port, such as 127.0.0.1:8080`,
	},
	"workbench-exposed-otherwise": {
		`fault: line 21: web.expose: "lan" is not known; write container, or take the line out to listen on this machine alone`,
		`fault: line 21: web.hosts[0]: must be a host's name in small letters without a port, such as curbside.internal`,
	},
	"workbench-open-to-the-network": {
		`fault: line 21: web.listen: the workbench asks nobody for a password, so it listens on this machine alone: write 127.0.0.1 and a port; inside a container, set web.expose to container and publish the port on 127.0.0.1`,
	},
}

func TestEveryMistakeIsSaidInFull(t *testing.T) {
	t.Parallel()
	fixtures, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(fixtures) != len(mistakes) {
		t.Fatalf("%d fixtures (error %v), %d in the table", len(fixtures), err, len(mistakes))
	}
	for name, want := range mistakes {
		t.Run(strings.ReplaceAll(name, "-", " "), func(t *testing.T) {
			t.Parallel()
			src, err := os.ReadFile("testdata/" + name + ".yaml")
			if err != nil {
				t.Fatal(err)
			}
			cfg, problems, err := Parse(src, Options{Dir: "testdata"})
			var got []string
			for _, p := range problems {
				got = append(got, p.String())
			}
			if strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("the owner reads\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			stops := strings.Contains(strings.Join(want, "\n"), "fault: ")
			if errors.Is(err, ErrInvalid) != stops || (cfg == nil) != stops {
				t.Errorf("configuration %t, error %v; faults stop: %t", cfg != nil, err, stops)
			}
		})
	}
}
