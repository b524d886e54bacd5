// Package config reads a practice's settings: one YAML file, environment
// variables for single values, and files or variables for secrets. What it
// returns has its defaults filled in and has been checked as a whole.
package config

import "time"

// A Config is a practice's whole configuration. Treat it as read only: a
// reload makes a new one. The tags are the keys of the YAML file.
type Config struct {
	Practice   Practice   `mapstructure:"practice"`
	People     []Person   `mapstructure:"people"`
	Escalation Escalation `mapstructure:"escalation"`
	Rotas      []Rota     `mapstructure:"rotas"`
	Teams      []Team     `mapstructure:"teams"`
	Absences   []Absence  `mapstructure:"absences"`
	Holidays   Holidays   `mapstructure:"holidays"`
	Consult    Consult    `mapstructure:"consult"`
	Retention  Retention  `mapstructure:"retention"`
	FreeText   FreeText   `mapstructure:"free_text"`
	Scrubber   Scrubber   `mapstructure:"scrubber"`
	PacksDir   string     `mapstructure:"packs_dir"` // the practice's own rule packs; "" is none
	// CounselKeys are the ed25519 public keys, in base64, of those whose signed
	// statements in PacksDir count as a review.
	CounselKeys []string      `mapstructure:"counsel_keys"`
	Redis       Redis         `mapstructure:"redis"`
	Slack       Slack         `mapstructure:"slack"`
	Discord     Discord       `mapstructure:"discord"`
	Web         Web           `mapstructure:"web"`
	Metrics     Metrics       `mapstructure:"metrics"`
	PagerDuty   PagerDutyHook `mapstructure:"pagerduty"`
	Alarm       Alarm         `mapstructure:"alarm"`
	Log         Log           `mapstructure:"log"`

	file *document
}

// Locate gives problems that were found with this configuration later on
// their lines in its file, and puts them in its order.
func (c *Config) Locate(found []Problem) []Problem { return arrange(c.file, found) }

// Practice says who the practice is and where it works.
type Practice struct {
	Name             string         `mapstructure:"name"`
	TimeZone         string         `mapstructure:"time_zone"`         // IANA, such as America/Chicago
	Location         *time.Location `mapstructure:"-"`                 // TimeZone, looked up
	Jurisdictions    []string       `mapstructure:"jurisdictions"`     // such as US-CA; offered first
	EmergencyContact string         `mapstructure:"emergency_contact"` // shown when nobody has been reached
}

// A Person is a member of staff.
type Person struct {
	ID         string         `mapstructure:"id"`
	Name       string         `mapstructure:"name"`
	Roles      []string       `mapstructure:"roles"` // clinician, supervisor, owner
	Profession string         `mapstructure:"profession"`
	Licences   []string       `mapstructure:"licences"` // jurisdictions
	Slack      SlackAccount   `mapstructure:"slack"`
	Discord    DiscordAccount `mapstructure:"discord"`
	Web        bool           `mapstructure:"web"` // may use the workbench; true unless set
	Pager      Pager          `mapstructure:"pager"`
	Team       string         `mapstructure:"team"` // whose chain their consults take; "" is the practice's own
}

// Has reports whether p has a role.
func (p Person) Has(role string) bool {
	for _, have := range p.Roles {
		if have == role {
			return true
		}
	}
	return false
}

// A SlackAccount is a person's account on Slack, by its ids. Enterprise and
// Team are those of [Slack] unless set.
type SlackAccount struct {
	Enterprise string `mapstructure:"enterprise"` // Enterprise Grid only
	Team       string `mapstructure:"team"`
	User       string `mapstructure:"user"`
}

// A DiscordAccount is a person's account on Discord, by its id.
type DiscordAccount struct {
	User string `mapstructure:"user"`
}

// The kinds of pager.
const (
	PagerNone      = ""
	PagerWorkbench = "workbench" // shown in the workbench, for trying and training
	PagerDuty      = "pagerduty" // PagerDuty Events v2
	PagerWebhook   = "webhook"   // a signed HTTPS request
)

// A Pager reaches a person outside the chat.
type Pager struct {
	Kind           string `mapstructure:"kind"`
	URL            string `mapstructure:"url"` // webhook: where to; pagerduty: another service region
	RoutingKeyFile string `mapstructure:"routing_key_file"`
	RoutingKey     Secret `mapstructure:"-"` // pagerduty
	SecretFile     string `mapstructure:"secret_file"`
	Secret         Secret `mapstructure:"-"` // webhook: signs every request
}

// Escalation says who is paged, and how long each step waits.
type Escalation struct {
	Chain      [][]string `mapstructure:"chain"` // ids of people and rotas; those of one step are paged together
	StepTime   PerUrgency `mapstructure:"step_time"`
	DecideTime PerUrgency `mapstructure:"decide_time"`
	QuietHours QuietHours `mapstructure:"quiet_hours"`
	Signatures Signatures `mapstructure:"signatures"`
}

// PerUrgency is one length of time for each urgency.
type PerUrgency struct {
	Routine  time.Duration `mapstructure:"routine"`
	Today    time.Duration `mapstructure:"today"`
	Imminent time.Duration `mapstructure:"imminent"`
}

// Consult says what happens to a consult that nobody touches.
type Consult struct {
	RemindAfter time.Duration `mapstructure:"remind_after"`
	CloseAfter  time.Duration `mapstructure:"close_after"`
}

// Retention says how long things are kept after their last change.
type Retention struct {
	Open   time.Duration `mapstructure:"open"`
	Closed time.Duration `mapstructure:"closed"`
	Audit  time.Duration `mapstructure:"audit"`
}

// FreeText says where forms may have fields for words.
type FreeText struct {
	Slack   PlatformText `mapstructure:"slack"`
	Discord PlatformText `mapstructure:"discord"`
	Web     WebText      `mapstructure:"web"`
}

// PlatformText is [FreeText] for a platform that somebody else runs: a text
// that the scrubber refuses has reached that platform all the same.
type PlatformText struct {
	Enabled bool   `mapstructure:"enabled"`
	Plan    string `mapstructure:"plan"`
	BAA     string `mapstructure:"baa"` // signed or none
}

// WebText is [FreeText] for the workbench.
type WebText struct {
	Enabled bool `mapstructure:"enabled"`
}

// Scrubber adjusts the search for identifiers in free text.
type Scrubber struct {
	Allow  []string `mapstructure:"allow"`
	Forbid []string `mapstructure:"forbid"`
}

// Unencrypted is what redis.encryption.off must say, word for word.
const Unencrypted = "i-accept-unencrypted-state"

// Redis says where state is kept. Exactly one of Embedded, URL and Addrs is set.
type Redis struct {
	Embedded     bool       `mapstructure:"embedded"` // in memory, for the demo: gone at exit
	URL          string     `mapstructure:"url"`
	Addrs        []string   `mapstructure:"addrs"`       // several: a cluster, or sentinels with MasterName
	MasterName   string     `mapstructure:"master_name"` // Sentinel
	Username     string     `mapstructure:"username"`
	PasswordFile string     `mapstructure:"password_file"`
	Password     Secret     `mapstructure:"-"`
	TLS          TLS        `mapstructure:"tls"`
	Partitions   int        `mapstructure:"partitions"` // fixed at first start
	Durability   string     `mapstructure:"durability"` // "" or [OnDisk]
	Encryption   Encryption `mapstructure:"encryption"`
}

// OnDisk is the durability of who wants no answer before Redis says that what was
// pressed is on its disk.
const OnDisk = "disk"

// TLS secures the connection to Redis.
type TLS struct {
	Enabled    bool   `mapstructure:"enabled"`
	CAFile     string `mapstructure:"ca_file"` // "" trusts the system's authorities
	CertFile   string `mapstructure:"cert_file"`
	KeyFile    string `mapstructure:"key_file"`
	ServerName string `mapstructure:"server_name"`
}

// Encryption seals what is kept. Off must be [Unencrypted] when there is no keyset.
type Encryption struct {
	KeysetFile string `mapstructure:"keyset_file"`
	Keyset     Secret `mapstructure:"-"`
	Off        string `mapstructure:"off"`
}

// How Slack brings what people do.
const (
	SlackSocket = "socket" // connections from here; no address that Slack could reach
	SlackHTTP   = "http"   // signed requests to an address of the practice's own
)

// Slack is the connection to a workspace.
type Slack struct {
	Enabled     bool   `mapstructure:"enabled"`
	Mode        string `mapstructure:"mode"`
	Connections int    `mapstructure:"connections"` // socket: how many are kept open
	Listen      string `mapstructure:"listen"`      // http: where the proxy hands on what Slack sends
	APIURL      string `mapstructure:"api_url"`     // GovSlack has another one
	Enterprise  string `mapstructure:"enterprise"`
	Team        string `mapstructure:"team"`
	Channel     string `mapstructure:"channel"` // the private consultation channel
	// SharedWorkspaces and Guests take a channel that is otherwise refused: one of
	// several workspaces of an organisation, or one with guests in it.
	SharedWorkspaces  bool   `mapstructure:"shared_workspaces"`
	Guests            bool   `mapstructure:"guests"`
	BotTokenFile      string `mapstructure:"bot_token_file"`
	BotToken          Secret `mapstructure:"-"` // xoxb-
	AppTokenFile      string `mapstructure:"app_token_file"`
	AppToken          Secret `mapstructure:"-"` // socket: xapp-
	SigningSecretFile string `mapstructure:"signing_secret_file"`
	SigningSecret     Secret `mapstructure:"-"` // http
}

// How what people do on Discord comes in.
const (
	DiscordGateway = "gateway" // by a connection from here; one process at a time keeps it
	DiscordHTTP    = "http"    // by requests from Discord; any number of processes answer
)

// Discord is the connection to a server, which Discord calls a guild.
type Discord struct {
	Enabled     bool   `mapstructure:"enabled"`
	Mode        string `mapstructure:"mode"`
	APIURL      string `mapstructure:"api_url"`     // stands for https://discord.com
	GatewayURL  string `mapstructure:"gateway_url"` // "" asks Discord
	Listen      string `mapstructure:"listen"`      // http: where the proxy hands on what Discord sends
	Application string `mapstructure:"application"`
	PublicKey   string `mapstructure:"public_key"` // http: in hex
	Guild       string `mapstructure:"guild"`
	Channel     string `mapstructure:"channel"` // the private consultation channel
	// Roles may see the channel though Curbside cannot see who holds them.
	Roles        []string `mapstructure:"roles"`
	BotTokenFile string   `mapstructure:"bot_token_file"`
	BotToken     Secret   `mapstructure:"-"`
}

// ExposeContainer is the one value of web.expose: whoever runs the container
// publishes its port, on loopback.
const ExposeContainer = "container"

// Web is the local workbench.
type Web struct {
	Enabled bool   `mapstructure:"enabled"`
	Listen  string `mapstructure:"listen"` // a loopback address, unless Expose says otherwise
	Expose  string `mapstructure:"expose"`
	// MoveClock lets whoever is at the page move the practice's clock forward, to
	// see escalations and deadlines. Never beside a platform with real people.
	MoveClock bool     `mapstructure:"move_clock"`
	Hosts     []string `mapstructure:"hosts"` // names it answers to besides localhost
}

// PagerDutyHook is where PagerDuty says that somebody acknowledged a page.
type PagerDutyHook struct {
	Listen     string `mapstructure:"listen"` // "" listens nowhere
	SecretFile string `mapstructure:"secret_file"`
	Secret     Secret `mapstructure:"-"`
}

// Alarm tells somebody outside that pages go out in time. An address that is not
// asked for any more is the alarm.
type Alarm struct {
	PingURLFile string        `mapstructure:"ping_url_file"`
	PingURL     Secret        `mapstructure:"-"` // none when it is zero
	PingEvery   time.Duration `mapstructure:"ping_every"`
}

// Metrics is where Prometheus reads; Listen "" is nowhere.
type Metrics struct {
	Listen string `mapstructure:"listen"`
}

// Log says how much is logged and how it is written.
type Log struct {
	Level  string `mapstructure:"level"`  // debug, info, warn, error
	Format string `mapstructure:"format"` // text, json
}
