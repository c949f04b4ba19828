# One word for each intention. Every target says what it does and may be run again and again.

SWIFT ?= swift
RELEASE := .build/release/comity
LOG := .build/logs
# Optimise across rooms, and carry the Swift library along: a tenth faster, and one file to install.
FAST := -Xswiftc -cross-module-optimization --static-swift-stdlib

.PHONY: help tools build demo test verify-outside check fmt bench soak crash fuzz clean

help:
	@sed -n 's/^## //p' Makefile

## make demo    a whole small country in one process, with things to try
demo: build
	@$(RELEASE) demo

## make test    every test, the crash test with 20 kills included
test: tools
	@echo "== building everything; the first time takes several minutes"
	@dev/quietly tests $(SWIFT) build --build-tests
	@echo "== running the tests"
	@$(SWIFT) test --skip-build
	@echo "== a ledger checked by programs that are not ours"
	@dev/verify-outside .build/debug/comity --if-possible

## make verify-outside  a demo ledger checked by Go's log packages and by a verifier in Python
verify-outside: build
	@dev/verify-outside $(RELEASE)

## make check   format, import rules, warnings as errors, fuzzing for 30 s each
check: tools
	@echo "== format"
	@$(SWIFT) format lint --strict --recursive --parallel --configuration .swift-format Package.swift Sources Tests Fuzz
	@echo "== who imports whom"
	@dev/check-imports
	@echo "== warnings as errors"
	@COMITY_WARNINGS_AS_ERRORS=1 dev/quietly check $(SWIFT) build --build-tests
	@$(MAKE) --no-print-directory fuzz SECONDS=30

## make fuzz    feed the codec and the policy parser made-up bytes (SECONDS=30 each)
SECONDS ?= 30
fuzz: tools
	@for target in codec policy; do Fuzz/run $$target $(SECONDS) || exit 1; done

## make fmt     bring every file into the house format
fmt:
	@$(SWIFT) format --in-place --recursive --parallel --configuration .swift-format Package.swift Sources Tests Fuzz

## make bench   look-ups a second, judgements, beside the machine's own rates
bench: build
	@Benchmarks/run

## make soak    ten minutes of load and 2,000 idle links: memory must stay flat
soak: build
	@Benchmarks/soak

## make crash   kill -9 under load, 500 times
crash: tools build
	@dev/quietly tests $(SWIFT) build --build-tests
	@COMITY_PROGRAM=$(CURDIR)/$(RELEASE) COMITY_KILLS=500 $(SWIFT) test --skip-build --filter GuaranteesThreeAndFour

build: tools
	@echo "== building comity (release); the first time takes several minutes"
	@dev/quietly release $(SWIFT) build -c release $(FAST) --product comity

# What a fresh Debian machine lacks is installed here; a machine that has everything is left alone.
tools:
	@dev/setup

## make clean   forget everything that was built
clean:
	rm -rf .build Fuzz/.build
