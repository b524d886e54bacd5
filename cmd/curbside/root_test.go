package main

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// curbside runs the program with a command line.
func curbside(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	code = run(t.Context(), args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

func TestWhatIsNotUnderstoodIsSaidWithWhatToDoNext(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"a misspelt command": {
			[]string{"confg"},
			"curbside: curbside has no command \"confg\"; did you mean config?\n  next: curbside --help\n",
		},
		"a misspelt command of a command": {
			[]string{"config", "chek"},
			"curbside: curbside config has no command \"chek\"; did you mean check?\n  next: curbside config --help\n",
		},
		"a flag that does not exist": {
			[]string{"version", "--short"},
			"curbside: unknown flag: --short\n  next: curbside version --help\n",
		},
		"a word too many": {
			[]string{"version", "now"},
			"curbside: curbside version takes no \"now\"\n  next: curbside version --help\n",
		},
		"a word too few": {
			[]string{"config", "check"},
			"curbside: curbside config check needs the file to check\n  next: curbside config check --help\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := curbside(t, tc.args...)
			if code != exitUsage || out != "" || errs != tc.want {
				t.Errorf("exit %d, said %q %q, want %q", code, out, errs, tc.want)
			}
		})
	}
}

func TestHelpIsShownForACommandThatOnlyHoldsOthers(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{}, {"config"}, {"keyset"}, {"--help"}} {
		code, out, errs := curbside(t, args...)
		if code != exitOK || !strings.Contains(out, "Available Commands:") || errs != "" {
			t.Errorf("%v: exit %d, said %q %q", args, code, out, errs)
		}
	}
}

func TestAnErrorSaysWhatIsSafeAndWhatIsNext(t *testing.T) {
	t.Parallel()
	var said strings.Builder
	code := report(&said, advise(errors.New("Redis is away"), "nothing was lost", "start it"))
	const want = "curbside: Redis is away\n  safe: nothing was lost\n  next: start it\n"
	if code != exitFailed || said.String() != want {
		t.Errorf("exit %d, said %q", code, said.String())
	}
	if advise(nil, "", "") != nil || report(&said, nil) != exitOK {
		t.Error("no error is no error")
	}
}

func TestTheVersionIsSaid(t *testing.T) {
	t.Parallel()
	code, out, _ := curbside(t, "version")
	if code != exitOK || !strings.HasPrefix(out, "curbside "+programVersion()+"\nbuilt with go") {
		t.Errorf("exit %d, said %q", code, out)
	}
}

func TestAnEndedContextEndsTheProgram(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out strings.Builder
	if code := run(ctx, []string{"config", "example"}, strings.NewReader(""), &out, &out); code != exitOK {
		t.Errorf("exit %d, said %q", code, out.String())
	}
}
