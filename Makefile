# Curbside. `make` alone lists what there is.

GO  ?= go
BIN := bin/curbside

.DEFAULT_GOAL := help
.PHONY: help demo build test chaos chaos-chat tools lint race bench bench-scale fuzz-short rules-report deid-report image

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: build ## Try Curbside in a browser: a made-up practice, nothing is kept
	$(BIN) demo --open

build: ## Build bin/curbside
	CGO_ENABLED=0 $(GO) build -buildvcs=auto -trimpath -o $(BIN) ./cmd/curbside

test: tools ## Run every test, with a real Redis and a real browser
	$(GO) test -timeout 9m -parallel 4 ./...

CONSULTS ?= 2000
MINUTES  ?= 13

chaos: chaos-chat ## Break everything under people at work (docs/reliability.md)
	$(GO) test ./cmd/curbside -run 'LostWhateverBreaks|LosesA|Dead|IsSentAtOnce' -v -timeout 20m -chaos 1000 -latency 200

chaos-chat: tools ## The part of it on a fake Slack and a fake Discord: CONSULTS=2000 begun within MINUTES=13
	$(GO) test ./cmd/curbside -run OnFakesWhateverBreaks -parallel 2 -v -timeout 60m -chaos $(CONSULTS) -chaos-time $(MINUTES)m

tools: ## Install what the tests need: redis-server and chromium
	@bash .ci/tools redis-server chromium

lint: ## Vet, staticcheck, format, and whether generated files and go.mod are as they should be
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	@unformatted=$$($(GO) tool gofumpt -l .) && \
		{ test -z "$$unformatted" || { echo "not formatted; run: go tool gofumpt -w ."; echo "$$unformatted"; exit 1; }; }
	$(GO) mod tidy -diff
	@before=$$(git status --porcelain && git diff); $(GO) generate ./... && \
		{ test "$$before" = "$$(git status --porcelain && git diff)" || { echo "go generate changed something; commit it:"; git status --short; exit 1; }; }

race: tools ## Run every test with the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race -timeout 30m ./...

bench: ## Run the benchmarks
	$(GO) test -run '^$$' -bench . -benchmem ./...

bench-scale: tools ## Fill a Redis with a million open consults: memory of each, and whether the program notices
	$(GO) test ./cmd/curbside -run TestManyOpenConsults -v -timeout 60m -scale 1000000

bench-load: tools ## Let 200 clinicians press on Slack at once, and say how long it waits for an acknowledgement
	$(GO) test -run '^$$' -bench '^BenchmarkPressesOnSlack$$' -benchtime 1x ./cmd/curbside -args -people 200 -think 3s -load 30s -p99 50ms

fuzz-short: ## Fuzz everything that parses, ten seconds each
	@set -e; for package in $$($(GO) list ./...); do \
		for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
			echo "$$package $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime 10s $$package; \
		done; \
	done

rules-report: build ## Lint the rule packs, run their cases and write docs/rules.md
	$(BIN) rules lint
	$(BIN) rules test
	$(BIN) rules report > docs/rules.md

deid-report: ## Measure the scrubber on the labelled notes
	$(GO) run ./dialog/deid/cmd/report

image: ## Build the container image
	docker build -t curbside .
