package store

// HashOf is the hash of a link, for tests that forge one.
func HashOf(link string) string { return hashOf([]byte(link)) }
