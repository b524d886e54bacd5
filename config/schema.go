package config

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
)

const peopleKey = "people"

// A section is the keys of one level of the file with their defaults; the
// value of a key is a section of its own, a list of one section, or a default.
type section = map[string]any

// schema returns every key of the file with its default.
func schema() section {
	all := keysOf(Default())
	all[peopleKey] = []section{keysOf(Person{Web: true})}
	rota := keysOf(Rota{})
	rota["turns"] = []section{keysOf(RotaTurn{})}
	all["rotas"] = []section{rota}
	all["teams"] = []section{keysOf(Team{})}
	all["absences"] = []section{keysOf(Absence{})}
	all["holidays"].(section)["days"] = []section{keysOf(Holiday{})}
	return all
}

// withoutLists is a section without its lists of sections, which have no defaults.
func withoutLists(s section) section {
	some := section{}
	for key, value := range s {
		switch value := value.(type) {
		case []section:
		case section:
			some[key] = withoutLists(value)
		default:
			some[key] = value
		}
	}
	return some
}

// listed are the lists of sections, and what one of each is called.
var listed = map[string]string{
	peopleKey: "person", "rotas": "rota", "turns": "turn", "teams": "team", "absences": "absence", "days": "day off",
}

// keysOf turns a struct into its section. It cannot fail on a struct.
func keysOf(v any) section {
	var s section
	_ = mapstructure.Decode(v, &s)
	return s
}

var index = regexp.MustCompile(`\[\d+\]`)

// lookUp returns what the schema holds at a path.
func lookUp(path string) (any, bool) {
	var at any = schema()
	for _, key := range strings.Split(index.ReplaceAllString(path, ""), ".") {
		if list, ok := at.([]section); ok {
			at = list[0]
		}
		keys, ok := at.(section)
		if !ok {
			return nil, false
		}
		if at, ok = keys[key]; !ok {
			return nil, false
		}
	}
	return at, true
}

// shapeAt says what belongs at a path.
func shapeAt(path string) string {
	at, _ := lookUp(path)
	inList := strings.HasSuffix(path, "]")
	switch at := at.(type) {
	case section:
		return "must be a section with the keys " + list(slices.Sorted(maps.Keys(at)))
	case []section:
		name := index.ReplaceAllString(path[strings.LastIndex(path, ".")+1:], "")
		if inList {
			return "must be a " + listed[name] + " with the keys " + list(slices.Sorted(maps.Keys(at[0])))
		}
		return "must be a list of " + name + ", each beginning with a dash"
	case [][]string:
		return "must be a list of steps, each a list of people's ids, such as [[sam], [kim, lee]]"
	case []string:
		if inList {
			return "must be a word; put it in quotes"
		}
		return "must be a list, such as [one, two]"
	case time.Duration:
		return "must be a length of time with its unit, such as 90s, 10m, 4h or 30d"
	case bool:
		return "must be true or false"
	case int:
		return "must be a whole number"
	default:
		return "must be text; put it in quotes"
	}
}

func list(words []string) string { return strings.Join(words, ", ") }

// personDefaults is a decode hook: who does not say otherwise may use the workbench.
func personDefaults(_, to reflect.Type, data any) (any, error) {
	given, ok := data.(map[string]any)
	if !ok || to != reflect.TypeFor[Person]() {
		return data, nil
	}
	full := maps.Clone(given)
	if _, set := full["web"]; !set {
		full["web"] = true
	}
	return full, nil
}

// dates is a decode hook: YAML takes a bare 2026-11-23 for a moment.
func dates(_, to reflect.Type, data any) (any, error) {
	if at, ok := data.(time.Time); ok && to.Kind() == reflect.String {
		return at.Format(time.DateOnly), nil
	}
	return data, nil
}

// durations is a decode hook: what time.ParseDuration reads, and whole days.
func durations(_, to reflect.Type, data any) (any, error) {
	text, ok := data.(string)
	if to != reflect.TypeFor[time.Duration]() {
		return data, nil
	}
	if _, done := data.(time.Duration); done {
		return data, nil
	}
	if !ok {
		return nil, fmt.Errorf("no unit")
	}
	if days, found := strings.CutSuffix(text, "d"); found {
		n, err := strconv.ParseUint(days, 10, 16)
		return time.Duration(n) * day, err
	}
	return time.ParseDuration(text)
}

// scalars is a decode hook: environment variables are text.
func scalars(_, to reflect.Type, data any) (any, error) {
	text, ok := data.(string)
	if !ok {
		return data, nil
	}
	switch to.Kind() {
	case reflect.Bool:
		return strconv.ParseBool(text)
	case reflect.Int:
		return strconv.Atoi(text)
	default:
		return data, nil
	}
}
