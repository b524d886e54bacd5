package web

import "curbside/rules"

// A square is the place of a state on the tile map.
type square struct {
	id          rules.JurisdictionID
	name        string
	row, column int
}

// squares are the 50 states and the District of Columbia in the usual tile
// layout, from the top left to the bottom right.
func squares() []square {
	return []square{
		{"US-AK", "Alaska", 0, 0},
		{"US-ME", "Maine", 0, 10},
		{"US-WI", "Wisconsin", 1, 5},
		{"US-VT", "Vermont", 1, 9},
		{"US-NH", "New Hampshire", 1, 10},
		{"US-WA", "Washington", 2, 0},
		{"US-ID", "Idaho", 2, 1},
		{"US-MT", "Montana", 2, 2},
		{"US-ND", "North Dakota", 2, 3},
		{"US-MN", "Minnesota", 2, 4},
		{"US-IL", "Illinois", 2, 5},
		{"US-MI", "Michigan", 2, 6},
		{"US-NY", "New York", 2, 8},
		{"US-MA", "Massachusetts", 2, 9},
		{"US-OR", "Oregon", 3, 0},
		{"US-NV", "Nevada", 3, 1},
		{"US-WY", "Wyoming", 3, 2},
		{"US-SD", "South Dakota", 3, 3},
		{"US-IA", "Iowa", 3, 4},
		{"US-IN", "Indiana", 3, 5},
		{"US-OH", "Ohio", 3, 6},
		{"US-PA", "Pennsylvania", 3, 7},
		{"US-NJ", "New Jersey", 3, 8},
		{"US-CT", "Connecticut", 3, 9},
		{"US-RI", "Rhode Island", 3, 10},
		{"US-CA", "California", 4, 0},
		{"US-UT", "Utah", 4, 1},
		{"US-CO", "Colorado", 4, 2},
		{"US-NE", "Nebraska", 4, 3},
		{"US-MO", "Missouri", 4, 4},
		{"US-KY", "Kentucky", 4, 5},
		{"US-WV", "West Virginia", 4, 6},
		{"US-VA", "Virginia", 4, 7},
		{"US-MD", "Maryland", 4, 8},
		{"US-DE", "Delaware", 4, 9},
		{"US-AZ", "Arizona", 5, 1},
		{"US-NM", "New Mexico", 5, 2},
		{"US-KS", "Kansas", 5, 3},
		{"US-AR", "Arkansas", 5, 4},
		{"US-TN", "Tennessee", 5, 5},
		{"US-NC", "North Carolina", 5, 6},
		{"US-SC", "South Carolina", 5, 7},
		{"US-DC", "District of Columbia", 5, 8},
		{"US-OK", "Oklahoma", 6, 3},
		{"US-LA", "Louisiana", 6, 4},
		{"US-MS", "Mississippi", 6, 5},
		{"US-AL", "Alabama", 6, 6},
		{"US-GA", "Georgia", 6, 7},
		{"US-HI", "Hawaii", 7, 0},
		{"US-TX", "Texas", 7, 3},
		{"US-FL", "Florida", 7, 8},
	}
}

// jurisdictionName returns the name of a state, the District or federal law.
func jurisdictionName(id rules.JurisdictionID) (string, bool) {
	if id == rules.Federal {
		return "Federal law", true
	}
	for _, q := range squares() {
		if q.id == id {
			return q.name, true
		}
	}
	return "", false
}
