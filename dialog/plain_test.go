package dialog

import (
	"fmt"
	"strings"
	"time"
)

// plain writes a view as text, so that a golden file reads like the card.
func plain(v View) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", v.Title)
	if v.Status != "" {
		fmt.Fprintf(&b, "%s\n", v.Status)
	}
	for _, block := range v.Blocks {
		b.WriteString("\n" + plainBlock(block))
	}
	fmt.Fprintf(&b, "\n(notification: %s)\n", v.Fallback)
	return b.String()
}

func plainBlock(block Block) string {
	var b strings.Builder
	switch x := block.(type) {
	case Text:
		fmt.Fprintf(&b, "%s%s\n", plainTone(x.Tone), x.Text)
	case Pairs:
		if x.Title != "" {
			fmt.Fprintf(&b, "%s\n", x.Title)
		}
		for _, p := range x.Items {
			fmt.Fprintf(&b, "  %s: %s%s\n", p.Label, p.Value, plainButton(p.Change))
		}
	case List:
		fmt.Fprintf(&b, "%s%s\n", plainTone(x.Tone), x.Title)
		for _, item := range x.Items {
			fmt.Fprintf(&b, "  - %s\n", item)
		}
	case Law:
		fmt.Fprintf(&b, "| %s: %s\n| %s\n", strings.ToUpper(x.Effect), x.Title, x.Text)
		for _, p := range x.Points {
			fmt.Fprintf(&b, "|   · %s\n", p)
		}
		fmt.Fprintf(&b, "|   %s\n|   %s\n", strings.Join(x.Citations, "; "), x.Footer)
	case Choices:
		fmt.Fprintf(&b, "? %s\n", x.Prompt)
		if x.Help != "" {
			fmt.Fprintf(&b, "  %s\n", x.Help)
		}
		for _, o := range x.Options {
			mark := map[bool]string{true: "x", false: " "}[o.Selected]
			fmt.Fprintf(&b, "  (%s) %s%s\n", mark, o.Label, map[bool]string{true: "", false: " — " + o.Help}[o.Help == ""])
		}
		if x.Multiple {
			fmt.Fprintf(&b, "  [%s]\n", x.Label)
		}
	case Buttons:
		for i := range x.Items {
			b.WriteString(plainButton(&x.Items[i]))
		}
		b.WriteString("\n")
	case Checklist:
		fmt.Fprintf(&b, "%s\n", x.Title)
		for _, item := range x.Items {
			mark := map[bool]string{true: "x", false: " "}[item.Done != ""]
			fmt.Fprintf(&b, "  [%s] %s%s\n", mark, item.Label, plainButton(item.Press))
			for _, more := range []string{item.Detail, item.Done} {
				if more != "" {
					fmt.Fprintf(&b, "      %s\n", more)
				}
			}
		}
	case Clock:
		fmt.Fprintf(&b, "⏱ %s, due %s\n", x.Label, x.Due.UTC().Format(time.DateTime))
	case Pointer:
		fmt.Fprintf(&b, "→ %s\n", x.Label)
	}
	return b.String()
}

func plainButton(b *Button) string {
	if b == nil {
		return ""
	}
	return " [" + map[ButtonStyle]string{StylePrimary: "*", StyleDanger: "!"}[b.Style] + b.Label + "]"
}

func plainTone(t Tone) string {
	if t == TonePlain {
		return ""
	}
	return "(" + string(t) + ") "
}
