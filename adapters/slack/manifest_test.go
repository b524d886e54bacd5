package slack

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

func manifestFor(t *testing.T, address string) slackapi.Manifest {
	t.Helper()
	text, err := Manifest(address)
	if err != nil {
		t.Fatal(err)
	}
	var m slackapi.Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTheManifestAsksForNoPermissionToRead(t *testing.T) {
	t.Parallel()
	m := manifestFor(t, "")
	for _, scope := range m.OAuthConfig.Scopes.Bot {
		if strings.Contains(scope, "history") || strings.HasPrefix(scope, "channels:") || strings.HasSuffix(scope, ".public") {
			t.Errorf("it asks for %s", scope)
		}
	}
	for _, event := range m.Settings.EventSubscriptions.BotEvents {
		if strings.HasPrefix(event, "message") || event == "app_mention" {
			t.Errorf("it is told of %s", event)
		}
	}
	if len(m.OAuthConfig.Scopes.User) > 0 {
		t.Errorf("it acts as a person with %v", m.OAuthConfig.Scopes.User)
	}
}

func TestTheManifestNamesNoEventThatTheLibraryDoesNotKnow(t *testing.T) {
	t.Parallel()
	for _, event := range botEvents {
		if _, known := slackevents.EventsAPIInnerEventMapping[slackevents.EventsAPIType(event)]; !known {
			t.Errorf("%s would come as malformed", event)
		}
	}
}

func TestTheManifestHasOneWayIn(t *testing.T) {
	t.Parallel()
	socket, http := manifestFor(t, ""), manifestFor(t, "https://curbside.example/")
	if s := socket.Settings; !s.SocketModeEnabled || s.Interactivity.RequestUrl != "" || socket.Features.SlashCommands[0].Url != "" {
		t.Errorf("for sockets it says %+v", socket.Settings)
	}
	if http.Settings.SocketModeEnabled {
		t.Error("for HTTP it asks for sockets")
	}
	got := []string{http.Settings.EventSubscriptions.RequestUrl, http.Settings.Interactivity.RequestUrl, http.Features.SlashCommands[0].Url}
	want := []string{"https://curbside.example/slack/events", "https://curbside.example/slack/interactivity", "https://curbside.example/slack/commands"}
	if !slices.Equal(got, want) {
		t.Errorf("for HTTP it names %v, want %v", got, want)
	}
}

func TestTheManifestKeepsToItsLimits(t *testing.T) {
	t.Parallel()
	d := manifestFor(t, "").Display
	if length(d.Name) > 35 || length(d.Description) > 140 || length(d.LongDescription) < 174 || length(d.LongDescription) > 4000 {
		t.Errorf("display information of %d, %d and %d characters", length(d.Name), length(d.Description), length(d.LongDescription))
	}
}

func TestTheManifestTakesNoAddressThatIsNotEncrypted(t *testing.T) {
	t.Parallel()
	if text, err := Manifest("http://curbside.example"); err == nil {
		t.Errorf("got %s", text)
	}
}
