package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"curbside/adapters/pager"
	"curbside/config"
	"curbside/dialog"
	"curbside/rules"
)

// examineLaw looks at the packs of the places where the practice works.
func examineLaw(_ context.Context, s *settings) []finding {
	var found []finding
	today := rules.DateOf(time.Now())
	for _, id := range s.config.Practice.Jurisdictions {
		for _, p := range s.book.Packs(rules.JurisdictionID(id)) {
			switch {
			case p.Review.By == "":
				found = append(found, warningFinding("curbside rules review writes a sheet for counsel, and curbside rules attest takes their signed statement.",
					"The law of %s, as of %s, was not reviewed by your counsel. Every finding says so.", id, p.AsOf))
			case !p.Review.Until.IsZero() && p.Review.Until.Before(today):
				found = append(found, warningFinding("Ask counsel to read it again.", "Counsel's review of the law of %s has run out on %s.", id, p.Review.Until))
			default:
				found = append(found, fineFinding("The law of %s, as of %s, was reviewed by %s.", id, p.AsOf, p.Review.By))
			}
		}
	}
	return found
}

// examineSecrets looks at who may read the files that hold them.
func examineSecrets(_ context.Context, s *settings) []finding {
	var found []finding
	for name, path := range secretFiles(s.config) {
		info, err := os.Stat(path)
		if path == "" || err != nil {
			continue // the settings were checked
		}
		if info.Mode().Perm()&0o077 != 0 {
			found = append(found, warningFinding("chmod 600 "+path, "Others on this machine may read %s.", name))
		}
	}
	slices.SortFunc(found, func(a, b finding) int { return strings.Compare(a.what, b.what) })
	if len(found) == 0 {
		found = append(found, fineFinding("Nobody else on this machine can read the files of secrets."))
	}
	return found
}

// secretFiles are the files of secrets, by the setting that names each.
func secretFiles(c *config.Config) map[string]string {
	files := map[string]string{
		"slack.bot_token_file":         c.Slack.BotTokenFile,
		"slack.app_token_file":         c.Slack.AppTokenFile,
		"slack.signing_secret_file":    c.Slack.SigningSecretFile,
		"discord.bot_token_file":       c.Discord.BotTokenFile,
		"redis.password_file":          c.Redis.PasswordFile,
		"redis.encryption.keyset_file": c.Redis.Encryption.KeysetFile,
	}
	for _, p := range c.People {
		files["the routing key of "+p.ID] = p.Pager.RoutingKeyFile
		files["the pager's secret of "+p.ID] = p.Pager.SecretFile
	}
	return files
}

// examinePeople looks at whether somebody has the duty at every hour, can be
// reached then, and whether every clinician can start a consult.
func examinePeople(_ context.Context, s *settings) []finding {
	var found []finding
	for _, p := range s.config.Locate(dutyProblems(s.config, time.Now())) {
		level := findingFault
		if p.Warning {
			level = findingWarning
		}
		found = append(found, finding{level: level, what: p.Path + ": " + p.Text})
	}
	for _, p := range s.config.People {
		inChat := s.config.Slack.Enabled && p.Slack.User != "" || s.config.Discord.Enabled && p.Discord.User != "" || s.config.Web.Enabled && p.Web
		if p.Has(string(dialog.Clinician)) && !inChat {
			found = append(found, warningFinding("Give them an account on a platform that is enabled.", "%s is a clinician and can start no consult.", p.ID))
		}
	}
	if len(found) == 0 {
		found = append(found, fineFinding("Somebody has the duty at every hour, and everybody who is paged can be reached."))
	}
	return found
}

// examinePagers asks whether each service can be reached. Nobody is paged.
func examinePagers(ctx context.Context, s *settings) []finding {
	var found []finding
	asked := map[string]bool{}
	for _, p := range s.config.People {
		address := p.Pager.URL
		if p.Pager.Kind == config.PagerDuty && address == "" {
			address = pager.PagerDutyURL
		}
		if address == "" || asked[address] {
			continue
		}
		asked[address] = true
		if err := answers(ctx, address); err != nil {
			found = append(found, faultFinding("Let this machine reach it, or correct the address.", "The pager of %s cannot be reached (%v).", p.ID, err))
		} else {
			found = append(found, fineFinding("The pager of %s can be reached.", p.ID))
		}
	}
	return found
}

// answers reports whether anybody answers at an address; what they say does not matter.
func answers(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodHead, address, nil)
	if err != nil {
		return fmt.Errorf("no address")
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("no answer")
	}
	return answer.Body.Close()
}
