package web

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"curbside/adapters/web/browsertest"
)

// explorerPages are pages of every kind that the explorer has.
var explorerPages = []string{
	"/rules", "/rules?topic=emergency&as-of=2031-01-01", "/rules/US-CA",
	"/rules/compare?a=US-CA&b=US-CA", "/rules/compare?a=US-TX&b=US&topic=subpoena",
}

// unsound lists what a page lacks for a reader who does not see it or has no mouse.
const unsound = `(() => {
  const found = [], all = (selector) => [...document.querySelectorAll(selector)];
  const one = (selector) => { const n = all(selector).length; if (n !== 1) found.push(n + ' of ' + selector); };
  for (const selector of ['h1', 'main', 'header', 'header nav[aria-label]', 'html[lang]', 'title']) one(selector);
  const ids = all('[id]').map((e) => e.id);
  for (const id of ids.filter((id, i) => ids.indexOf(id) !== i)) found.push('twice: ' + id);
  for (const a of all('a[href^="#"]')) if (!document.getElementById(decodeURIComponent(a.hash.slice(1)))) found.push('leads nowhere: ' + a.hash);
  for (const e of all('input:not([type=hidden]), select')) if (!e.labels.length) found.push('no label: ' + e.name);
  for (const e of all('nav, section, article')) if (!e.ariaLabel && !document.getElementById(e.getAttribute('aria-labelledby'))) found.push('no name: ' + e.outerHTML.slice(0, 60));
  for (const e of all('a, button')) if (!(e.ariaLabel || e.textContent).trim()) found.push('no words: ' + e.outerHTML.slice(0, 60));
  let last = 1;
  for (const h of all('h1, h2, h3, h4')) { const level = +h.tagName[1]; if (level > last + 1) found.push('leaps to ' + h.tagName + ' ' + h.innerText); last = level; }
  return found.join('; ');
})()`

func TestInABrowserTheRulesFitAndCanBeReadInLightAndDark(t *testing.T) {
	t.Parallel()
	s, _ := newLibrary(t)
	c := browsertest.Open(t, s.URL, 390, 844)
	theLinkLeavesTheTimeItsPlace(t, c)
	for _, path := range explorerPages {
		c.Open(s.URL + path)
		if got := c.Says(unsound); got != "" {
			t.Errorf("%s: %s", path, got)
		}
		for _, width := range []int64{1280, 390} {
			c.Resize(width, 844)
			if c.Says("document.documentElement.scrollWidth <= innerWidth") != "true" {
				t.Errorf("%s, %d wide: the page is wider than its window", path, width)
			}
		}
		for _, scheme := range []string{"light", "dark"} {
			c.Prefer(scheme)
			if got := c.Says(weak); got != "" {
				t.Errorf("%s, %s: too weak: %s", path, scheme, got)
			}
		}
	}
}

func TestInABrowserTheRulesAreReadByKeyboardAndInForcedColors(t *testing.T) {
	t.Parallel()
	s, _ := newLibrary(t)
	c := browsertest.Open(t, s.URL+"/rules", 1280, 844)
	const active = "document.activeElement"
	for range 30 { // the links of the head, the topics, the day and the first tiles
		c.Press(kb.Tab)
		if c.Says(`getComputedStyle(`+active+`).outlineStyle !== 'none' && `+active+`.checkVisibility()`) != "true" {
			t.Errorf("the focus does not show on %s", c.Says(active+".outerHTML"))
		}
	}
	c.Open(s.URL + "/rules?topic=harm_to_others")
	c.Press(kb.Tab)
	if got := c.Says(active + ".innerText"); got != "Skip to the law" {
		t.Errorf("the first stop is %q", got)
	}
	c.Press(kb.Enter)
	c.Until(active + `.id === 'main'`)
	c.Says(`document.querySelector('.tile[aria-label^="California"]').focus()`)
	c.Press(kb.Enter)
	c.Until(`location.pathname === '/rules/US-CA' && location.hash === '#topic-harm_to_others'`)
	c.Until(`document.querySelector('#topic-harm_to_others')?.getBoundingClientRect().top < 50`)

	c.Open(s.URL + "/rules")
	forcedColorsLeaveEveryMark(t, c)
	c.Open(s.URL + "/rules/US-CA#us-ca.harm.protect")
	if got := c.Says(`getComputedStyle(document.querySelector(':target')).outlineStyle`); got != "solid" {
		t.Errorf("the rule that the link leads to has the outline %q", got)
	}
}

func forcedColorsLeaveEveryMark(t *testing.T, c *browsertest.Page) {
	t.Helper()
	c.ForceColors()
	c.Until(`matchMedia('(forced-colors: active)').matches`)
	if got := c.Says(`[...document.querySelectorAll('.tiles .tile')].filter((e) => !e.querySelector('.word').innerText || getComputedStyle(e).borderTopWidth === '0px').length`); got != "0" {
		t.Errorf("%s tiles have lost their border or their word", got)
	}
	const ground = `getComputedStyle(document.querySelector('.topics .chip`
	if c.Says(ground+`[aria-current]')).backgroundColor === `+ground+`:not([aria-current])')).backgroundColor`) == "true" {
		t.Error("the topic that is shown looks like every other")
	}
}

// theLinkLeavesTheTimeItsPlace looks at the head of the workbench on a phone.
func theLinkLeavesTheTimeItsPlace(t *testing.T, c *browsertest.Page) {
	t.Helper()
	c.Until(`document.querySelector('#now').getClientRects().length === 1`)
	const time, link = "document.querySelector('#now').getBoundingClientRect()", "document.querySelector('.brand .chip')"
	for _, holds := range []string{
		"document.documentElement.scrollWidth <= innerWidth",
		time + ".right <= innerWidth",
		time + ".left > " + link + ".getBoundingClientRect().right",
		"getComputedStyle(" + link + ").textDecorationLine === 'none'",
		"getComputedStyle(" + link + ").color === getComputedStyle(document.body).color",
	} {
		if c.Says(holds) != "true" {
			t.Errorf("it does not hold that %s", holds)
		}
	}
}
