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
	for half, seed := range map[string]uint64{"tune": 11, "heldout": 29} {
		if err := generate(os.Args[1], half, seed); err != nil {
			log.Fatal(err)
		}
	}
}

func generate(dir, half string, seed uint64) error {
	read := func(part string) (string, error) {
		b, err := os.ReadFile(filepath.Join(dir, half+"-"+part+".txt"))
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
	rnd := rand.New(rand.NewPCG(seed, seed))
	f := corpus.ReadFillers(fillers)
	var notes []corpus.Note
	for i, frame := range corpus.Lines(frames) {
		for v, voice := range corpus.Voices {
			n, err := corpus.Fill(fmt.Sprintf("%s-%03d-%d", half, i+1, v), frame, f, voice, rnd)
			if err != nil {
				return err
			}
			notes = append(notes, n)
		}
	}
	for i, frame := range corpus.Lines(clean) {
		for v, voice := range []corpus.Voice{corpus.Plain, corpus.Small} {
			n, err := corpus.Fill(fmt.Sprintf("%s-clean-%03d-%d", half, i+1, v), frame, f, voice, rnd)
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
	return os.WriteFile(filepath.Join(dir, half+".jsonl"), out.Bytes(), 0o644)
}
