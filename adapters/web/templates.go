package web

import (
	"embed"
	"html/template"
	"io/fs"
	"net/http"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticRoot embed.FS

func parseTemplates() (*template.Template, error) {
	return template.New("").ParseFS(templateFiles, "templates/*.html")
}

// staticFiles serves the page's own script, style and icon, and the vendored htmx.
func staticFiles() http.Handler { return http.FileServerFS(filesOnly{staticRoot}) }

// filesOnly hides folders, so that nothing lists them.
type filesOnly struct{ fs.FS }

func (f filesOnly) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || info.IsDir() {
		_ = file.Close()
		return nil, fs.ErrNotExist
	}
	return file, nil
}
