package main

import (
	"fmt"

	"github.com/redis/go-redis/v9"
	"github.com/spf13/cobra"

	"curbside/bot/store"
)

// A redisOf connects to the Redis of a practice, by its file of settings.
type redisOf func(configPath string) (redis.UniversalClient, error)

// A redisSource says by its flags which Redis a command looks into.
type redisSource struct {
	practice redisOf
	url      string
	config   string
}

func (s *redisSource) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.config, "config", "", "the practice's file of settings, which says where its Redis is")
	cmd.Flags().StringVar(&s.url, "redis", "", "the address of a Redis, such as redis://localhost:6379/0")
}

// open connects; the client is to be closed.
func (s *redisSource) open(cmd *cobra.Command) (redis.UniversalClient, error) {
	switch {
	case (s.url == "") == (s.config == ""):
		return nil, usageError{command: cmd.CommandPath(), cause: fmt.Errorf("%s needs either --config or --redis", cmd.CommandPath())}
	case s.url != "":
		options, err := store.ParseURL(s.url)
		if err != nil {
			return nil, usageError{command: cmd.CommandPath(), cause: err}
		}
		return store.NewClient(options), nil
	default:
		return s.practice(s.config)
	}
}
