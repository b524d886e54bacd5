package discord

import "github.com/prometheus/client_golang/prometheus"

// What is counted.
const (
	countMalformed = "malformed" // signed or sent by the gateway, and not understood
	countRefused   = "refused"   // not signed, or not of the practice's server
	countFault     = "fault"     // a fault of this program
	countLost      = "lost"      // an answer that Discord did not take
)

// metrics are what an operator should hear of.
type metrics struct {
	counts    *prometheus.CounterVec
	connected prometheus.Gauge
}

func newMetrics() *metrics {
	return &metrics{
		counts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "curbside_discord_total",
			Help: "What came in from Discord and was malformed, refused or ended in a fault of this program, and answers that were lost.",
		}, []string{"what"}),
		connected: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "curbside_discord_gateway_connected",
			Help: "1 while this process has the connection to Discord's gateway. With mode: gateway, one process of all has it.",
		}),
	}
}

// Describe implements [prometheus.Collector].
func (m *metrics) Describe(to chan<- *prometheus.Desc) {
	m.counts.Describe(to)
	m.connected.Describe(to)
}

// Collect implements [prometheus.Collector].
func (m *metrics) Collect(to chan<- prometheus.Metric) {
	m.counts.Collect(to)
	m.connected.Collect(to)
}

func (m *metrics) count(what string) { m.counts.WithLabelValues(what).Inc() }

// Metrics count what an operator should hear of.
func (d *Discord) Metrics() prometheus.Collector { return d.metrics }
