package web

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

func find(root *html.Node, is func(*html.Node) bool) *html.Node {
	if root == nil {
		return nil
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && is(n) {
			return n
		}
	}
	return nil
}

func findAll(root *html.Node, is func(*html.Node) bool) []*html.Node {
	var all []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && is(n) {
			all = append(all, n)
		}
	}
	return all
}

func closest(n *html.Node, tag string) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.Data == tag {
			return n
		}
	}
	return nil
}

func byID(id string) func(*html.Node) bool {
	return func(n *html.Node) bool { return attr(n, "id") == id }
}

func byClass(class string) func(*html.Node) bool {
	return func(n *html.Node) bool { return hasClass(n, class) }
}

// within finds inside the element with an id.
func within(id string, is func(*html.Node) bool) func(*html.Node) bool {
	return func(n *html.Node) bool {
		if !is(n) {
			return false
		}
		for up := n.Parent; up != nil; up = up.Parent {
			if attr(up, "id") == id {
				return true
			}
		}
		return false
	}
}

// labelled finds an element by what it says first.
func labelled(tag, label string) func(*html.Node) bool {
	return func(n *html.Node) bool {
		return n.Data == tag && (text(n) == label || strings.HasPrefix(text(n), label+"\n"))
	}
}

func attr(n *html.Node, name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func hasClass(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(attr(n, "class")), class)
}

// text is what can be read in an element: its texts, one a line, each with its
// space put in order.
func text(n *html.Node) string {
	if n == nil {
		return ""
	}
	var lines []string
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			if line := strings.Join(strings.Fields(d.Data), " "); line != "" {
				lines = append(lines, line)
			}
		}
	}
	return strings.Join(lines, "\n")
}

func rawText(n *html.Node) string {
	var all strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			all.WriteString(d.Data)
		}
	}
	return all.String()
}
