package dialog

// Apply is the whole dialog: it returns what input in leads to. It never
// panics and never changes c. The successor's version is c.Version+1.
func Apply(env Env, c Consult, in Input) Outcome { return Outcome{Consult: c} }
