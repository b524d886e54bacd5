package slackfake

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
)

func TestMarkupIsReadAsSlackShowsIt(t *testing.T) {
	for written, want := range map[string]string{
		"*bold* and _low_ and ~no~ and `code`": "bold and low and no and code",
		"a*b*c and snake_case_name and 2 * 3":  "a*b*c and snake_case_name and 2 * 3",
		"&lt;!channel&gt; &amp;amp;":           "<!channel> &amp;",
		"<!channel> <@U0SAM> <#C0X|consults>":  "@channel @U0SAM consults",
		"<https://example.test|the law>":       "the law",
		"&gt; quoted\nnot":                     "quoted\nnot",
		"<!date^1700000000^{date}|Nov 14>":     "Nov 14",
		":warning: at 10:30:15":                "⚠ at 10:30:15",
		"```\n*as is*```":                      "\n*as is*",
	} {
		if got := mrkdwn(written); got != want {
			t.Errorf("%q shows as %q, want %q", written, got, want)
		}
	}
	off := false
	if got := plain(&Text{Type: "plain_text", Text: "*as* <!channel> :warning:", Emoji: &off}); got != "*as* <!channel> :warning:" {
		t.Errorf("plain text shows as %q", got)
	}
}

func TestMentionsAreFoundWhereSlackFindsThem(t *testing.T) {
	for blocks, want := range map[string]Mentions{
		`[{"type":"section","text":{"type":"mrkdwn","text":"<@U0SAM> please, <!here>"}}]`:                                                                     {[]string{"U0SAM"}, true},
		`[{"type":"section","text":{"type":"plain_text","text":"<@U0SAM> <!channel>"}}]`:                                                                      {nil, false},
		`[{"type":"section","text":{"type":"mrkdwn","text":"&lt;@U0SAM&gt; &lt;!channel&gt;"}}]`:                                                              {nil, false},
		`[{"type":"context","elements":[{"type":"mrkdwn","text":"<@U0SAM|sam>"}]}]`:                                                                           {[]string{"U0SAM"}, false},
		`[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"<@U1>"}]}]}]`:                                        {nil, false},
		`[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"user","user_id":"U0SAM"},{"type":"broadcast","range":"here"}]}]}]`: {[]string{"U0SAM"}, true},
	} {
		list, c := checkBlocks(json.RawMessage(blocks), onMessage, ids())
		if len(c.faults) > 0 {
			t.Errorf("%s: %v", blocks, c.faults)
		}
		if got := mentioned("", list); !slices.Equal(got.People, want.People) || got.Channel != want.Channel {
			t.Errorf("%s calls %+v, want %+v", blocks, got, want)
		}
	}
	if got := mentioned("<!everyone> <@U0KIM>", nil); !got.Channel || !slices.Equal(got.People, []string{"U0KIM"}) {
		t.Errorf("the top-level text calls %+v", got)
	}
}

func TestLinksAreFoundWhereverTheyStand(t *testing.T) {
	blocks, _ := checkBlocks(json.RawMessage(`[
		{"type":"section","text":{"type":"mrkdwn","text":"<https://a.test|a> <!here> <@U1>"}},
		{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"link","url":"https://b.test","text":"b"}]}]},
		{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"c"},"url":"https://c.test"}]}
	]`), onMessage, ids())
	got := Message{Blocks: blocks}.Links()
	slices.Sort(got)
	if want := []string{"https://a.test", "https://b.test", "https://c.test"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// ids makes a new id each time.
func ids() func() string {
	n := 0
	return func() string { n++; return fmt.Sprint("b", n) }
}
