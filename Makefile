# make run: opens the dashboard on this machine. make test: checks everything. make test-all: the long attacks too.
# make pictures: draws every page. Nothing but Python 3.11+ is needed.

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq

.PHONY: run test test-all lint browser pictures clean

run: .venv/installed
	@$(BIN)/python -m retention serve --port $(PORT)

test: browser lint
	@$(BIN)/python -m pytest -n logical --maxprocesses 6 --dist worksteal -m "not slow"

test-all: browser lint
	@$(BIN)/python -m pytest -n logical --maxprocesses 6 --dist worksteal

lint: .venv/installed-for-tests
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-logo

pictures: browser
	@$(BIN)/python -m docs.pictures

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name it: make run PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/installed: requirements.txt | $(BIN)/python
	@echo "Installing the dashboard into .venv (about a minute, once)"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/installed-for-tests: .venv/installed tests/requirements.txt tests/judges.txt
	@echo "Installing what the tests need (once)"
	@$(PIP) -r tests/requirements.txt
	@$(PIP) --no-deps -r tests/judges.txt
	@touch $@

browser: .venv/installed-for-tests
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium >/dev/null; } \
	|| $(BIN)/python -m playwright install chromium
