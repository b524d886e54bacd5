package main

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metricsHandler answers Prometheus at /metrics.
func metricsHandler(own ...prometheus.Collector) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	registry.MustRegister(own...)
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	return mux
}

// collectors are everything that the program counts.
func (p *program) collectors() []prometheus.Collector {
	all := append(p.auditor.collectors(), p.outbox.Metrics)
	for _, c := range p.chats {
		if c.metrics != nil {
			all = append(all, c.metrics)
		}
	}
	return all
}
