package main

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store"
	"curbside/bot/store/keyspace"
	"curbside/config"
	"curbside/dialog"
)

// examineRedis looks at whether what is kept is found again, and stays.
func examineRedis(ctx context.Context, s *settings) []finding {
	cfg := s.config.Redis
	if cfg.Embedded {
		return []finding{warningFinding("Name a Redis in redis.url.", "What is kept is gone when the program ends.")}
	}
	options, err := redisOptions(cfg)
	if err != nil {
		return []finding{faultFinding("curbside config check says what is wrong.", "Redis cannot be set up: %v.", err)}
	}
	client := store.NewClient(options)
	defer func() { _ = client.Close() }() // nothing is left to be sent
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	switch err := client.Ping(ctx).Err(); {
	case denied(err):
		return []finding{faultFinding("Check redis.username and redis.password_file.", "Redis refuses the user name or the password.")}
	case err != nil:
		return []finding{faultFinding("Start Redis, or correct redis.url.", "Redis cannot be reached.")}
	}
	found := []finding{fineFinding("Redis answers.")}
	found = append(found, examinePartitions(ctx, client, cfg)...)
	return append(found, examineKeeping(ctx, client)...)
}

// examinePartitions compares the partitions that the Redis was started with.
func examinePartitions(ctx context.Context, client redis.UniversalClient, cfg config.Redis) []finding {
	kept, err := client.HGet(ctx, keyspace.Meta, keyspace.MetaPartitions).Result()
	switch {
	case errors.Is(err, redis.Nil):
		return []finding{fineFinding("Nothing is kept in it yet.")}
	case err != nil:
		return []finding{faultFinding("Let the account read "+keyspace.Meta+".", "Redis does not say how it was set up.")}
	case kept != strconv.Itoa(cfg.Partitions):
		return []finding{faultFinding("Write redis.partitions: "+kept+", or use an empty Redis.", "This Redis keeps consults in %s partitions, and %d are configured: they would not be found.", kept, cfg.Partitions)}
	default:
		return examineKeyset(ctx, client, cfg)
	}
}

// examineKeyset tries the keyset on what every practice in use has kept.
func examineKeyset(ctx context.Context, client redis.UniversalClient, cfg config.Redis) []finding {
	seal, err := sealer(cfg)
	if err != nil {
		return nil // the settings were checked
	}
	kept, err := store.New(store.Options{Client: client, Sealer: seal, Partitions: cfg.Partitions})
	if err != nil {
		return nil
	}
	switch _, err = kept.Load(ctx, dialog.DeskHandle); {
	case errors.Is(err, bot.ErrNotFound):
		return nil
	case errors.Is(err, store.ErrSealed):
		return []finding{faultFinding("Use the keyset with which it was kept, from its copy.", "What is kept cannot be opened with this keyset.")}
	case err != nil:
		return []finding{faultFinding("See docs/redis.md for what the account may do.", "What is kept cannot be read.")}
	default:
		return []finding{fineFinding("The keyset opens what is kept.")}
	}
}

// examineKeeping looks at what may throw away or lose what is kept.
func examineKeeping(ctx context.Context, client redis.UniversalClient) []finding {
	info, err := client.Info(ctx, "memory", "persistence").Result()
	if err != nil {
		return []finding{warningFinding("See docs/redis.md for what it must be.", "Redis does not say how it keeps what it is given.")}
	}
	var found []finding
	if policy := infoField(info, "maxmemory_policy"); policy != "noeviction" {
		found = append(found, faultFinding("Set maxmemory-policy noeviction.", "Redis throws away what it keeps when its memory is full (%s).", policy))
	}
	if infoField(info, "aof_enabled") != "1" {
		found = append(found, warningFinding("Set appendonly yes.", "What was committed just before Redis stops may be lost."))
	}
	if len(found) == 0 {
		found = append(found, fineFinding("It writes to its disk, and throws nothing away."))
	}
	return found
}

// infoField returns a field of what INFO says.
func infoField(info, name string) string {
	for line := range strings.Lines(info) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), name+":"); ok {
			return value
		}
	}
	return ""
}
