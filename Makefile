# make audit   audits the articles of seeds/ and prints the report
# make test    runs the tests
# make bench   times everything, compares it with the last run and draws the history (options: benchmarks/README.md)
# make check   runs the linters and the type checker
# make clean   removes what these have made
#
# Everything is installed into .venv, again only when pyproject.toml or constraints.txt change.
# PYTHON is the first of these that is 3.11 or newer; `make PYTHON=/path/to/python audit` names another.
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check

.PHONY: audit test bench check clean

audit: .venv/installed
	@$(BIN)/quote-audit run seeds

test: .venv/installed
	@$(BIN)/python -m pytest

# Options of `make bench` are variables: ARTICLES=DIR, SCALING=1, PEERS=1, ...
BENCH = $(if $(ARTICLES),--articles "$(ARTICLES)") $(if $(SCALING),--scaling) $(if $(ACCEPT),--accept) \
	$(if $(ONLY),--only "$(ONLY)") $(if $(HISTORY),--history "$(HISTORY)") \
	$(if $(PEERS),--peers) $(if $(SPACY_MODEL),--spacy-model "$(SPACY_MODEL)") \
	$(if $(GENDERGAPTRACKER),--gendergaptracker "$(GENDERGAPTRACKER)") \
	$(if $(POLNEAR),--polnear "$(POLNEAR)") $(if $(SCORER),--scorer "$(SCORER)")

bench: .venv/installed
	@$(if $(PEERS),$(PIP) install -c constraints.txt --no-build-isolation -e '.[peers]')
	@$(BIN)/python -m benchmarks.bench $(BENCH)

check: .venv/installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

clean:
	rm -rf .venv build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache

# hatchling comes first and by itself, because pip does not apply constraints to an isolated build.
.venv/installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "quote-audit needs Python 3.11 or newer, and none was found;" \
	  "install one or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "quote-audit needs Python 3.11" \
	  "or newer; $(PYTHON) is older or does not run: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Setting up .venv with $$($(PYTHON) --version) ..." >&2
	@$(PYTHON) -m venv .venv
	@echo "Installing torch, stanza and the rest (a few minutes the first time) ..." >&2
	@$(PIP) install -c constraints.txt hatchling
	@$(PIP) install -c constraints.txt --no-build-isolation -e '.[dev]'
	@touch $@
