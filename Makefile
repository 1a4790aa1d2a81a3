# Every command of the project; `make` alone lists them.
SHELL := /bin/sh
# A virtual environment that was only half made is not kept.
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run
DEV := $(VENV)/.dev
PLOTLY := $(VENV)/.plotly
BUNDLE := components/figures/bundle
CODE := app.py bench components data_access pages tests

.PHONY: help install run test check fix bench docs plotly clean browser office

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

install: $(RUN) $(PLOTLY) ## install what running needs, start nothing

run: install ## install what is missing, prepare the database, serve on http://127.0.0.1:8050
	@exec $(BIN)/python app.py

test: $(DEV) $(PLOTLY) browser office ## run every test, in a real browser and in LibreOffice too
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

check: $(DEV) ## lint, format, types, layers, catalogues
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/components/i18n

fix: $(DEV) ## format and mend what can be mended by itself
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

bench: $(DEV) $(PLOTLY) browser ## measure this machine and write docs/benchmarks.md
	$(BIN)/python -m bench.run

docs: $(RUN) ## write the generated references again
	$(BIN)/python -m data_access reference

plotly: $(RUN) ## build the small plotly.js again (tried once by install; needs Node and npm)
	$(BIN)/python -m components.figures.bundle.build
	@touch $(PLOTLY)

clean: ## forget the virtual environment and everything generated (not the database)
	rm -rf $(VENV) .venv-bench var/cache var/demonstration

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed, and $(PYTHON) is $$($(PYTHON) --version 2>/dev/null || echo missing)."; \
	  echo "Install it (apt-get install python3 python3-venv), or name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "The venv module of $(PYTHON) is missing: apt-get install $$($(PYTHON) -c \
	  'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUN): $(VENV)/pyvenv.cfg requirements.txt constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV): $(RUN) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Once for each change of what it is made from, whether it succeeds or not: the stock bundle serves too.
$(PLOTLY): $(addprefix $(BUNDLE)/,package.json package-lock.json entry.js build.py) | $(RUN)
	@$(BIN)/python -m components.figures.bundle.build
	@touch $@

# Chromium for the browser tests: one that is there, else Debian's, else the command to type.
CHROMIUM_PACKAGES := chromium fonts-liberation
browser: $(DEV)
	@if $(BIN)/python -m tests.browser.chromium; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi; \
	if $$as_root true 2>/dev/null && command -v apt-get >/dev/null; then \
	  echo "installing $(CHROMIUM_PACKAGES) through apt"; \
	  $$as_root apt-get update -qq && \
	  $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(CHROMIUM_PACKAGES); \
	  if $(BIN)/python -m tests.browser.chromium; then exit 0; fi; \
	fi; \
	echo "The browser tests need Chromium. Install it (Debian, or Ubuntu and others), or name the one you have:"; \
	echo "  sudo apt-get install $(CHROMIUM_PACKAGES)"; \
	echo "  $(BIN)/python -m playwright install --with-deps chromium"; \
	echo "  make test CHROMIUM=/path/to/chrome"; \
	exit 1

# LibreOffice opens the slides and workbooks of the tests; where it cannot be installed, they say that they skip.
OFFICE_PACKAGES := libreoffice-impress-nogui libreoffice-calc-nogui
office:
	@if command -v soffice >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi; \
	if $$as_root true 2>/dev/null && command -v apt-get >/dev/null; then \
	  echo "installing $(OFFICE_PACKAGES) through apt"; \
	  $$as_root apt-get update -qq && \
	  $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    $(OFFICE_PACKAGES) >/dev/null; \
	fi; \
	command -v soffice >/dev/null || echo "!!! LibreOffice is missing: apt-get install $(OFFICE_PACKAGES)"
