// Command generate writes the labelled notes from the frames and fillers beside
// them. The seeds are fixed, so that it always writes the same notes.
//
//	go run ./dialog/deid/internal/corpus/generate dialog/deid/testdata/corpus
package main

import (
	"bytes"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"

	"curbside/dialog/deid/internal/corpus"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: generate FOLDER")
	}
	for _, h := range []half{{"tune", 11, 4}, {"heldout", 29, 1}, {"fresh", 41, 1}, {"later", 53, 1}} {
		if err := generate(os.Args[1], h); err != nil {
			log.Fatal(err)
		}
	}
}

// A half of the notes: its files, its seed, and how often each frame is filled.
type half struct {
	name   string
	seed   uint64
	rounds int
}

func generate(dir string, h half) error {
	read := func(part string) (string, error) {
		b, err := os.ReadFile(filepath.Join(dir, h.name+"-"+part+".txt"))
		return string(b), err
	}
	frames, err := read("frames")
	if err != nil {
		return err
	}
	clean, err := read("clean")
	if err != nil {
		return err
	}
	fillers, err := read("fillers")
	if err != nil {
		return err
	}
	rnd := rand.New(rand.NewPCG(h.seed, h.seed))
	f := corpus.ReadFillers(fillers)
	var notes []corpus.Note
	for round := range h.rounds {
		for i, frame := range corpus.Lines(frames) {
			for v, voice := range corpus.Voices {
				n, err := corpus.Fill(fmt.Sprintf("%s-%03d-%d", h.name, i+1, round*len(corpus.Voices)+v), frame, f, voice, rnd)
				if err != nil {
					return err
				}
				notes = append(notes, n)
			}
		}
	}
	for i, frame := range corpus.Lines(clean) {
		for v, voice := range []corpus.Voice{corpus.Plain, corpus.Small} {
			n, err := corpus.Fill(fmt.Sprintf("%s-clean-%03d-%d", h.name, i+1, v), frame, f, voice, rnd)
			if err != nil {
				return err
			}
			notes = append(notes, n)
		}
	}
	var out bytes.Buffer
	if err := corpus.Write(&out, notes); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, h.name+".jsonl"), out.Bytes(), 0o644)
}
