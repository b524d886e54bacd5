package rules

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed packs
var packFiles embed.FS

// ShippedFiles returns the files of the packs that are built into the program.
func ShippedFiles() fs.FS {
	sub, err := fs.Sub(packFiles, "packs")
	if err != nil {
		// Only an invalid name can fail, and this one is a constant.
		return packFiles
	}
	return sub
}

// Shipped returns the book of the packs that are built into the program.
func Shipped() (*Book, error) {
	b, err := Load(ShippedFiles())
	if err != nil {
		return nil, fmt.Errorf("loading the shipped rule packs: %w", err)
	}
	return b, nil
}
