# Development tasks; `make help` lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
SWIFT_SOURCES := Sources Tests Package.swift

# `install` and `bench` share one release build: what is installed is what was measured.
RELEASE := -c release --static-swift-stdlib --product advisor

.PHONY: help demo build test lint format embed bench install uninstall clean setup

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  Variables: PREFIX=$(PREFIX) for install and uninstall; TEST_FLAGS='--filter Name' for test."

setup: ## check the Swift version and install the libraries that the build needs
	@scripts/setup

demo: setup ## build advisor and run the main job on bundled data
	swift build --product advisor
	@echo
	@.build/debug/advisor demo

build: setup ## build everything in debug mode
	swift build

test: setup ## run all tests from a release build; RECORD=1 records golden files
	scripts/test $(TEST_FLAGS)

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

install: setup ## install a release binary in PREFIX/bin (runs without Swift)
	swift build $(RELEASE)
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 .build/release/advisor "$(DESTDIR)$(PREFIX)/bin/advisor"

uninstall: ## remove the installed binary
	rm -f "$(DESTDIR)$(PREFIX)/bin/advisor"

clean: ## remove build products
	swift package clean
