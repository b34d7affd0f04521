# Development tasks; `make help` lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
SWIFT_SOURCES := Sources Tests Package.swift

# Full RELRO and no symbols; where C is compiled, a stack protector and checked string functions.
HARDENED := -Xlinker -z -Xlinker relro -Xlinker -z -Xlinker now -Xlinker -s \
    -Xcc -fstack-protector-strong -Xcc -D_FORTIFY_SOURCE=2

# `install` and `bench` share one release build: what is installed is what was measured.
RELEASE := -c release --static-swift-stdlib --product advisor $(HARDENED)

.PHONY: help demo build test lint format embed bench soak sbom install uninstall clean setup

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  Variables: PREFIX=$(PREFIX) for install and uninstall; TEST_FLAGS='--filter Name' for test."

setup: ## check the Swift version and the libraries that the build needs
	@scripts/setup

demo: setup ## build advisor and run the main job on bundled data
	swift build --product advisor
	@echo
	@.build/debug/advisor demo

build: setup ## build everything in debug mode
	swift build

# Left out of what `swift test` says: each test that starts or passes. Failures, skips, suites and the closing line stay.
test: setup ## run the fast tests (scripts/test runs all); RECORD=1 records golden files
	swift test --disable-xctest $(TEST_FLAGS) 2>&1 \
	    | awk '/^◇ / || (/^✔ Test / && !/^✔ Test run with /) { next } { print; fflush() }'

lint: setup ## check the style
	swift format lint --strict --recursive $(SWIFT_SOURCES)

format: setup ## format the sources in place
	swift format format --in-place --recursive $(SWIFT_SOURCES)

embed: ## embed rules, metrics, catalog and samples into the source
	python3 scripts/embed.py

bench: setup ## measure ingest, report and backtest against sqlite3, Python and vmalert
	swift build $(RELEASE)
	Benchmarks/bench
	Benchmarks/backtest-vmalert
	Benchmarks/cur
	Benchmarks/scale

soak: setup ## simulate 20 days of runs at 5 minutes and 120 days at 2 hours
	swift build $(RELEASE)
	ADVISOR=.build/release/advisor scripts/soak

sbom: ## write what a build contains: .build/sbom.cdx.json and .build/NOTICE
	python3 scripts/sbom.py

install: setup ## install a release binary in PREFIX/bin (runs without Swift)
	swift build $(RELEASE)
	scripts/harden .build/release/advisor
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 .build/release/advisor "$(DESTDIR)$(PREFIX)/bin/advisor"

uninstall: ## remove the installed binary
	rm -f "$(DESTDIR)$(PREFIX)/bin/advisor"

clean: ## remove build products
	swift package clean
