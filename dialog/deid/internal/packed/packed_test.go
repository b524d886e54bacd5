package packed_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"curbside/dialog/deid/internal/packed"
)

func unpack(s string) (map[string][]string, error) {
	words, err := packed.Open(s)
	if err != nil {
		return nil, err
	}
	lists := make(map[string][]string)
	err = words.Each(func(word []byte, set int) {
		for i, name := range words.Lists {
			if words.Sets[set]>>i&1 != 0 {
				lists[name] = append(lists[name], string(word))
			}
		}
	})
	return lists, err
}

// many returns lists that overlap in more ways than one byte tells.
func many() map[string][]string {
	lists := make(map[string][]string)
	for i := range 9 {
		for w := range 200 {
			if w>>i&1 != 0 {
				name := fmt.Sprint("list", i)
				lists[name] = append(lists[name], fmt.Sprintf("word %03d", w))
			}
		}
	}
	return lists
}

// everywhere returns as many lists as there may be, with one word in all of them.
func everywhere() map[string][]string {
	lists := make(map[string][]string)
	for i := range 64 {
		lists[fmt.Sprint("list", i)] = []string{"word"}
	}
	return lists
}

func TestWhatWasPackedIsUnpackedAsItWas(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]map[string][]string{
		"one word":     {"a": {"b"}},
		"some overlap": {"given": {"ann", "anna", "anne marie"}, "words": {"ann", "zebra"}},
		"many sets":    many(),
		"every list":   everywhere(),
	} {
		b, err := packed.Pack(want)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := unpack(string(b))
		if err != nil || !maps.EqualFunc(got, want, slices.Equal[[]string]) {
			t.Errorf("%s: unpacked %v, %v", name, got, err)
		}
	}
}

func TestNoWordIsPackedThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"", string(make([]byte, 256))} {
		if _, err := packed.Pack(map[string][]string{"a": {word}}); err == nil {
			t.Errorf("packed a word of %d bytes", len(word))
		}
	}
}

func TestDamagedListsAreRefusedAndNeverPanic(t *testing.T) {
	t.Parallel()
	b, err := packed.Pack(many())
	if err != nil {
		t.Fatal(err)
	}
	for i := range b {
		_, _ = unpack(string(b[:i]))
		for _, bad := range []byte{0, 0x80, 0xFF} {
			damaged := slices.Clone(b)
			damaged[i] = bad
			_, _ = unpack(string(damaged))
		}
	}
	for _, cut := range []string{"", "\x00", "\x01", "\x01\x01a\x01\x01", string(b[:len(b)-1])} {
		if _, err := unpack(cut); err == nil {
			t.Errorf("%d of %d bytes unpack", len(cut), len(b))
		}
	}
}
