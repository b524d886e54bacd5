package discordfake

import (
	"strings"
	"testing"
)

// many joins n of the same, with its number in place of a #.
func many(n int, one string) string {
	var all []string
	for i := range n {
		all = append(all, strings.ReplaceAll(one, "#", string(rune('A'+i/26))+string(rune('a'+i%26))))
	}
	return strings.Join(all, ",")
}

func TestEveryLimitOfAMessageHolds(t *testing.T) {
	s := server(t, Options{})
	button := func(rest string) string {
		return `{"components":[{"type":1,"components":[{"type":2,"style":1,` + rest + `}]}]}`
	}
	menu := func(rest string) string {
		return `{"components":[{"type":1,"components":[{"type":3,"custom_id":"m",` + rest + `}]}]}`
	}
	embed := func(rest string) string { return `{"embeds":[{` + rest + `}]}` }
	one := `{"type":2,"style":1,"label":"x","custom_id":"#"}`
	for name, test := range map[string]struct {
		body string
		code int
	}{
		"2000 characters of content":            {`{"content":"` + long(2000) + `","allowed_mentions":{"parse":[]}}`, 0},
		"2001 characters of content":            {`{"content":"` + long(2001) + `"}`, codeInvalidForm},
		"1001 emoji of content":                 {`{"content":"` + strings.Repeat("😀", 1001) + `"}`, codeInvalidForm},
		"nothing at all":                        {`{}`, codeEmptyMessage},
		"spaces alone":                          {`{"content":"  \n "}`, codeEmptyMessage},
		"an embed of spaces":                    {embed(`"description":""`), codeEmptyMessage},
		"what is no JSON":                       {`{"content":`, codeInvalidForm},
		"content of the wrong type":             {`{"content":7}`, codeInvalidForm},
		"ten embeds":                            {`{"embeds":[` + many(10, `{"description":"#"}`) + `]}`, 0},
		"eleven embeds":                         {`{"embeds":[` + many(11, `{"description":"#"}`) + `]}`, codeInvalidForm},
		"a title of 256":                        {embed(`"title":"` + long(256) + `"`), 0},
		"a title of 257":                        {embed(`"title":"` + long(257) + `"`), codeInvalidForm},
		"a description of 4096":                 {embed(`"description":"` + long(4096) + `"`), 0},
		"a description of 4097":                 {embed(`"description":"` + long(4097) + `"`), codeInvalidForm},
		"25 fields":                             {embed(`"fields":[` + many(25, `{"name":"#","value":"v"}`) + `]`), 0},
		"26 fields":                             {embed(`"fields":[` + many(26, `{"name":"#","value":"v"}`) + `]`), codeInvalidForm},
		"a field without a value":               {embed(`"fields":[{"name":"n","value":""}]`), codeInvalidForm},
		"a field's name of 257":                 {embed(`"fields":[{"name":"` + long(257) + `","value":"v"}]`), codeInvalidForm},
		"a field's value of 1025":               {embed(`"fields":[{"name":"n","value":"` + long(1025) + `"}]`), codeInvalidForm},
		"a footer of 2049":                      {embed(`"footer":{"text":"` + long(2049) + `"}`), codeInvalidForm},
		"an author of 257":                      {embed(`"author":{"name":"` + long(257) + `"}`), codeInvalidForm},
		"6000 characters over all embeds":       {`{"embeds":[{"description":"` + long(4000) + `"},{"description":"` + long(2000) + `"}]}`, 0},
		"6001 characters over all embeds":       {`{"embeds":[{"description":"` + long(4000) + `"},{"description":"` + long(2001) + `"}]}`, codeInvalidForm},
		"a colour of more than three bytes":     {embed(`"description":"x","color":16777216`), codeInvalidForm},
		"a row of five buttons":                 {`{"components":[{"type":1,"components":[` + many(5, one) + `]}]}`, 0},
		"a row of six buttons":                  {`{"components":[{"type":1,"components":[` + many(6, one) + `]}]}`, codeInvalidForm},
		"five rows":                             {`{"components":[` + many(5, `{"type":1,"components":[`+one+`]}`) + `]}`, 0},
		"six rows":                              {`{"components":[` + many(6, `{"type":1,"components":[`+one+`]}`) + `]}`, codeInvalidForm},
		"an empty row":                          {`{"components":[{"type":1,"components":[]}]}`, codeInvalidForm},
		"a button outside a row":                {`{"components":[` + many(1, one) + `]}`, codeInvalidForm},
		"a select beside a button":              {`{"components":[{"type":1,"components":[` + many(1, one) + `,{"type":3,"custom_id":"m","options":[{"label":"l","value":"v"}]}]}]}`, codeInvalidForm},
		"a text input in a message":             {`{"components":[{"type":1,"components":[{"type":4,"custom_id":"i","style":1,"label":"l"}]}]}`, codeInvalidForm},
		"the same id twice":                     {`{"components":[{"type":1,"components":[` + strings.ReplaceAll(many(1, one)+","+many(1, one), "#", "x") + `]}]}`, codeInvalidForm},
		"an id of 100":                          {button(`"label":"x","custom_id":"` + long(100) + `"`), 0},
		"an id of 101":                          {button(`"label":"x","custom_id":"` + long(101) + `"`), codeInvalidForm},
		"no id":                                 {button(`"label":"x"`), codeInvalidForm},
		"a label of 80":                         {button(`"label":"` + long(80) + `","custom_id":"x"`), 0},
		"a label of 81":                         {button(`"label":"` + long(81) + `","custom_id":"x"`), codeInvalidForm},
		"no label":                              {button(`"custom_id":"x"`), codeInvalidForm},
		"an unknown style":                      {strings.Replace(button(`"label":"x","custom_id":"x"`), `"style":1`, `"style":9`, 1), codeInvalidForm},
		"a link with an address":                {strings.Replace(button(`"label":"x","url":"https://discord.com"`), `"style":1`, `"style":5`, 1), 0},
		"a link with an id":                     {strings.Replace(button(`"label":"x","url":"https://discord.com","custom_id":"x"`), `"style":1`, `"style":5`, 1), codeInvalidForm},
		"a link without an address":             {strings.Replace(button(`"label":"x"`), `"style":1`, `"style":5`, 1), codeInvalidForm},
		"25 options":                            {menu(`"options":[` + many(25, `{"label":"#","value":"#"}`) + `]`), 0},
		"26 options":                            {menu(`"options":[` + many(26, `{"label":"#","value":"#"}`) + `]`), codeInvalidForm},
		"no options":                            {menu(`"options":[]`), codeInvalidForm},
		"the same value twice":                  {menu(`"options":[{"label":"a","value":"v"},{"label":"b","value":"v"}]`), codeInvalidForm},
		"an option's label of 101":              {menu(`"options":[{"label":"` + long(101) + `","value":"v"}]`), codeInvalidForm},
		"an option's value of 101":              {menu(`"options":[{"label":"l","value":"` + long(101) + `"}]`), codeInvalidForm},
		"an option's description of 101":        {menu(`"options":[{"label":"l","value":"v","description":"` + long(101) + `"}]`), codeInvalidForm},
		"a placeholder of 151":                  {menu(`"placeholder":"` + long(151) + `","options":[{"label":"l","value":"v"}]`), codeInvalidForm},
		"more to pick than there is":            {menu(`"max_values":2,"options":[{"label":"l","value":"v"}]`), codeInvalidForm},
		"at least more than at most":            {menu(`"min_values":2,"options":[{"label":"l","value":"v"},{"label":"m","value":"w"}]`), codeInvalidForm},
		"more marked than may be picked":        {menu(`"options":[{"label":"l","value":"v","default":true},{"label":"m","value":"w","default":true}]`), codeInvalidForm},
		"the newer components, not kept here":   {`{"flags":32768,"components":[{"type":10,"content":"x"}]}`, codeInvalidForm},
		"more than a hundred people to mention": {`{"content":"x","allowed_mentions":{"users":[` + many(101, `"#"`) + `]}}`, codeInvalidForm},
	} {
		t.Run(name, func(t *testing.T) {
			status := 200
			if test.code != 0 {
				status = 400
			}
			post(t, s, consult, test.body).is(t, status, test.code)
		})
	}
}

func TestARefusalSaysWhere(t *testing.T) {
	s := server(t, Options{})
	a := post(t, s, consult, `{"embeds":[{"title":"ok"},{"title":"`+long(300)+`"}]}`).is(t, 400, codeInvalidForm)
	want := `"errors":{"embeds":{"1":{"title":{"_errors":[{"code":"BASE_TYPE_BAD_LENGTH"`
	if !strings.Contains(a.raw, want) {
		t.Errorf("it says %s", a.raw)
	}
}

func TestEveryLimitOfAModalHolds(t *testing.T) {
	input := `{"type":1,"components":[{"type":4,"custom_id":"#","style":1,"label":"L"}]}`
	with := func(rest string) string {
		return `{"custom_id":"f","title":"T","components":[{"type":1,"components":[{"type":4,"custom_id":"i",` + rest + `}]}]}`
	}
	for name, test := range map[string]struct {
		modal string
		fine  bool
	}{
		"five inputs":                         {`{"custom_id":"f","title":"T","components":[` + many(5, input) + `]}`, true},
		"six inputs":                          {`{"custom_id":"f","title":"T","components":[` + many(6, input) + `]}`, false},
		"no input":                            {`{"custom_id":"f","title":"T","components":[]}`, false},
		"a title of 45":                       {`{"custom_id":"f","title":"` + long(45) + `","components":[` + many(1, input) + `]}`, true},
		"a title of 46":                       {`{"custom_id":"f","title":"` + long(46) + `","components":[` + many(1, input) + `]}`, false},
		"no title":                            {`{"custom_id":"f","title":"","components":[` + many(1, input) + `]}`, false},
		"an id of 101":                        {`{"custom_id":"` + long(101) + `","title":"T","components":[` + many(1, input) + `]}`, false},
		"two inputs in a row":                 {`{"custom_id":"f","title":"T","components":[{"type":1,"components":[{"type":4,"custom_id":"a","style":1,"label":"L"},{"type":4,"custom_id":"b","style":1,"label":"L"}]}]}`, false},
		"a select in a row":                   {`{"custom_id":"f","title":"T","components":[{"type":1,"components":[{"type":3,"custom_id":"a","options":[{"label":"l","value":"v"}]}]}]}`, false},
		"the same id twice":                   {`{"custom_id":"f","title":"T","components":[` + strings.ReplaceAll(input+","+input, "#", "i") + `]}`, false},
		"a label of 45":                       {with(`"style":1,"label":"` + long(45) + `"`), true},
		"a label of 46":                       {with(`"style":1,"label":"` + long(46) + `"`), false},
		"no label":                            {with(`"style":1`), false},
		"a style that is not there":           {with(`"style":3,"label":"L"`), false},
		"a placeholder of 101":                {with(`"style":1,"label":"L","placeholder":"` + long(101) + `"`), false},
		"a value longer than may be typed":    {with(`"style":1,"label":"L","max_length":3,"value":"four"`), false},
		"4001 characters to be typed":         {with(`"style":1,"label":"L","max_length":4001`), false},
		"none to be typed":                    {with(`"style":1,"label":"L","max_length":0`), false},
		"at least more than at most":          {with(`"style":1,"label":"L","min_length":5,"max_length":4`), false},
		"a label around an input":             {`{"custom_id":"f","title":"T","components":[{"type":18,"label":"L","component":{"type":4,"custom_id":"i","style":1}}]}`, true},
		"a label around nothing":              {`{"custom_id":"f","title":"T","components":[{"type":18,"label":"L"}]}`, false},
		"a label with a button":               {`{"custom_id":"f","title":"T","components":[{"type":18,"label":"L","component":{"type":2,"style":1,"label":"x","custom_id":"i"}}]}`, false},
		"a button where inputs are to be":     {`{"custom_id":"f","title":"T","components":[{"type":2,"style":1,"label":"x","custom_id":"i"}]}`, false},
		"a label around a select of one more": {`{"custom_id":"f","title":"T","components":[{"type":18,"label":"L","component":{"type":3,"custom_id":"i","options":[` + many(26, `{"label":"#","value":"#"}`) + `]}}]}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := server(t, Options{})
			p := pressed(t, s)
			code := answered(t, s, p, `{"type":9,"data":`+test.modal+`}`).code
			if (code == 0) != test.fine {
				t.Errorf("code %d", code)
			}
			if _, open := s.Modal(dana); open != test.fine {
				t.Errorf("it is open: %v", open)
			}
		})
	}
}
