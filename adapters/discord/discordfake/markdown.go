package discordfake

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

var (
	heading   = regexp.MustCompile(`^(#{1,3}|-#)\s+`)
	quotation = regexp.MustCompile(`^(>>>|>)\s`)
	bullet    = regexp.MustCompile(`^(\s*)[-*+]\s+`)
	token     = regexp.MustCompile(`^<(@!?|@&|#|/[^:>]+:|a?:\w+:|t:)(-?\d+)(:[a-zA-Z])?>`)
	autolink  = regexp.MustCompile(`^<(https?://[^ >]+)>`)
	bareLink  = regexp.MustCompile(`^https?://[^\s<]*[^<.,:;"')\]\s]`)
	masked    = regexp.MustCompile(`^\[((?:\\.|[^\\\[\]])+)\]\(<?(https?://[^\s()<>]+)>?\)`)
)

// rendered is a text as its reader sees it on Discord: markup does what it does
// there, so that what was meant to be seen and was not escaped is missing. names
// are those of people and channels by id.
func rendered(source string, names map[string]string) string {
	var out strings.Builder
	rest := source
	for rest != "" {
		fence := strings.Index(rest, "```")
		if fence < 0 {
			break
		}
		end := strings.Index(rest[fence+3:], "```")
		if end <= 0 {
			break
		}
		out.WriteString(blocks(rest[:fence], names))
		out.WriteString(rest[fence+3 : fence+3+end])
		rest = rest[fence+6+end:]
	}
	out.WriteString(blocks(rest, names))
	return out.String()
}

// blocks renders line by line, without what begins a line.
func blocks(text string, names map[string]string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if m := quotation.FindString(line); m != "" {
			line = line[len(m):]
		}
		if m := bullet.FindStringSubmatch(line); m != nil {
			line = m[1] + "• " + line[len(m[0]):]
		} else if m := heading.FindString(line); m != "" {
			line = line[len(m):]
		}
		lines[i] = line
	}
	return inline(strings.Join(lines, "\n"), names)
}

// inline renders what stands within lines.
func inline(s string, names map[string]string) string {
	var out strings.Builder
	var before rune
	for s != "" {
		text, used := span(s, before, names)
		out.WriteString(text)
		before, _ = utf8.DecodeLastRuneInString(s[:used])
		s = s[used:]
	}
	return out.String()
}

// span renders what s begins with and says how much of s that was.
func span(s string, before rune, names map[string]string) (text string, used int) {
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case '\\':
		if next, n := utf8.DecodeRuneInString(s[1:]); n > 0 && !unicode.IsSpace(next) && !alphanumeric(next) {
			return string(next), 1 + n
		}
	case '<':
		if m := token.FindStringSubmatch(s); m != nil {
			return named(m, names), len(m[0])
		}
		if m := autolink.FindStringSubmatch(s); m != nil {
			return m[1], len(m[0])
		}
	case '[':
		if m := masked.FindStringSubmatch(s); m != nil {
			return inline(m[1], names), len(m[0])
		}
	case 'h':
		if m := bareLink.FindString(s); m != "" {
			return m, len(m)
		}
	case '`':
		ticks := len(s) - len(strings.TrimLeft(s, "`"))
		if end := strings.Index(s[ticks:], strings.Repeat("`", ticks)); end > 0 {
			return s[ticks : ticks+end], 2*ticks + end
		}
	case '*', '_', '~', '|':
		if inner, n := emphasis(s, before); n > 0 {
			return inline(inner, names), n
		}
	}
	return s[:size], size
}

func alphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// emphasis finds what stands between two marks that set it apart.
func emphasis(s string, before rune) (inner string, used int) {
	for _, mark := range []string{"**", "__", "~~", "||", "*", "_"} {
		if !strings.HasPrefix(s, mark) {
			continue
		}
		single := len(mark) == 1
		if rest := s[len(mark):]; single && (rest == "" || unicode.IsSpace(rune(rest[0]))) || mark == "_" && alphanumeric(before) {
			continue
		}
		if end := closing(s, mark); end > 0 {
			return s[len(mark):end], end + len(mark)
		}
	}
	return "", 0
}

// closing finds the mark that ends what s begins, unless it is escaped or part
// of a longer one.
func closing(s, mark string) int {
	for i := len(mark); i < len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		if !strings.HasPrefix(s[i:], mark) || i == len(mark) {
			continue
		}
		after := s[i+len(mark):]
		if strings.HasPrefix(after, mark[:1]) && mark != "||" {
			if len(mark) == 1 {
				i++ // a pair within
			}
			continue
		}
		if mark == "_" && after != "" && alphanumeric(rune(after[0])) || mark == "*" && unicode.IsSpace(rune(s[i-1])) {
			continue
		}
		return i
	}
	return -1
}

// named is what stands where a mention, an emoji or a time is written.
func named(m []string, names map[string]string) string {
	kind, id := m[1], m[2]
	switch {
	case kind == "t:":
		seconds, _ := strconv.ParseInt(id, 10, 64)
		return time.Unix(seconds, 0).UTC().Format("January 2, 2006 15:04")
	case strings.HasPrefix(kind, "@"):
		return "@" + names[id]
	case kind == "#":
		return "#" + names[id]
	case strings.HasPrefix(kind, "/"):
		return strings.TrimSuffix(kind, ":")
	default:
		return strings.TrimPrefix(kind, "a")
	}
}
