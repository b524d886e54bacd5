package rules

import (
	"crypto/ed25519"
	"encoding/json"
	"strings"
	"testing"
)

// signer is a key that is always the same.
func signer(seed byte) (ed25519.PrivateKey, ed25519.PublicKey) {
	key := ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(rune(seed)), ed25519.SeedSize)))
	return key, key.Public().(ed25519.PublicKey)
}

func attested(t *testing.T, b *Book, key ed25519.PrivateKey) Attestation {
	t.Helper()
	pack, _ := b.Pack("US-AA")
	a, err := Attest(pack, "Jo Counsel", Date{2026, 3, 1}, Date{2026, 8, 31}, key)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAStatementIsShownInTheFindings(t *testing.T) {
	t.Parallel()
	b := testBook(t)
	key, public := signer('a')
	a := attested(t, b, key)

	reviewed, faults := b.Reviewed(Date{2026, 6, 1}, []ed25519.PublicKey{public}, a)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	q := testQuery(answers(t, b, `{"threat": true, "victim": "named"}`), "harm")
	after, before := evaluate(t, reviewed, q), evaluate(t, b, q)
	if len(after.Rules) != len(before.Rules) {
		t.Errorf("%d rules after the review, %d before", len(after.Rules), len(before.Rules))
	}
	for _, ref := range after.Packs {
		want := Review{}
		if ref.Jurisdiction == "US-AA" {
			want = Review{By: "Jo Counsel", On: Date{2026, 3, 1}, Until: Date{2026, 8, 31}}
		}
		if ref.Review != want {
			t.Errorf("%s shows %v", ref.Jurisdiction, ref.Review)
		}
	}
	for _, ref := range before.Packs {
		if ref.Review != (Review{}) {
			t.Errorf("the first book changed: %s shows %v", ref.Jurisdiction, ref.Review)
		}
	}
	if got := reviewed.Lint(Date{2026, 6, 1}); len(got) != len(b.Lint(Date{2026, 6, 1})) {
		t.Errorf("the reviewed book is linted otherwise: %v", got)
	}
}

func TestAStatementThatProvesNothingIsRefused(t *testing.T) {
	t.Parallel()
	key, public := signer('a')
	other, _ := signer('b')
	b := testBook(t)
	for _, test := range []struct {
		name  string
		book  *Book
		today Date
		alter func(a *Attestation)
		say   string
	}{
		{"on its first day it counts", b, Date{2026, 3, 1}, nil, ""},
		{"on its last day it counts", b, Date{2026, 8, 31}, nil, ""},
		{"before its first day it does not", b, Date{2026, 2, 28}, nil, "still to come"},
		{"after its last day it does not", b, Date{2026, 9, 1}, nil, "ended on 2026-08-31"},
		{
			"one word of the pack changed", testBook(t, "us-aa.yaml", "Protect the person in danger", "Protect a person in danger"),
			Date{2026, 6, 1},
			nil, "no pack of US-AA has the text",
		},
		{"its end was moved", b, Date{2026, 6, 1}, func(a *Attestation) { a.Until.Year = 2030 }, "not signed"},
		{"the name was changed", b, Date{2026, 6, 1}, func(a *Attestation) { a.By = "Somebody" }, "not signed"},
		{"the place was changed", b, Date{2026, 6, 1}, func(a *Attestation) { a.Jurisdiction = "US-BB" }, "not signed"},
		{"it has no signature", b, Date{2026, 6, 1}, func(a *Attestation) { a.Signature = nil }, "not signed"},
		{
			"a key that does not count signed it", b,
			Date{2026, 6, 1},
			func(a *Attestation) { a.Signature = ed25519.Sign(other, a.message()) }, "not signed",
		},
		{
			"nobody is named, though the signature is right", b,
			Date{2026, 6, 1},
			func(a *Attestation) { a.By = ""; a.Signature = ed25519.Sign(key, a.message()) }, "nobody is named",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := attested(t, b, key)
			if test.alter != nil {
				test.alter(&a)
			}
			reviewed, faults := test.book.Reviewed(test.today, []ed25519.PublicKey{{}, public}, a)
			pack, _ := reviewed.Pack("US-AA")
			if (pack.Review.By != "") != (test.say == "") || (len(faults) == 0) != (test.say == "") {
				t.Fatalf("reviewed by %q, faults %v", pack.Review.By, faults)
			}
			if test.say != "" && !strings.Contains(faults[0].String(), test.say) {
				t.Errorf("it says %q", faults[0])
			}
		})
	}
}

func TestOfTwoStatementsTheLaterEndCounts(t *testing.T) {
	t.Parallel()
	b := testBook(t)
	key, public := signer('a')
	long := attested(t, b, key)
	pack, _ := b.Pack("US-AA")
	short, err := Attest(pack, "Lee Counsel", Date{2026, 5, 1}, Date{2026, 7, 1}, key)
	if err != nil {
		t.Fatal(err)
	}
	for _, order := range [][]Attestation{{long, short}, {short, long}} {
		reviewed, _ := b.Reviewed(Date{2026, 6, 1}, []ed25519.PublicKey{public}, order...)
		if pack, _ := reviewed.Pack("US-AA"); pack.Review.By != "Jo Counsel" {
			t.Errorf("the review is by %s", pack.Review.By)
		}
	}
}

func TestNobodySignsWhatCannotBe(t *testing.T) {
	t.Parallel()
	pack, _ := testBook(t).Pack("US-AA")
	key, _ := signer('a')
	for name, sign := range map[string]func() (Attestation, error){
		"without a name": func() (Attestation, error) { return Attest(pack, "", Date{2026, 3, 1}, Date{2026, 8, 1}, key) },
		"without an end": func() (Attestation, error) { return Attest(pack, "Jo", Date{2026, 3, 1}, Date{}, key) },
		"ending before it begins": func() (Attestation, error) {
			return Attest(pack, "Jo", Date{2026, 3, 1}, Date{2026, 2, 1}, key)
		},
		"without a key": func() (Attestation, error) { return Attest(pack, "Jo", Date{2026, 3, 1}, Date{2026, 8, 1}, nil) },
	} {
		if a, err := sign(); err == nil {
			t.Errorf("%s: signed %v", name, a)
		}
	}
}

func TestAStatementSurvivesItsFile(t *testing.T) {
	t.Parallel()
	key, public := signer('a')
	data, err := json.Marshal(attested(t, testBook(t), key))
	if err != nil {
		t.Fatal(err)
	}
	var a Attestation
	if err := json.Unmarshal(data, &a); err != nil {
		t.Fatal(err)
	}
	if !a.Verify(public) || a.FileName() != "us-aa.attestation.json" {
		t.Errorf("read back as %s: %v", a.FileName(), a)
	}
}
