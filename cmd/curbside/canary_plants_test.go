package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// A plant is an identifier that is put through a door, and the parts of it that
// must be found nowhere afterwards.
type plant struct {
	kind  string
	text  string
	marks []string // nil is the whole text
}

// plants are identifiers of every category of 45 CFR 164.514(b)(2)(i), made so
// that nothing of the program's own reads like them.
var plants = []plant{
	{"a name", "Candelaria Whitfeldt", []string{"Candelaria", "Whitfeldt"}},
	{"a name without capitals", "thandeka oyelarin", []string{"thandeka", "oyelarin"}},
	{"a city", "Truckeeville", nil},
	{"a street", "4417 Aldergrove Rd", []string{"Aldergrove"}},
	{"a ZIP code", "97702-1143", nil},
	{"a date", "6/30/2021", nil},
	{"an age over 89", "aged 107", []string{"aged 107"}},
	{"a telephone number", "(614) 555-0188", []string{"555-0188"}},
	{"a fax number", "fax 614-555-0177", []string{"555-0177"}},
	{"an e-mail address", "cwhit.canary@example.net", nil},
	{"a Social Security number", "219-09-9937", nil},
	{"a chart number", "MRN 88412907", []string{"88412907"}},
	{"a plan's number", "member W992817364", []string{"W992817364"}},
	{"an account", "account 550199283746", []string{"550199283746"}},
	{"a licence", "license D0817449201", []string{"D0817449201"}},
	{"a plate", "plate 8KX2047", []string{"8KX2047"}},
	{"a vehicle", "VIN 1HGCM82633A004352", []string{"1HGCM82633A004352"}},
	{"a device", "serial PJN220193H", []string{"PJN220193H"}},
	{"a web address", "https://whitfeldt.example/blog", []string{"whitfeldt.example"}},
	{"a network address", "203.0.113.77", nil},
	{"a biometric", "fingerprint FP-77103-A", []string{"FP-77103"}},
	{"a photo", "IMG_88127.HEIC", []string{"IMG_88127", "88127.HEIC"}},
	{"a handle", "@candywhit_77", []string{"candywhit"}},
	{"an organization", "Oakhollow Elementary", []string{"Oakhollow"}},
	{"a position", "the coroner of Truckeeville County", []string{"Truckeeville"}},
	{"a court case", "State v. Whitfeldt, 26-CR-10417", []string{"Whitfeldt", "26-CR-10417"}},
	{"a code", "case CW-77120-XQ", []string{"CW-77120"}},
	{"a name in another script", "Владимир", nil},
	{"a name in look-alikes", "Сandelaria", nil},
}

func (p plant) searched() []string {
	if p.marks != nil {
		return p.marks
	}
	return []string{p.text}
}

// forms are the ways in which a program might have written a text down: as it
// is, quoted, coded for an address, a page or a form, in wide characters,
// backwards, in hexadecimal, and in base64, where it looks one of three ways by
// where it begins and its edges depend on what is beside it.
func forms(s string) map[string][]byte {
	wide := make([]byte, 0, 2*len(s))
	for _, unit := range utf16.Encode([]rune(s)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	backwards := []rune(s)
	slices.Reverse(backwards)
	all := map[string][]byte{
		"raw": []byte(s), "quoted": []byte(strings.Trim(strconv.QuoteToASCII(s), `"`)), "in a page": []byte(html.EscapeString(s)),
		"in an address": []byte(url.PathEscape(s)), "in a form": []byte(url.QueryEscape(s)), "escaped twice": []byte(url.QueryEscape(url.QueryEscape(s))),
		"UTF-16": wide, "backwards": []byte(string(backwards)), "hexadecimal": []byte(hex.EncodeToString([]byte(s))),
	}
	for shift := range 3 {
		padded := append(make([]byte, shift), s...)
		for name, coding := range map[string]*base64.Encoding{"base64": base64.StdEncoding, "base64 of addresses": base64.URLEncoding} {
			coded := coding.EncodeToString(padded)
			if from, to := []int{0, 2, 3}[shift], len(coded)-4; to-from >= 8 {
				all[name+", "+strconv.Itoa(shift)] = []byte(coded[from:to])
			}
		}
	}
	return all
}

// exact are the forms in which upper and lower case differ in meaning.
func exact(form string) bool { return strings.HasPrefix(form, "base64") }

// A sieve finds plants in what was written.
type sieve struct {
	lowered, cased map[string]string // what is looked for, to whose it is and in which form
}

func newSieve(all ...plant) *sieve {
	s := &sieve{lowered: map[string]string{}, cased: map[string]string{}}
	for _, p := range all {
		for _, text := range p.searched() {
			for form, written := range forms(text) {
				if exact(form) {
					s.cased[string(written)] = p.kind + ", " + form
				} else {
					s.lowered[strings.ToLower(string(written))] = p.kind + ", " + form
				}
			}
		}
	}
	return s
}

// find names the plants that content holds, and the forms in which it does.
func (s *sieve) find(content []byte) []string {
	var found []string
	low := bytes.ToLower(content)
	for text, whose := range s.lowered {
		if bytes.Contains(low, []byte(text)) {
			found = append(found, whose)
		}
	}
	for text, whose := range s.cased {
		if bytes.Contains(content, []byte(text)) {
			found = append(found, whose)
		}
	}
	slices.Sort(found)
	return found
}

func TestTheSieveFindsAPlantInEveryForm(t *testing.T) {
	t.Parallel()
	s := newSieve(plants...)
	for _, p := range plants {
		for form, written := range forms(p.searched()[0]) {
			content := slices.Concat([]byte(`{"a":"`), written, []byte(`"}`))
			if found := s.find(content); len(found) == 0 {
				t.Errorf("%s, %s: not found", p.kind, form)
			}
		}
	}
	if found := s.find([]byte("amber-heron-42, Cal. Civ. Code § 43.92, imminent: now or within days")); len(found) > 0 {
		t.Errorf("finds %v where nothing is", found)
	}
}
