package config

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func fixture(t *testing.T, name string) string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

func parse(t *testing.T, src string, env ...string) *Config {
	t.Helper()
	cfg, problems, err := Parse([]byte(src), Options{Dir: "testdata", Env: env})
	if err != nil {
		t.Fatalf("%v: %v", err, problems)
	}
	return cfg
}

func TestWhatIsNotSetHasItsDefault(t *testing.T) {
	t.Parallel()
	cfg := parse(t, fixture(t, "complete")+"log:\nconsult:\n  close_after: 7d\n")
	want := Default()
	want.Consult.CloseAfter = 7 * day
	for name, pair := range map[string][2]any{
		"step times":               {cfg.Escalation.StepTime, want.Escalation.StepTime},
		"decision times":           {cfg.Escalation.DecideTime, want.Escalation.DecideTime},
		"a section that is partly": {cfg.Consult, want.Consult},
		"a section left empty":     {cfg.Log, want.Log},
		"retention":                {cfg.Retention, want.Retention},
		"the workbench":            {cfg.Web, want.Web},
		"free text":                {cfg.FreeText, want.FreeText},
		"a person's workbench":     {cfg.People[0].Web, true},
	} {
		if got, want := pair[0], pair[1]; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
	if got := cfg.Practice.Location.String(); got != "America/Chicago" {
		t.Errorf("location = %s", got)
	}
}

func TestFreeTextIsOnInTheWorkbenchAlone(t *testing.T) {
	t.Parallel()
	f := Default().FreeText
	if f.Slack.Enabled || f.Discord.Enabled || !f.Web.Enabled {
		t.Errorf("defaults are %+v", f)
	}
}

func TestTheEnvironmentLiesOverTheFile(t *testing.T) {
	t.Parallel()
	cfg := parse(t, fixture(t, "complete"),
		"CURBSIDE_REDIS_URL=redis://redis:6379/1",
		"CURBSIDE_REDIS_PARTITIONS=4",
		"CURBSIDE_FREE_TEXT_WEB_ENABLED=false",
		"CURBSIDE_ESCALATION_STEP_TIME_ROUTINE=1d",
		"CURBSIDE_LOG_LEVEL=",
		"OTHER_LOG_LEVEL=debug")
	if cfg.Redis.URL != "redis://redis:6379/1" || cfg.Redis.Partitions != 4 || cfg.FreeText.Web.Enabled ||
		cfg.Escalation.StepTime.Routine != day || cfg.Log.Level != "info" {
		t.Errorf("got %+v", cfg)
	}
}

func TestWrongVariablesAreSaid(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ env, want string }{
		"a value of the wrong kind stops": {
			"CURBSIDE_REDIS_PARTITIONS=many",
			"fault: line 18: redis.partitions: must be a whole number",
		},
		"a misspelt variable is named with the right one": {
			"CURBSIDE_REDIS_URI=redis://redis:6379",
			"warning: the environment variable CURBSIDE_REDIS_URI sets nothing; did you mean CURBSIDE_REDIS_URL?",
		},
		"a variable for a list is named": {
			"CURBSIDE_PEOPLE=dana",
			"warning: the environment variable CURBSIDE_PEOPLE sets nothing; only single values can be set by the environment",
		},
		"a secret is given once": {
			"CURBSIDE_REDIS_ENCRYPTION_KEYSET=k",
			"fault: line 20: redis.encryption.keyset_file: and the environment variable CURBSIDE_REDIS_ENCRYPTION_KEYSET are both set; keep one of the two",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, problems, _ := Parse([]byte(fixture(t, "complete")), Options{Dir: "testdata", Env: []string{tc.env}})
			if len(problems) != 1 || problems[0].String() != tc.want {
				t.Errorf("got %v, want %s", problems, tc.want)
			}
		})
	}
}

func TestSecretsComeFromFilesAndVariables(t *testing.T) {
	t.Parallel()
	src := strings.Replace(fixture(t, "complete"), "kind: workbench", "kind: webhook, url: https://pager.example/hook", 1) +
		"slack: {enabled: true, team: T01ABC, channel: C01ABC}\n"
	cfg := parse(t, src,
		"CURBSIDE_REDIS_PASSWORD_FILE=secret.txt",
		"CURBSIDE_PEOPLE_SAM_PAGER_SECRET=of-sam",
		"CURBSIDE_SLACK_BOT_TOKEN=xoxb-1",
		"CURBSIDE_SLACK_APP_TOKEN=xapp-1")
	for name, pair := range map[string][2]string{
		"a keyset of a file":           {cfg.Redis.Encryption.Keyset.Reveal(), "a keyset, for the tests"},
		"a file named by a variable":   {cfg.Redis.Password.Reveal(), "a-secret-of-the-tests"},
		"a person's pager by variable": {cfg.People[1].Pager.Secret.Reveal(), "of-sam"},
		"a token by variable":          {cfg.Slack.BotToken.Reveal(), "xoxb-1"},
		"nothing":                      {cfg.Discord.BotToken.Reveal(), ""},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: got %q, want %q", name, pair[0], pair[1])
		}
	}
}

func TestASecretCannotBePrinted(t *testing.T) {
	t.Parallel()
	const value = "hunter2"
	held := struct {
		S Secret
		P *Secret
	}{S: NewSecret(value)}
	held.P = &held.S
	asJSON, err := json.Marshal(held)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "s", held.S, "held", held)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "s", held.S, "held", held)
	for _, got := range []string{
		fmt.Sprint(held), fmt.Sprintf("%v %+v %#v %s %q %x", held, held, held, held.S, held.S, held.S),
		string(asJSON), log.String(),
	} {
		if strings.Contains(got, value) || strings.Contains(got, fmt.Sprintf("%x", value)) {
			t.Errorf("shown: %s", got)
		}
	}
	if !NewSecret("").IsZero() || held.S.IsZero() {
		t.Error("an empty secret is none")
	}
}

func TestAWholeConfigurationPrintsNoSecret(t *testing.T) {
	t.Parallel()
	cfg := parse(t, fixture(t, "complete"), "CURBSIDE_REDIS_PASSWORD=hunter2")
	if got := fmt.Sprintf("%v %+v %#v", cfg, *cfg, *cfg); strings.Contains(got, "hunter2") {
		t.Errorf("shown: %s", got)
	}
}

func TestTheDemoAndTheExampleAreRight(t *testing.T) {
	t.Parallel()
	cfg, problems, err := Demo("")
	if err != nil || len(problems) != 1 || problems[0].Path != "redis.embedded" {
		t.Errorf("demo: %v %v", err, problems)
	}
	if cfg == nil || !cfg.Redis.Embedded {
		t.Error("the demo needs no Redis")
	}
	_, problems, err = Parse(Example(), Options{Dir: "testdata"})
	if err != nil || len(problems) > 0 {
		t.Errorf("example: %v %v", err, problems)
	}
}

// The remarks of the example show settings and say that they are the defaults
// or could be written so: each of them has to be right when the mark is taken off.
func TestTheRemarksOfTheExampleAreRight(t *testing.T) {
	t.Parallel()
	lines := strings.Split(string(Example()), "\n")
	setting, within := 0, ""
	for i, line := range lines {
		if key, _, opens := strings.Cut(line, ":"); opens && !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "#") {
			within = key + "."
		}
		text, isRemark := strings.CutPrefix(strings.TrimLeft(line, " "), "# ")
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		key, _, _ := strings.Cut(text, ":")
		if indent != "" {
			key = within + key
		}
		if _, known := lookUp(key); !isRemark || !known {
			continue
		}
		setting++
		uncommented := append([]string(nil), lines...)
		uncommented[i] = indent + text
		_, problems, _ := Parse([]byte(strings.Join(uncommented, "\n")), Options{Dir: "testdata"})
		for _, p := range problems {
			if !strings.Contains(p.Text, "there is no f") { // files and folders of somebody's own
				t.Errorf("%s: %s", text, p)
			}
		}
	}
	if setting < 10 {
		t.Errorf("found only %d settings among the remarks", setting)
	}
}

func TestLoadSaysWhichFileIsMissing(t *testing.T) {
	t.Parallel()
	_, _, err := Load("testdata/nowhere.yaml")
	if !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "nowhere.yaml") {
		t.Errorf("got %v", err)
	}
}

func TestWatchTellsOfEveryNewContent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "curbside.yaml")
	good := strings.Replace(fixture(t, "redis-embedded"), "Harbor Lane", "First", 1)
	write := func(content string) { // as editors do: a new file takes the old one's place
		t.Helper()
		if err := os.WriteFile(path+".new", []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+".new", path); err != nil {
			t.Fatal(err)
		}
	}
	write(good)
	ctx, cancel := context.WithCancel(t.Context())
	changes, done := make(chan Change), make(chan error, 1)
	go func() { done <- Watch(ctx, path, func(c Change) { changes <- c }) }()
	await := func() Change {
		t.Helper()
		select {
		case c := <-changes:
			return c
		case <-time.After(10 * time.Second):
			t.Fatal("nothing was told")
			return Change{}
		}
	}
	bad := func() Change { // written anew until the watch has begun
		for n := 0; ; n++ {
			write(fmt.Sprintf("practice: [ # %d", n))
			select {
			case c := <-changes:
				return c
			case <-time.After(3 * settle):
			}
		}
	}
	if c := bad(); !errors.Is(c.Err, ErrInvalid) || c.Config != nil || len(c.Problems) != 1 {
		t.Errorf("a bad file is told as %+v", c)
	}
	write(strings.Replace(good, "First", "Second", 1))
	c := await()
	for errors.Is(c.Err, ErrInvalid) { // a bad one that was written again before the first was told
		c = await()
	}
	if c.Err != nil || c.Config.Practice.Name != "Second Counseling" {
		t.Errorf("a good file is told as %+v", c)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if c := await(); !errors.Is(c.Err, os.ErrNotExist) {
		t.Errorf("a lost file is told as %+v", c)
	}
	cancel()
	if err := <-done; err != nil {
		t.Errorf("the watch ends with %v", err)
	}
}

func FuzzParse(f *testing.F) {
	fixtures, err := filepath.Glob("testdata/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range fixtures {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		cfg, problems, err := Parse(src, Options{Dir: "testdata"})
		if (err == nil) != (cfg != nil) || (err != nil) != Faulty(problems) {
			t.Errorf("configuration %t, error %v, problems %v", cfg != nil, err, problems)
		}
	})
}
