# Every verb that a person needs. `make` lists them.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help
help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: ## build for this machine and serve, on this terminal and on HTTP; sample data without TMDB_API_KEY
	@release/run

.PHONY: test
test: ## everything: lint, unit, conformance and fuzz tests, release, end to end; installs what it needs
	@Tests/run all

.PHONY: unit
unit: ## the unit tests, on this machine
	@Tests/run unit

.PHONY: e2e
e2e: ## the end-to-end tests, against release/dist
	@Tests/run e2e

.PHONY: e2e-asan
e2e-asan: ## the end-to-end tests, against a build for this machine with AddressSanitizer
	@Tests/run asan

.PHONY: fuzz
fuzz: ## fuzz each parser for 60 s (SECONDS=10 TARGET=json: one, shorter)
	@FUZZ_SECONDS=$(or $(SECONDS),60) \
		TARGET=$(TARGET) Tests/Fuzz/run

.PHONY: bench
bench: ## measure the release beside other MCP servers (QUICK=1: a short run)
	@QUICK=$(QUICK) Tests/Bench/run

.PHONY: lint
lint: ## check the form of Swift, shell and Python
	@Tests/run lint

.PHONY: format
format: ## put the Swift sources into form
	@swift format --in-place --recursive Package.swift Sources Tests release/sdk/example

.PHONY: sdk
sdk: ## the Swift SDK for static programs on amd64, arm64 and armv7 (STRICT=1: exactly the locked inputs)
	@release/sdk/build

.PHONY: sdk-lock
sdk-lock: ## record the newest inputs of the SDK in release/sdk/inputs.lock
	@release/sdk/build lock

.PHONY: release
release: ## static programs for three platforms and their checksums, in release/dist
	@release/build

.PHONY: verify
verify: ## prove what is said of the release, and build it twice: the same bits
	@release/verify

.PHONY: clean
clean: ## delete what was built; the SDK and its downloads stay (make distclean deletes them too)
	rm -rf release/dist .build/static .build/release .build/debug .build/*-linux-gnu

.PHONY: distclean
distclean: ## delete all that was built and downloaded
	rm -rf release/dist .build
