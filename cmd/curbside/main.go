// Command curbside runs consultations for therapists in team chat.
package main

import (
	"context"
	"os"
	_ "time/tzdata" // a container has no time zones of its own
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
