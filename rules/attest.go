package rules

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
)

// An Attestation is counsel's signed statement to have read the text of one
// pack. It is bound to that text by its hash: any change of the text voids it.
type Attestation struct {
	Jurisdiction JurisdictionID `json:"jurisdiction"`
	Hash         string         `json:"hash"` // of the pack, as [Pack] has it
	By           string         `json:"by"`
	On           Date           `json:"on"`
	Until        Date           `json:"until"`     // the last day on which it counts
	Signature    []byte         `json:"signature"` // Ed25519 over all of the above
}

// attestationPurpose keeps a signature made for anything else from counting here.
const attestationPurpose = "curbside attestation 1"

// Attest signs that by has read the pack's text on a day, and relies on it
// until another. The error says what of that cannot be.
func Attest(p *Pack, by string, on, until Date, key ed25519.PrivateKey) (Attestation, error) {
	a := Attestation{Jurisdiction: p.Jurisdiction, Hash: p.Hash, By: by, On: on, Until: until}
	if len(key) != ed25519.PrivateKeySize {
		return Attestation{}, errors.New("sign the attestation: the key is no Ed25519 key")
	}
	if what := a.incomplete(); what != "" {
		return Attestation{}, fmt.Errorf("sign the attestation: %s", what)
	}
	a.Signature = ed25519.Sign(key, a.message())
	return a, nil
}

// Verify reports whether one of keys signed exactly this. It says nothing of
// the day or of any pack; [Book.Reviewed] does.
func (a Attestation) Verify(keys ...ed25519.PublicKey) bool {
	return slices.ContainsFunc(keys, func(key ed25519.PublicKey) bool {
		return len(key) == ed25519.PublicKeySize && ed25519.Verify(key, a.message(), a.Signature)
	})
}

// FileName is what the statement's file is called: "us-ca.attestation.json".
func (a Attestation) FileName() string { return fileStem(a.Jurisdiction) + ".attestation.json" }

// Reviewed returns a book whose packs carry the reviews that the statements
// prove today, and a fault for every statement that proves none: it is not
// signed by one of keys, no pack has the text it is bound to, or the day is not
// within its days. Of two that prove a review of one pack the later end counts.
// b stays as it is.
func (b *Book) Reviewed(today Date, keys []ed25519.PublicKey, statements ...Attestation) (*Book, []Fault) {
	reviewed := b.clone()
	var faults []Fault
	for _, a := range statements {
		if what, remedy := b.void(a, today, keys); what != "" {
			faults = append(faults, Fault{File: a.FileName(), Severity: Error, What: what, Remedy: remedy})
			continue
		}
		reviewed.review(a)
	}
	return reviewed, faults
}

// void says why a statement proves nothing, or "".
func (b *Book) void(a Attestation, today Date, keys []ed25519.PublicKey) (what, remedy string) {
	switch {
	case !a.Verify(keys...):
		return "the statement is not signed by a key that counts, or was changed after it was signed", "have counsel sign again, or name counsel's key"
	case a.incomplete() != "":
		return a.incomplete(), "have counsel sign again"
	case today.Before(a.On):
		return fmt.Sprintf("the statement is dated %s, which is still to come", a.On), "look at the clock of this machine, or have counsel sign again"
	case a.Until.Before(today):
		return fmt.Sprintf("the statement ended on %s", a.Until), "have counsel read the pack again and sign"
	case !slices.ContainsFunc(b.packs[a.Jurisdiction], a.covers):
		return fmt.Sprintf("no pack of %s has the text that was read", a.Jurisdiction), "have counsel read what has changed and sign again"
	}
	return "", ""
}

func (a Attestation) covers(p *Pack) bool {
	return p.Jurisdiction == a.Jurisdiction && p.Hash == a.Hash
}

// review puts a copy of each pack that a covers in its place, with the review.
func (b *Book) review(a Attestation) {
	packs := b.packs[a.Jurisdiction]
	for i, p := range packs {
		if !a.covers(p) || a.Until.Before(p.Review.Until) {
			continue
		}
		c := *p
		c.Review = Review{By: a.By, On: a.On, Until: a.Until}
		packs[i] = &c
		b.rulesOf[&c], b.origins[&c] = b.rulesOf[p], b.origins[p]
		delete(b.rulesOf, p)
		delete(b.origins, p)
	}
}

// incomplete says what keeps the statement from being one, or "".
func (a Attestation) incomplete() string {
	switch {
	case a.By == "":
		return "nobody is named as the reader"
	case a.On.IsZero() || a.Until.IsZero():
		return "the first or the last day is missing"
	case a.Until.Before(a.On):
		return fmt.Sprintf("it would end on %s, before the day of reading, %s", a.Until, a.On)
	}
	return ""
}

// message is what is signed: every field with its length, so that no two
// statements have the same.
func (a Attestation) message() []byte {
	var b []byte
	for _, s := range []string{attestationPurpose, string(a.Jurisdiction), a.Hash, a.By, a.On.String(), a.Until.String()} {
		b = appendText(b, s)
	}
	sum := sha256.Sum256(b)
	return sum[:]
}
