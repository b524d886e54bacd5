package discord

import (
	"strings"
	"unicode"
)

// escaped returns text so that Discord shows it as it was written: nothing in it
// is bold, a link, a list, a mention or a quotation.
func escaped(text string) string {
	var out strings.Builder
	out.Grow(len(text) + len(text)/8)
	lineStart, digits := true, false
	for i, r := range text {
		switch {
		case strings.ContainsRune("\\*_~`|<>[]@#", r),
			r == ':' && strings.HasPrefix(text[i:], "://"),
			lineStart && (r == '-' || r == '+'),
			digits && (r == '.' || r == ')'):
			out.WriteByte('\\')
		}
		out.WriteRune(r)
		digits = r >= '0' && r <= '9' && (lineStart || digits)
		lineStart = r == '\n' || lineStart && r == ' '
	}
	return out.String()
}

// unescaped returns the text of which [escaped] made markdown. It is false for
// what [escaped] does not write.
func unescaped(markdown string) (text string, ok bool) {
	var out strings.Builder
	for i := 0; i < len(markdown); i++ {
		if markdown[i] == '\\' && i+1 < len(markdown) {
			i++
		}
		out.WriteByte(markdown[i])
	}
	text = out.String()
	return text, escaped(text) == markdown
}

// bare returns text as Discord gives it back: without the white space around it,
// which Discord takes away, and without what nobody sees there.
func bare(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r != '\n' && unicode.IsControl(r):
			return -1
		default:
			return r
		}
	}, text)
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) })
}

// bold sets a plain text in bold.
func bold(text string) string {
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	return "**" + escaped(text) + "**"
}

// small sets every line of a plain text in small type.
func small(text string) string { return prefixed("-# ", text) }

// prefixed puts a mark before every line of a plain text that holds something.
func prefixed(mark, text string) string {
	lines := strings.Split(escaped(text), "\n")
	for i, line := range lines {
		if strings.TrimSpace(line) != "" {
			lines[i] = mark + line
		}
	}
	return strings.Join(lines, "\n")
}
