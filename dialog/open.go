package dialog

// Open starts a consult with a fresh handle. Anybody who is no clinician is
// refused with a notice; then Changed is false.
func Open(env Env, handle string, by PersonID, inputID string) Outcome { return Outcome{} }
