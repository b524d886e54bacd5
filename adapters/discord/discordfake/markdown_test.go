package discordfake

import "testing"

func TestTextIsReadAsDiscordShowsIt(t *testing.T) {
	names := map[string]string{"1": "Dana", "2": "consults"}
	for source, want := range map[string]string{
		"plain text, 2 * 3 * 4":            "plain text, 2 * 3 * 4",
		"**bold** and *italic* and _so_":   "bold and italic and so",
		"__under__ ~~gone~~ ||hidden||":    "under gone hidden",
		`\*\*not bold\*\* \_no\_`:          "**not bold** _no_",
		`a back\slash stays, \\ is one`:    `a back\slash stays, \ is one`,
		"snake_case_name stays":            "snake_case_name stays",
		"`**code**` and ``a ` b``":         "**code** and a ` b",
		"```\n**code**\n```":               "\n**code**\n",
		"# Head\n### Third\n-# small":      "Head\nThird\nsmall",
		"#not a head, ####neither":         "#not a head, ####neither",
		"> said\n>not said":                "said\n>not said",
		"- one\n* two":                     "• one\n• two",
		"<@1> <@!1> <#2> <@&9>":            "@Dana @Dana #consults @",
		`\<@1> <@U1|x> <!channel>`:         "<@1> <@U1|x> <!channel>",
		"<t:0:F> <:wave:12> </consult:12>": "January 1, 1970 00:00 :wave: /consult",
		"[words](https://example.test/a)":  "words",
		`\[words](https://example.test/a)`: "[words](https://example.test/a)",
		"[words](javascript:x)":            "[words](javascript:x)",
		"see https://example.test/a_b_c.":  "see https://example.test/a_b_c.",
		`see https://example.test/a\_b`:    `see https://example.test/a\_b`,
		`see https\://example.test/a\_b`:   "see https://example.test/a_b",
		"<https://example.test>":           "https://example.test",
		"**open and *open":                 "**open and *open",
		"&amp; <script> {{.}}":             "&amp; <script> {{.}}",
		"**all of *this* is bold**":        "all of this is bold",
		"**bold\\** still**":               "bold** still",
		"":                                 "",
	} {
		if got := rendered(source, names); got != want {
			t.Errorf("%q is read as %q, want %q", source, got, want)
		}
	}
}

func FuzzRenderingNeverPanics(f *testing.F) {
	for _, seed := range []string{"**", "`", "```", "<@", "[a](", `\`, "_a", "||||", "# ", "<t:9999999999999999999>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) { rendered(source, nil) })
}
