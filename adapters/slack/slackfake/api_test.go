package slackfake

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

func TestTokensAndScopesAreDemanded(t *testing.T) {
	s := workspace(t, Options{})
	_, err := app(s).AuthTest()
	taken(t, err)
	_, err = slack.New("xoxb-other", slack.OptionAPIURL(s.URL)).AuthTest()
	refused(t, err, "invalid_auth")
	_, err = slack.New(AppToken, slack.OptionAPIURL(s.URL)).AuthTest()
	refused(t, err, "not_allowed_token_type")
	_, _, err = slack.New("", slack.OptionAPIURL(s.URL), slack.OptionAppLevelToken(BotToken)).StartSocketModeContext(t.Context())
	refused(t, err, "not_allowed_token_type")
	_, err = app(s).GetUserInfo(dana)
	taken(t, err)
	less := workspace(t, Options{Scopes: []string{"chat:write"}})
	_, err = app(less).GetUserInfo(dana)
	refused(t, err, "missing_scope")
	if r, _ := errors.AsType[slack.SlackErrorResponse](err); r.Needed != "users:read" || r.Provided != "chat:write" {
		t.Errorf("needed %q, provided %q", r.Needed, r.Provided)
	}
	if code := send(t, s, "conversations.history", url.Values{}); code != "unknown_method" {
		t.Errorf("reading messages: %q", code)
	}
}

func TestADirectMessageSaysWhatStandsLastInIt(t *testing.T) {
	open := func(s *Server, all bool) *slack.Channel {
		t.Helper()
		c, _, _, err := app(s).OpenConversation(&slack.OpenConversationParameters{Users: []string{dana}, ReturnIM: all})
		taken(t, err)
		return c
	}
	s := workspace(t, Options{})
	if c := open(s, true); c.Latest != nil {
		t.Errorf("an empty one says %+v", c.Latest)
	}
	for _, text := range []string{"first", "then"} {
		_, _, err := app(s).PostMessage(dana, slack.MsgOptionText(text, false))
		taken(t, err)
	}
	last := s.Direct(dana)[1]
	if c := open(s, true); c.User != dana || c.Latest == nil || c.Latest.Text != "then" || c.Latest.User != BotUser || c.Latest.Timestamp != last.TS {
		t.Errorf("it says %+v", c.Latest)
	}
	if c := open(s, false); c.ID != last.Channel || c.Latest != nil || c.User != "" {
		t.Errorf("who does not ask for it is told %+v", c)
	}
	_, err := app(s).GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: last.Channel})
	refused(t, err, "missing_scope")
	silent := workspace(t, Options{NoLatest: true})
	_, _, err = app(silent).PostMessage(dana, slack.MsgOptionText("first", false))
	taken(t, err)
	if c := open(silent, true); c.Latest != nil {
		t.Errorf("it says %+v although it does not", c.Latest)
	}
}

func TestAMessageIsPostedWhereTheBotIs(t *testing.T) {
	s := workspace(t, Options{})
	s.AddChannel(Channel{ID: "C0OTHER", Private: true, Members: []string{dana}})
	s.AddChannel(Channel{ID: "C0OLD", Private: true, Archived: true, Members: []string{BotUser, dana}})
	s.AddPerson(Person{ID: "U0GONE", Deactivated: true})
	for channel, code := range map[string]string{
		"C0OTHER": "channel_not_found", public: "not_in_channel", "C0OLD": "is_archived", "U0GONE": "channel_not_found", "U0NOBODY": "channel_not_found",
	} {
		_, _, err := app(s).PostMessage(channel, slack.MsgOptionText("hello", false))
		refused(t, err, code)
	}
	_, ts, err := app(s).PostMessage(consult, slack.MsgOptionText("hello", false))
	taken(t, err)
	seen := s.Messages(sam, consult)
	if len(seen) != 1 || seen[0].TS != ts || seen[0].Readable() != "hello" {
		t.Errorf("the channel shows %+v", seen)
	}
	if got := s.Messages("U0MALLORY", consult); len(got) != 0 {
		t.Errorf("somebody outside sees %+v", got)
	}
	channel, _, err := app(s).PostMessage(dana, slack.MsgOptionText("for you", false))
	taken(t, err)
	if got := s.Direct(dana); len(got) != 1 || got[0].Channel != channel || len(s.Direct(sam)) != 0 {
		t.Errorf("the direct messages are %+v", got)
	}
	_, _, err = app(s).PostMessage(consult)
	refused(t, err, "no_text")
	_, _, err = app(s).PostMessage(consult, slack.MsgOptionText(long(maxMessageText+1), false))
	refused(t, err, "msg_too_long")
}

func TestRepliesStandInTheirThread(t *testing.T) {
	s := workspace(t, Options{})
	_, root, err := app(s).PostMessage(consult, slack.MsgOptionText("root", false))
	taken(t, err)
	_, reply, err := app(s).PostMessage(consult, slack.MsgOptionText("reply", false), slack.MsgOptionTS(root))
	taken(t, err)
	_, _, err = app(s).PostMessage(consult, slack.MsgOptionText("reply", false), slack.MsgOptionTS("1.000001"))
	refused(t, err, "thread_not_found")
	seen := s.Messages(sam, consult)
	if len(seen) != 2 || seen[1].TS != reply || seen[1].ThreadTS != root || reply <= root {
		t.Errorf("the channel shows %+v", seen)
	}
	link, err := app(s).GetPermalink(&slack.PermalinkParameters{Channel: consult, Ts: reply})
	if err != nil || !strings.Contains(link, strings.ReplaceAll(reply, ".", "")) || !strings.Contains(link, "thread_ts="+root) {
		t.Errorf("the link is %q, %v", link, err)
	}
}

func TestOnlyOwnMessagesAreEditedAndOnlyForSoLong(t *testing.T) {
	s := workspace(t, Options{EditWindow: time.Minute})
	_, ts, err := app(s).PostMessage(consult, slack.MsgOptionText("first", false))
	taken(t, err)
	_, _, _, err = app(s).UpdateMessage(consult, ts, slack.MsgOptionText("second", false))
	taken(t, err)
	if got := s.Messages(dana, consult); len(got) != 1 || got[0].Text != "second" || got[0].Edits != 1 {
		t.Errorf("the channel shows %+v", got)
	}
	_, _, _, err = app(s).UpdateMessage(consult, "1.000001", slack.MsgOptionText("second", false))
	refused(t, err, "message_not_found")
	s.mu.Lock()
	s.posts = append(s.posts, &Message{Channel: consult, TS: "2.000001", User: dana, Text: "mine"})
	s.mu.Unlock()
	_, _, _, err = app(s).UpdateMessage(consult, "2.000001", slack.MsgOptionText("second", false))
	refused(t, err, "cant_update_message")
	_, _, err = app(s).DeleteMessage(consult, "2.000001")
	refused(t, err, "cant_delete_message")
	s.Advance(2 * time.Minute)
	_, _, _, err = app(s).UpdateMessage(consult, ts, slack.MsgOptionText("third", false))
	refused(t, err, "edit_window_closed")
	_, _, err = app(s).DeleteMessage(consult, ts)
	taken(t, err)
}

func TestAnEphemeralMessageIsForOneWhoIsThere(t *testing.T) {
	s := workspace(t, Options{})
	s.AddPerson(Person{ID: "U0AWAY"})
	_, err := app(s).PostEphemeral(consult, "U0AWAY", slack.MsgOptionText("hint", false))
	refused(t, err, "user_not_in_channel")
	ts, err := app(s).PostEphemeral(consult, dana, slack.MsgOptionText("hint", false))
	taken(t, err)
	if got := s.Ephemeral(dana); len(got) != 1 || got[0].Text != "hint" || len(s.Ephemeral(sam)) != 0 || len(s.Messages(sam, consult)) != 0 {
		t.Errorf("Dana sees %+v", got)
	}
	_, _, _, err = app(s).UpdateMessage(consult, ts, slack.MsgOptionText("other", false))
	refused(t, err, "message_not_found")
	s.Reload(dana)
	if got := s.Ephemeral(dana); len(got) != 0 {
		t.Errorf("after a reload Dana sees %+v", got)
	}
}

func TestWhatAPhoneShowsIsTheTopLevelText(t *testing.T) {
	s := workspace(t, Options{})
	for _, options := range [][]slack.MsgOption{
		{slack.MsgOptionText("amber-heron-42: &lt;changed&gt;", false), slack.MsgOptionBlocks(section("the law"))},
		{slack.MsgOptionBlocks(section("all of it"))},
	} {
		_, _, err := app(s).PostMessage(consult, options...)
		taken(t, err)
	}
	if got := s.Notifications(sam); !slices.Equal(got, []string{"amber-heron-42: <changed>", "all of it"}) {
		t.Errorf("the phone showed %q", got)
	}
}

func TestAChannelIsLookedUpByItsKind(t *testing.T) {
	s := workspace(t, Options{})
	s.AddChannel(Channel{ID: "C0OTHER", Private: true, Members: []string{dana}})
	s.AddChannel(Channel{ID: "C0SHARED", Private: true, Shared: true, PendingTeams: []string{"T0OTHER"}, Members: []string{BotUser}})
	look := func(id string) (*slack.Channel, error) {
		return app(s).GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: id})
	}
	c, err := look(consult)
	if err != nil || !c.IsPrivate || !c.IsMember || c.IsArchived || c.IsExtShared || len(c.PendingShared) != 0 {
		t.Errorf("got %+v, %v", c, err)
	}
	c, err = look("C0SHARED")
	if err != nil || !c.IsExtShared || len(c.PendingShared) != 1 {
		t.Errorf("got %+v, %v", c, err)
	}
	_, err = look("C0OTHER")
	refused(t, err, "channel_not_found")
	_, err = look(public)
	refused(t, err, "missing_scope")
	var members []string
	for cursor := ""; ; {
		page, next, err := app(s).GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: consult, Limit: 3, Cursor: cursor})
		taken(t, err)
		members = append(members, page...)
		if cursor = next; next == "" {
			break
		}
	}
	if len(members) != 4 {
		t.Errorf("the members are %v", members)
	}
}

func TestPeopleAreWhatTheyAre(t *testing.T) {
	s := workspace(t, Options{})
	s.AddPerson(Person{ID: "U0GUEST", SingleGuest: true})
	s.AddPerson(Person{ID: "U0GONE", Deactivated: true})
	s.AddPerson(Person{ID: "U0OUT", Stranger: true, Team: "T0OTHER"})
	for id, is := range map[string]func(*slack.User) bool{
		dana:      func(u *slack.User) bool { return !u.IsRestricted && !u.Deleted && !u.IsBot && !u.IsStranger },
		BotUser:   func(u *slack.User) bool { return u.IsBot },
		"U0GUEST": func(u *slack.User) bool { return u.IsRestricted && u.IsUltraRestricted },
		"U0GONE":  func(u *slack.User) bool { return u.Deleted },
		"U0OUT":   func(u *slack.User) bool { return u.IsStranger && u.TeamID == "T0OTHER" },
	} {
		if u, err := app(s).GetUserInfo(id); err != nil || !is(u) {
			t.Errorf("%s is %+v, %v", id, u, err)
		}
	}
	_, err := app(s).GetUserInfo("U0NOBODY")
	refused(t, err, "user_not_found")
	open := func(users ...string) error {
		_, _, _, err := app(s).OpenConversation(&slack.OpenConversationParameters{Users: users})
		return err
	}
	taken(t, open(dana))
	refused(t, open("U0GONE"), "user_disabled")
	refused(t, open("U0NOBODY"), "user_not_found")
	refused(t, open(BotUser), "cannot_dm_bot")
	refused(t, open(dana, sam), "missing_scope")
}

func TestChannelsAreMadeAndFilled(t *testing.T) {
	s := workspace(t, Options{Scopes: append(LeastScopes(), "groups:write")})
	create := func(name string) (*slack.Channel, error) {
		return app(s).CreateConversation(slack.CreateConversationParams{ChannelName: name, IsPrivate: true})
	}
	c, err := create("curbside-consults")
	if err != nil || !c.IsPrivate || !c.IsMember {
		t.Fatalf("got %+v, %v", c, err)
	}
	_, err = create("curbside-consults")
	refused(t, err, "name_taken")
	_, err = create("Consults!")
	refused(t, err, "invalid_name_specials")
	_, err = create(long(maxChannelName))
	refused(t, err, "invalid_name_maxlength")
	_, err = app(s).InviteUsersToConversation(c.ID, dana, sam)
	taken(t, err)
	_, err = app(s).InviteUsersToConversation(c.ID, dana)
	refused(t, err, "already_in_channel")
	_, err = app(workspace(t, Options{})).CreateConversation(slack.CreateConversationParams{ChannelName: "x", IsPrivate: true})
	refused(t, err, "missing_scope")
}

func TestAFileArrivesByteForByte(t *testing.T) {
	s := workspace(t, Options{})
	content := "%PDF\r\n\x00\xff"
	upload := func(channel string) error {
		_, err := app(s).UploadFile(slack.UploadFileParameters{
			Channel: channel, Filename: "amber-heron-42.pdf", Title: "Record", FileSize: len(content), Reader: strings.NewReader(content),
		})
		return err
	}
	taken(t, upload(consult))
	refused(t, upload(public), "not_in_channel")
	seen := s.Messages(dana, consult)
	if len(seen) != 1 || seen[0].File == nil || string(seen[0].File.Content) != content || seen[0].File.Name != "amber-heron-42.pdf" {
		t.Errorf("the channel shows %+v", seen)
	}
	short := slack.UploadFileParameters{Channel: consult, Filename: "x", FileSize: 3, Reader: strings.NewReader("four")}
	if _, err := app(s).UploadFile(short); err == nil {
		t.Error("a file of another length than was said was taken")
	}
}

func TestTheLimitsAreInForceWhenTheyAreAsked(t *testing.T) {
	s := workspace(t, Options{Limited: true})
	post := func() error {
		_, _, err := app(s).PostMessage(consult, slack.MsgOptionText("hello", false))
		return err
	}
	for range postBurst {
		taken(t, post())
	}
	limit, ok := errors.AsType[*slack.RateLimitedError](post())
	if !ok || limit.RetryAfter != time.Second {
		t.Errorf("got %v, want to wait a second", limit)
	}
	_, _, err := app(s).PostMessage(dana, slack.MsgOptionText("elsewhere", false))
	taken(t, err)
	s.Advance(time.Second)
	taken(t, post())
	for range tier4 {
		_, err := app(s).GetUserInfo(dana)
		taken(t, err)
	}
	_, err = app(s).GetUserInfo(dana)
	if _, ok := errors.AsType[*slack.RateLimitedError](err); !ok {
		t.Errorf("call %d a minute got %v", tier4+1, err)
	}
}

func TestTroubleIsCausedAndLifted(t *testing.T) {
	s := workspace(t, Options{})
	post := func() error {
		_, _, err := app(s).PostMessage(consult, slack.MsgOptionText("hello", false))
		return err
	}
	s.Cause(Trouble{Method: "chat.postMessage", Status: http.StatusInternalServerError, Times: 2})
	for range 2 {
		if broken, ok := errors.AsType[slack.StatusCodeError](post()); !ok || broken.Code != 500 {
			t.Errorf("got %v", broken)
		}
	}
	taken(t, post())
	lift := s.Cause(Trouble{Status: http.StatusTooManyRequests, RetryAfter: 7})
	if limit, ok := errors.AsType[*slack.RateLimitedError](post()); !ok || limit.RetryAfter != 7*time.Second {
		t.Errorf("got %v", limit)
	}
	lift()
	s.Cause(Trouble{Method: "chat.postMessage", Code: "fatal_error", Times: 1})
	refused(t, post(), "fatal_error")
	before := len(s.Messages("", consult))
	s.Cause(Trouble{Method: "chat.postMessage", Lost: true, Times: 1})
	if err := post(); err == nil {
		t.Error("an answer that was lost arrived")
	}
	if got := len(s.Messages("", consult)); got != before+1 {
		t.Errorf("there are %d messages, want %d: the work is done although the answer is lost", got, before+1)
	}
	s.Cause(Trouble{Method: "auth.test", Delay: 50 * time.Millisecond, Times: 1})
	begun := time.Now()
	_, err := app(s).AuthTest()
	if taken(t, err); time.Since(begun) < 50*time.Millisecond {
		t.Error("a late answer came at once")
	}
	var codes []string
	for _, c := range s.Calls("chat.postMessage") {
		codes = append(codes, c.Code)
		if strings.Contains(c.Args, BotToken) {
			t.Error("the token is kept")
		}
	}
	if want := "[500 500  ratelimited fatal_error ]"; fmt.Sprint(codes) != want {
		t.Errorf("the calls ended as %q, want %q", codes, want)
	}
}
