# What can be done here; `make help` lists it.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
SWIFT_SOURCES := Sources Tests Package.swift

# What is installed is what is measured: one release build serves `install` and `bench`.
RELEASE := -c release --static-swift-stdlib --product advisor

.PHONY: help demo build test lint format embed bench install uninstall clean setup

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  PREFIX=$(PREFIX) is where install and uninstall work; TEST_FLAGS='--filter Name' narrows test."

setup: ## check the Swift version and install the two libraries that the build needs
	@scripts/setup

demo: setup ## build what advisor needs, then the main job on bundled data
	swift build --product advisor
	@echo
	@.build/debug/advisor demo

build: setup ## build everything for debugging
	swift build

# Left out of what `swift test` says: each test that starts or passes. Failures, skips, suites and the closing line stay.
test: setup ## run the fast tests (scripts/slow-tests runs all); RECORD=1 records golden files
	swift test --disable-xctest $(TEST_FLAGS) 2>&1 \
	    | awk '/^◇ / || (/^✔ Test / && !/^✔ Test run with /) { next } { print; fflush() }'

lint: setup ## look for style mistakes
	swift format lint --strict --recursive $(SWIFT_SOURCES)

format: setup ## format the sources in place
	swift format format --in-place --recursive $(SWIFT_SOURCES)

embed: ## write the rules, metrics, catalogue and samples into the binary's source
	python3 scripts/embed.py

bench: setup ## measure ingest, report and backtest against sqlite3, Python and vmalert
	swift build $(RELEASE)
	Benchmarks/bench
	Benchmarks/backtest-vmalert
	Benchmarks/cur

install: setup ## put a release binary, which needs no Swift, into PREFIX/bin
	swift build $(RELEASE)
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 .build/release/advisor "$(DESTDIR)$(PREFIX)/bin/advisor"

uninstall: ## remove it from there
	rm -f "$(DESTDIR)$(PREFIX)/bin/advisor"

clean: ## remove what was built
	swift package clean
