# Two commands do everything: `make run` and `make test`. The others are for those who build.
SHELL := /bin/bash
PY := .venv/bin/python
export UV_PYTHON_DOWNLOADS := never
UV_VERSION := 0.13.9
.PHONY: run test setup browser check fix words docs bench lock clean

run: setup ## install, load the real portfolio, and serve the whole product with a demo account for each role
	@HELSEVEV_MODE=demo .venv/bin/helsevev load portfolio data/portfolio.json >/dev/null
	@HELSEVEV_MODE=demo exec .venv/bin/helsevev serve

test: setup browser tests/outside/oidc-server/node_modules/.ok ## install and pass every test
	@echo "Testing."
	@$(PY) -m pytest -n 2

setup: .venv/.ok frontend/dist/.ok locale/.ok ## .venv with the helsevev command, front end, catalogues

.venv/.ok: requirements/dev.lock pyproject.toml
	@echo "Installing Python packages into .venv."
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$(python3 --version). Install it and try again."; exit 1; }
	@test -x $(PY) || python3 -m venv .venv
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.lock || { echo "The installer could not be fetched. Is the network up?"; exit 1; }
	@.venv/bin/uv pip sync -q --python $(PY) --require-hashes requirements/dev.lock || { echo "A Python package could not be installed; the lines above say which."; exit 1; }
	@.venv/bin/uv pip install -q --python $(PY) --no-deps --no-build-isolation --editable .
	@touch $@

frontend/node_modules/.ok: frontend/package-lock.json
	@echo "Installing front-end packages."
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { echo "Node 20 or newer is needed. Install it and try again."; exit 1; }
	@cd frontend && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || { echo "A front-end package could not be installed; the lines above say which."; exit 1; }
	@touch $@

tests/outside/oidc-server/node_modules/.ok: tests/outside/oidc-server/package-lock.json
	@echo "Installing the OIDC server that the tests sign in through."
	@cd tests/outside/oidc-server && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || { echo "The OIDC server could not be installed; the lines above say which package."; exit 1; }
	@touch $@

frontend/dist/.ok: frontend/node_modules/.ok frontend/build.mjs $(shell find frontend/src -type f 2>/dev/null)
	@echo "Building the front end."
	@cd frontend && node build.mjs
	@touch $@

locale/.ok: .venv/.ok $(wildcard locale/*/LC_MESSAGES/*.po locale/desk/*/LC_MESSAGES/*.po)
	@echo "Compiling the translations."
	@$(PY) scripts/words.py compile
	@touch $@

browser: .venv/.ok ## find a browser for the tests, or fetch one
	@$(PY) scripts/browser.py

check: setup ## lint, types, imports, translations, generated papers; changes nothing
	@echo "Lint."; .venv/bin/ruff check . && .venv/bin/ruff format --check .
	@echo "Types."; .venv/bin/mypy
	@echo "Import contracts."; .venv/bin/lint-imports
	@echo "Translations."; $(PY) scripts/words.py check
	@echo "Generated papers."; $(PY) scripts/papers.py check

fix: .venv/.ok ## let the tools mend what they can
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

words: .venv/.ok ## find new strings and put them in the catalogues
	@$(PY) scripts/words.py update

docs: setup ## write the generated papers anew
	@$(PY) scripts/papers.py write

bench: setup ## measure; results go to docs/benchmarks.md
	@$(PY) benchmarks/run.py

lock: ## lock the dependencies anew, with hashes and without addresses
	@.venv/bin/uv pip compile -q --upgrade pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -o requirements/base.lock
	@.venv/bin/uv pip compile -q --upgrade pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header -o requirements/dev.lock

clean: ## take away everything that was made here, except data
	@rm -rf .venv frontend/node_modules frontend/dist locale/.ok build
