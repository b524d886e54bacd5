package outbox

import "github.com/prometheus/client_golang/prometheus"

// Metrics count what the outbox does. The caller registers them: they are a
// [prometheus.Collector]. One Metrics may serve several outboxes.
type Metrics struct {
	effects *prometheus.CounterVec
	delay   *prometheus.HistogramVec
	tracks  *prometheus.GaugeVec
	timers  *prometheus.CounterVec
}

// NewMetrics makes metrics that are registered nowhere.
func NewMetrics() *Metrics {
	return &Metrics{
		effects: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "curbside_outbox_effects_total",
			Help: "Tries to deliver an effect, by lane and by what became of it.",
		}, []string{"lane", "outcome"}),
		delay: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "curbside_outbox_delay_seconds",
			Help:    "Time from the commit of an effect until nothing more is to be done for it.",
			Buckets: []float64{.01, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300},
		}, []string{"lane"}),
		tracks: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "curbside_outbox_waiting",
			Help: "Rows of effects that this process works on or waits for, by lane.",
		}, []string{"lane"}),
		timers: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "curbside_timers_total",
			Help: "Timers that came due, by what became of them.",
		}, []string{"outcome"}),
	}
}

func (m *Metrics) collectors() []prometheus.Collector {
	return []prometheus.Collector{m.effects, m.delay, m.tracks, m.timers}
}

// Describe implements [prometheus.Collector].
func (m *Metrics) Describe(ch chan<- *prometheus.Desc) {
	for _, c := range m.collectors() {
		c.Describe(ch)
	}
}

// Collect implements [prometheus.Collector].
func (m *Metrics) Collect(ch chan<- prometheus.Metric) {
	for _, c := range m.collectors() {
		c.Collect(ch)
	}
}
