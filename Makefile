# `make run` starts Roost; `make test` checks everything. `make help` lists the rest.

SHELL := /bin/bash
export PATH := $(PATH):/opt/swift/usr/bin

SWIFT_SOURCES := Sources Tests Examples Package.swift

.DEFAULT_GOAL := help
.PHONY: help run test format lint build unit conformance bench clean bootstrap

help: ## Show what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

run: ## Install what is missing, build, and serve on 127.0.0.1:8080
	@scripts/run

test: ## Install what is missing, then check everything
	@scripts/test

format: ## Put all Swift code into the project's format
	swift format -i -r $(SWIFT_SOURCES)

lint: ## Check the format
	swift format lint --strict -r $(SWIFT_SOURCES)

build: bootstrap ## Build everything for debugging, tests included
	swift build --build-tests

unit: build ## Run the Swift tests
	@scripts/unit-tests

conformance: build ## Run the real Python clients against a real server; ARGS goes to pytest
	@scripts/conformance $(ARGS)

bench: ## Measure launch overhead, bursts of creates, memory and size; ARGS goes to the benchmark
	@scripts/bench $(ARGS)

bootstrap:
	@scripts/bootstrap

clean: ## Remove everything that was built
	rm -rf .build .build-release .venv-conformance
