# Every target that a person needs. `make` lists them.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets, and what a user may set
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 } \
		/^#=/ { print " " substr($$0, 3) }' $(MAKEFILE_LIST)

.PHONY: run
run: ## build for this machine and serve, on this terminal and on HTTP; sample data without TMDB_API_KEY
	@release/run

.PHONY: test
test: ## all tests, from lint to the pages, as Tests/run names them, two parts at once; installs what it needs
	@Tests/run all

.PHONY: test-platforms
test-platforms: ## the SDK, the release and its programs on all six platforms, most of them under qemu
	@Tests/run platforms

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

.PHONY: measured
measured: bench ## measure, and put the figures into README.md and docs/
	@python3 Tests/Bench/measured.py .build/bench/bench.json

.PHONY: hot
hot: ## find anew which functions the release is to keep fast, after changes to what serves requests
	@Tests/Bench/hot

.PHONY: conformance
conformance: ## the official conformance suite, with Node.js, against the conformance server
	@Tests/run official

.PHONY: lint
lint: ## check the form of Swift, shell, Python and workflows
	@Tests/run lint

.PHONY: format
format: ## put the Swift sources into form
	@swift format --in-place --recursive Package.swift Sources Tests docs/examples release/sdk/example release/sdk/overlays

.PHONY: settings
settings: ## write the examples of settings in release/deploy and the table in docs/ from the program's own table
	@release/settings.py

.PHONY: questions
questions: ## ask the release what people ask, and write into docs/ what the answers cost
	@WRITE_QUESTIONS=1 Tests/run e2e test_questions.py -k the_page_tells

.PHONY: sdk
sdk: ## the Swift SDK for static programs on amd64, arm64 and armv7 (SDK_PLATFORMS=... STRICT=1: exactly the locked inputs)
	@release/sdk/build

.PHONY: sdk-lock
sdk-lock: ## record the newest inputs of the SDK, security updates too, in release/sdk/inputs.lock
	@release/sdk/build lock

.PHONY: sdk-packages
sdk-packages: ## build public packages with the SDK: which of them build and run (PACKAGES=folder of clones)
	@release/sdk/packages.py

.PHONY: advisories
advisories: ## ask for known vulnerabilities of the linked libraries: Debian's security tracker and OSV
	@release/advisories/check.py

.PHONY: release
release: ## all that users download, in release/dist (SDK_PLATFORMS="amd64 arm64": less); VERSION=1.2.3 releases the commit
	@release/make

.PHONY: sums
sums: ## write release/SHA256SUMS and release/IMAGES of the commit, for its release; commit them
	@release/make sums

.PHONY: sign
sign: ## sign release/dist, when it is what release/SHA256SUMS says (MINISIGN_SECRET_KEY_FILE=... MINISIGN_PASSWORD=...)
	@release/sign

.PHONY: apt
apt: ## the apt repository of the release, signed, in a folder to be served (TO=folder APT_SECRET_KEY_FILE=...)
	@release/apt

.PHONY: notes
notes: ## what CHANGELOG.md says of the newest version, as the notes of its release
	@awk '/^## / { if (seen++) exit; next } seen' CHANGELOG.md

.PHONY: verify
verify: ## prove what is said of the release, and build it twice: the same bits
	@release/verify

.PHONY: verify-release
verify-release: ## check a download, build it anew: DIR=folder or FROM=url (FAST=1: no build; UNSIGNED=1: unsigned too)
	@release/verify-release

.PHONY: image
image: ## the container image for this machine, loaded into Docker; from source without a release
	@release/images/build image

.PHONY: images
images: ## the image for all platforms, of release/dist (PUSH=1 REGISTRY=... TAG=... PLATFORMS=...)
	@release/images/build images

.PHONY: image-verify
image-verify: ## pull every platform from its registry, and prove what is said of it (REGISTRY=... TAG=..., or ARCHIVE=...)
	@release/images/verify

.PHONY: image-test
image-test: ## call every tool of an image in Compose, with a stand-in for TMDB (REGISTRY=... TAG=...)
	@release/images/test

.PHONY: oci
oci: ## the same image for all platforms as an OCI archive, without Docker (TAG=... PLATFORMS=...)
	@release/images/build oci

.PHONY: clean
clean: ## delete what was built; the SDK and its downloads stay (make distclean deletes them too)
	rm -rf release/dist release/dist.* .build/static .build/compressed .build/images .build/release .build/debug .build/*-linux-gnu

.PHONY: distclean
distclean: ## delete all that was built and downloaded
	rm -rf release/dist release/dist.* .build

# What is set on the command line reaches the scripts, which check it (release/images/settings.sh).
#=
#= for images:
#=   REGISTRY=ghcr.io/you     the image is REGISTRY/tmdb-mcp:TAG; by default the project's own registry
#=   TAG=0.1.0                by default the version
#=   PLATFORMS=linux/amd64    some of linux/amd64,linux/arm64,linux/arm/v7,linux/arm/v6,linux/riscv64,linux/386,
#=                            joined by commas; by default the first three and those that release/dist has
#=   PUSH=1                   push them to REGISTRY, which must be named
#=   ARCHIVE=FILE             for image-verify: an OCI archive or layout instead of what REGISTRY holds
#=   VARIANT=alpine           on Alpine, as TAG-alpine, for those who want a shell
