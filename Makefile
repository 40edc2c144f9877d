# Versprochen. Two commands matter: `make run` and `make test`.
PORT ?= 8000
SYSTEM_PYTHON ?= python3
PY := .venv/bin/python
NEW := $(SYSTEM_PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
PIP := $(PY) -m pip install -qq --disable-pip-version-check --require-hashes

.PHONY: run setup test bench lint format lock messages sbom licences audit fuzz kills

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

# Apart, since these tools want other versions of what the tests use.
SUPPLY := .venv/supply/bin
$(SUPPLY)/.made: requirements-supply.txt .venv/.base
	@$(SYSTEM_PYTHON) -m venv --clear .venv/supply
	@$(SUPPLY)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-supply.txt
	@touch $@

# And apart from both: a validator of citation files.
.venv/.citation: requirements-citation.txt .venv/.base
	@$(SYSTEM_PYTHON) -m venv --clear .venv/citation
	@.venv/citation/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-citation.txt
	@touch $@

.venv/.bench: requirements-bench.txt .venv/.base
	@$(PIP) -r requirements-bench.txt 1>&2
	@touch $@

.venv/.fuzz: requirements-fuzz.txt .venv/.test
	@$(PIP) -r requirements-fuzz.txt
	@touch $@

test: .venv/.test .venv/.citation lint
	$(PY) -m pytest -n 2 --dist loadfile --ignore=tests/browser
# What rests on the database, once more on PostgreSQL (skipped by name where none is installed, except with CI=true).
	$(PY) -m tests.postgres $(PY) -m pytest -n 2 --dist loadfile $(ON_POSTGRESQL)
# Apart: its one browser for all pages keeps an event loop running, which Django's other tests refuse.
	$(PY) -m pytest -n 2 --dist loadfile tests/browser

ON_POSTGRESQL := $(addprefix tests/programmes/,test_importing.py test_import_documents.py test_editing.py test_intake.py \
	test_views.py test_prepared.py test_api.py test_releases.py test_register.py test_reference.py test_at_once.py admin/test_stories.py) \
	tests/search/pages tests/search/test_move_index.py tests/archive/test_backups.py

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

# Looks for inputs that break a reader, the query parser or the renderer; what it finds is in .fuzz/found.
MINUTES ?= 10
fuzz: .venv/.fuzz
	@$(PY) -m tests.fuzz --minutes $(MINUTES) $(if $(ONLY),--only $(ONLY)) $(if $(KEEP),--keep)

# Kills the archive's own commands at random moments, so many times, and looks for what was lost.
TIMES ?= 100
kills: .venv/.test
	@$(PY) -m tests.kills --times $(TIMES) $(if $(SEED),--seed $(SEED))

# Pins every requirement with its hashes; no index address is written.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt
	uv pip compile pyproject.toml --extra test -c requirements.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-test.txt
	echo cffconvert==2.0.0 | uv pip compile - --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-citation.txt
	uv pip compile pyproject.toml --extra supply -c requirements.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-supply.txt
	uv pip compile pyproject.toml --extra bench -c requirements.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-bench.txt
	echo "atheris<3.1" | uv pip compile - --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-fuzz.txt

# The English interface (needs GNU gettext): collect what is new, translate it in the .po, run it again.
ENGLISH := templates/locale/en/LC_MESSAGES/django
messages:
	@$(PY) manage.py makemessages -l en --ignore=.venv --ignore=var --ignore=tests --ignore=fixtures --no-obsolete --no-location -v 0
	@msgfmt --check-format --statistics -o $(ENGLISH).mo $(ENGLISH).po

# What the archive is shipped with: a bill of materials, the licences, and what is known to be unsafe.
SHIPPED = $$(sed -n 's/^\([A-Za-z0-9._-]*\)\(\[.*\]\)\{0,1\}==.*/\1/p' requirements.txt)
sbom: $(SUPPLY)/.made
	@mkdir -p var
	@$(SUPPLY)/cyclonedx-py requirements --pyproject pyproject.toml --of JSON -o var/sbom.cdx.json requirements.txt
	@echo "var/sbom.cdx.json (CycloneDX)"

licences: $(SUPPLY)/.made
	@$(SUPPLY)/pip-licenses --python $(PY) --from=mixed --format=markdown --packages $(SHIPPED) > archive/deployment/LICENCES.md
	@echo "archive/deployment/LICENCES.md"

audit: $(SUPPLY)/.made
	@$(SUPPLY)/pip-audit --disable-pip --require-hashes -r requirements.txt || { code=$$?; \
		echo "pip-audit found something (above), or could not reach its data: then nothing was checked."; exit $$code; }
