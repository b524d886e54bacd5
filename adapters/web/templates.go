package web

import (
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"strings"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticRoot embed.FS

func parseTemplates() (*template.Template, error) {
	return template.New("").ParseFS(templateFiles, "templates/*.html")
}

// staticFiles serves the page's own script, style and icon, and the vendored
// htmx; it lists no folder.
func staticFiles() http.Handler {
	files := http.FileServerFS(staticRoot)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		info, err := fs.Stat(staticRoot, strings.TrimPrefix(r.URL.Path, "/"))
		if err != nil || info.IsDir() {
			http.NotFound(w, r)
			return
		}
		files.ServeHTTP(w, r)
	})
}
