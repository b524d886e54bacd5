package dialog

// The actions that do not come from a person's press.
const (
	ActOpen        Action = "open"
	ActTimer       Action = "timer"       // Args[0] is the TimerID
	ActUnreachable Action = "unreachable" // Args[0] is the PersonID a page could not reach
)
