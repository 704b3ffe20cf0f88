# Everything a newcomer needs: `make up`. `make help` lists the rest.
# The virtual environment is built from requirements.lock (exact versions with hashes) and rebuilt when that changes.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
ASSETS := .assets/.ready
TOOLS := .tools/.ready
LINTER := .tools/linter

# Compiled once, not anew in each of the many processes of a suite and of a test run.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help up down reset status test check stress pictures bench lock tools venv assets

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

up: $(READY) $(ASSETS) ## start the whole suite; Ctrl-C stops it (in the background: make up DETACH=1)
	@exec $(PY) -m kota up $(if $(DETACH),--detach)

down: $(READY) ## stop everything that was started here
	@$(PY) -m kota down

reset: $(READY) ## stop and remove all data of this checkout (without asking: make reset YES=1)
	@$(PY) -m kota reset $(if $(YES),--yes)

status: $(READY) ## show processes, queues, outbox lag, parked messages
	@$(PY) -m kota status

test: $(READY) $(ASSETS) ## run the tests, side by side (one folder: make test T=tests/hearse; one test: T=FILE::NAME)
	@sh tests/support/browser/install.sh || echo "Without it the tests of the console in a browser fail; no others need it."
	@$(MAKE) --no-print-directory $(TOOLS) || echo "Without these the tests of deploy/ fail; no others need them."
	$(PY) -m pytest $(if $(findstring .py,$(T)),,-n auto) $(T)

stress: $(READY) $(ASSETS) ## run the long fault tests too
	@$(MAKE) --no-print-directory $(TOOLS) || echo "Without these the tests of deploy/ fail; no others need them."
	$(PY) -m pytest -m stress

pictures: $(READY) $(ASSETS) ## take the guide's pictures anew, from the tests in a browser
	@sh tests/support/browser/install.sh
	KOTA_PICTURES=docs/panduan/gambar $(PY) -m pytest tests/console/browser

bench: $(READY) $(ASSETS) ## measure; figures go to docs/performance.md
	$(PY) -m bench

check: $(READY) $(TOOLS) ## style, types, layering, generated files, manifests
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) -m contracts.generate --check
	$(PY) -m kota.parts --check
	$(PY) -m deploy.checks

lock: ## pin the newest versions of requirements.in with hashes
	@test -x $(VENV)/bin/uv || { $(PYTHON) -m venv $(VENV) && $(PY) -m pip install --quiet uv; }
	$(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --output-file requirements.lock requirements.in
	$(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --output-file deploy/checks/linter.lock deploy/checks/linter.in
	$(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --output-file console/assets/node.lock console/assets/node.in
	@$(MAKE) --no-print-directory venv && $(PY) -m kota.parts

tools: $(TOOLS) ## fetch what checks of manifests need: kustomize, promtool, prometheus, a linter

venv: $(READY) ## build the virtual environment

assets: $(ASSETS) ## fetch what pages of the console load: look, htmx, map, font, icons

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(not (3, 11) <= v <= (3, 13) and "Python %d.%d is not supported: use 3.11 to 3.13, such as make PYTHON=python3.11" % v)'
	@echo "Installing the locked dependencies into $(VENV) (once, a minute or two)"
	@$(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip check --disable-pip-version-check >/dev/null
	@touch $@

$(ASSETS): console/assets/fetch.sh console/assets/package-lock.json console/assets/node.lock
	@echo "Fetching what pages of the console load into .assets (once, a quarter of a minute)"
	@sh console/assets/fetch.sh .assets $(PYTHON)
	@touch $@

$(TOOLS): deploy/tools/fetch.sh deploy/checks/linter.lock
	@echo "Fetching kustomize, Prometheus and the linter of manifests into .tools (once, half a minute)"
	@sh deploy/tools/fetch.sh .tools
	@rm -rf $(LINTER) && $(PYTHON) -m venv $(LINTER)
	@$(LINTER)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/checks/linter.lock
	@touch $@
