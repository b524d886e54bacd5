package main

import (
	"encoding/binary"
	"errors"
)

var errCut = errors.New("cities.pbf is cut short")

// cities reads length-prefixed protocol buffer messages: field 2 is the name,
// field 9 the number of people.
func cities(b []byte, found func(name string, people uint64)) error {
	for len(b) > 0 {
		size, n := binary.Uvarint(b)
		if n <= 0 || uint64(len(b)-n) < size {
			return errCut
		}
		message := b[n : n+int(size)]
		b = b[n+int(size):]
		if err := city(message, found); err != nil {
			return err
		}
	}
	return nil
}

func city(b []byte, found func(string, uint64)) error {
	var name string
	var people uint64
	for len(b) > 0 {
		key, n := binary.Uvarint(b)
		if n <= 0 {
			return errCut
		}
		value, m := binary.Uvarint(b[n:])
		if m <= 0 {
			return errCut
		}
		b = b[n+m:]
		if key&7 == 2 {
			if uint64(len(b)) < value {
				return errCut
			}
			if key>>3 == 2 {
				name = string(b[:value])
			}
			b = b[value:]
		} else if key>>3 == 9 {
			people = value
		}
	}
	found(name, people)
	return nil
}
