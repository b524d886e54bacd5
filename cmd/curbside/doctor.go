package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// examineTime bounds the examination of one part.
const examineTime = 30 * time.Second

// A finding is one thing that was looked at.
type finding struct {
	level  findingLevel
	what   string
	remedy string // "" when there is nothing to do
}

// A findingLevel says how bad a finding is.
type findingLevel int

const (
	findingFine    findingLevel = iota
	findingWarning              // it works, and should be put right
	findingFault                // it does not work
)

func (l findingLevel) String() string { return [...]string{"ok", "warning", "fault"}[l] }

func fineFinding(format string, args ...any) finding {
	return finding{findingFine, fmt.Sprintf(format, args...), ""}
}

func warningFinding(remedy, format string, args ...any) finding {
	return finding{findingWarning, fmt.Sprintf(format, args...), remedy}
}

func faultFinding(remedy, format string, args ...any) finding {
	return finding{findingFault, fmt.Sprintf(format, args...), remedy}
}

// An examination looks at one part of an installation. It changes nothing.
type examination struct {
	part    string
	examine func(context.Context, *settings) []finding // nil when the practice does not use the part
}

// examinations are all of them, in the order in which to put things right.
func examinations() []examination {
	return []examination{
		{"law", examineLaw},
		{"secrets", examineSecrets},
		{"redis", examineRedis},
		{"people", examinePeople},
		{"slack", examineSlack},
		{"discord", examineDiscord},
		{"pagers", examinePagers},
	}
}

func newDoctorCommand() *cobra.Command {
	var path string
	cmd := &cobra.Command{
		Use:   "doctor --config FILE",
		Short: "Look at a whole installation, and say what is wrong and what to do",
		Long: "Reads the settings as serve does and then asks everything that is outside: Redis, the\n" +
			"chat platforms with their permissions, channel and accounts, and the pagers. It\n" +
			"changes nothing, sends nothing and pages nobody, and may run beside serve.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := loadConfig(path, cmd.OutOrStdout())
			if err != nil {
				return err
			}
			return doctor(cmd.Context(), s, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&path, "config", "", "the practice's settings")
	_ = cmd.MarkFlagRequired("config") // fails only when there is no such flag
	return cmd
}

// doctor writes what was found in every part, and fails when anything does not work.
func doctor(ctx context.Context, s *settings, out io.Writer) error {
	var text strings.Builder
	faults := 0
	for _, one := range examinations() {
		found := examined(ctx, one, s)
		for _, f := range found {
			fmt.Fprintf(&text, "%-8s %-8s %s\n", f.level, one.part, f.what)
			if f.remedy != "" {
				fmt.Fprintf(&text, "%-17s next: %s\n", "", f.remedy)
			}
			if f.level == findingFault {
				faults++
			}
		}
	}
	if _, err := io.WriteString(out, text.String()); err != nil {
		return fmt.Errorf("write what was found: %w", err)
	}
	switch faults {
	case 0:
		return nil
	case 1:
		return errors.New("one thing does not work; what to do about it is said above")
	default:
		return fmt.Errorf("%d things do not work; what to do about each is said above", faults)
	}
}

func examined(ctx context.Context, one examination, s *settings) []finding {
	ctx, cancel := context.WithTimeout(ctx, examineTime)
	defer cancel()
	return one.examine(ctx, s)
}
