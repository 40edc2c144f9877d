# Versprochen. Two commands matter: `make run` and `make test`.
PORT ?= 8000
SYSTEM_PYTHON ?= python3
PY := .venv/bin/python
NEW := $(SYSTEM_PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
PIP := $(PY) -m pip install -qq --disable-pip-version-check --require-hashes

.PHONY: run setup test bench lint format lock messages

run: setup
	@$(PY) manage.py serve --port $(PORT)

setup: .venv/.base

.venv/.base: requirements.txt
	@command -v $(SYSTEM_PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, and there is no $(SYSTEM_PYTHON)."; exit 1; }
	@$(NEW)
	@$(PY) -m pip --version >/dev/null 2>&1 || $(SYSTEM_PYTHON) -m venv --clear .venv
	@echo "Installing what the archive needs (once) …"
	@$(PIP) -r requirements.txt
	@$(PY) -m search.lexicon
	@touch $@

.venv/.test: requirements-test.txt .venv/.base
	@echo "Installing what the tests need (once) …"
	@$(PIP) -r requirements-test.txt
	@touch $@

.venv/.supply: requirements-supply.txt .venv/.base
	@$(PIP) -r requirements-supply.txt 1>&2
	@touch $@

.venv/.bench: requirements-bench.txt .venv/.base
	@$(PIP) -r requirements-bench.txt 1>&2
	@touch $@

test: .venv/.test lint
	$(PY) -m pytest -n 2 --dist loadfile --ignore=tests/browser
# Apart: its one browser for all pages keeps an event loop running, which Django's other tests refuse.
	$(PY) -m pytest -n 2 --dist loadfile tests/browser

lint: .venv/.test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/lint-imports
	.venv/bin/mypy
	.venv/bin/bandit -q -c pyproject.toml -r archive programmes search manage.py

format: .venv/.test
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

bench: .venv/.bench
	@$(PY) -m benchmarks $(if $(ONLY),--only $(ONLY)) $(if $(SIZE),--size $(SIZE))

# Pins every requirement with its hashes; no index address is written.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt
	uv pip compile pyproject.toml --extra test -c requirements.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-test.txt
	uv pip compile pyproject.toml --extra supply -c requirements.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-supply.txt
	uv pip compile pyproject.toml --extra bench -c requirements.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-bench.txt

# The English interface (needs GNU gettext): collect what is new, translate it in the .po, run it again.
ENGLISH := templates/locale/en/LC_MESSAGES/django
messages:
	@$(PY) manage.py makemessages -l en --ignore=.venv --ignore=var --ignore=tests --ignore=fixtures --no-obsolete --no-location -v 0
	@msgfmt --check-format --statistics -o $(ENGLISH).mo $(ENGLISH).po
