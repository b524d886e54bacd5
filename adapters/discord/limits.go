package discord

// Discord's documented limits, in the units in which Discord counts. Text is
// kept a tenth below, because it is not documented how signs outside the basic
// plane are counted.
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxEmbedText   = 5400 // of 6000, over all embeds of a message
	maxDescription = 3680 // of 4096
	maxDraft       = 4200 // of maxEmbedText, so that there is room to say what is wrong
	maxEmbedTitle  = 230  // of 256
	maxRows        = 5
	maxRowButtons  = 5
	maxOptions     = 25
	maxButtonLabel = 80
	maxOptionText  = 100
	maxPlaceholder = 150
	maxCustomID    = 100
	maxModalTitle  = 45
	maxInputLabel  = 45
	maxInputHint   = 100
	maxInputText   = 4000
	maxModalFields = 5
	maxNonce       = 25
	maxThreadName  = 100
)

// width is the length of a text as Discord's clients count it: in UTF-16 units.
func width(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// shortened cuts a plain text to n units, with a sign that it was cut.
func shortened(text string, n int) string {
	if width(text) <= n {
		return text
	}
	used, end := 1, 0 // one for the sign
	for i, r := range text {
		if used += width(string(r)); used > n {
			break
		}
		end = i + len(string(r))
	}
	return text[:end] + "…"
}
