# Two commands do all the set-up: `make run` and `make test`. Everything lives in .venv/ and var/.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PORT ?= 8000
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Byte code is kept, whatever the machine says of it: compiling anew takes each of the many processes seconds.
unexport PYTHONDONTWRITEBYTECODE
CHECKED := TRAEKTORIA_DATA=.venv/checks $(BIN)/traektoria

.PHONY: help setup setup-dev run test thorough quick check check-types check-the-rest byte-code test-sqlite test-postgres calendar explore bench messages lock

help:
	@echo 'make run       set up, fill with demo data, start the server and print its address'
	@echo 'make test      all checks and the whole test suite on SQLite and PostgreSQL'
	@echo 'make thorough  the same tests with many more rounds, seeds and examples of what each repeats'
	@echo 'make quick     the checks, and for fifty seconds the tests nearest to what has changed since main'
	@echo 'make check     ruff, mypy, import-linter, catalogue, diagrams, migrations'
	@echo 'make calendar  the rooms on days that are none like the others'
	@echo 'make explore   properties on inputs that nobody has seen yet'
	@echo 'make bench     measure imports and pages against floors of the same run (docs/bench/)'
	@echo 'make messages  update the Russian catalogue from the sources'
	@echo 'make setup     only install'

setup: .venv/ready .venv/catalogues

.venv/installer: requirements/installer.lock
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed: install it and run make again.'; exit 1; }
	@echo '1/3 A Python environment in .venv'
	@$(PYTHON) -m venv .venv || { echo 'Python has no venv module: install it (Debian: python3-venv) and run make again.'; exit 1; }
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/installer.lock
	@touch $@

.venv/ready: .venv/installer requirements/base.lock pyproject.toml
	@echo '2/3 Locked dependencies (about 100 packages)'
	@$(BIN)/uv pip install --python $(BIN)/python --require-hashes -r requirements/base.lock
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --no-deps --no-build-isolation -e .
	@touch $@

# Compiled before anything runs: a process reads its catalogue once.
.venv/catalogues: .venv/ready $(wildcard src/traektoria/locale/*/ru/LC_MESSAGES/django.po)
	@$(CHECKED) messages --compile
	@touch $@

setup-dev: .venv/ready-dev .venv/catalogues

.venv/ready-dev: .venv/ready requirements/dev.lock
	@echo 'Locked dependencies of the tests'
	@$(BIN)/uv pip install --python $(BIN)/python --require-hashes -r requirements/dev.lock
	@touch $@

run: setup
	@TRAEKTORIA_DEMO=$${TRAEKTORIA_DEMO:-1} $(BIN)/traektoria start --port $(PORT)

messages: setup
	@$(BIN)/traektoria messages

# mypy takes as long as all the others together: one core for it, one for them.
check: setup-dev
	@$(MAKE) --no-print-directory -j 2 check-types check-the-rest

check-types: setup-dev
	$(BIN)/mypy

check-the-rest: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(CHECKED) makemigrations --check --dry-run
	$(CHECKED) messages --check
	$(CHECKED) workflow_diagrams --check

# All parts at once: while one waits for a browser, a process or its database, another has the core.
test: setup-dev
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.parts

# What the processes of both parts would each make in a new clone (tests/bytecode.py).
byte-code: setup-dev
	@$(BIN)/pytest -q -p tests.bytecode --collect-only --no-migrations > .venv/collected || { cat .venv/collected; exit 1; }

# The number of rounds stands in tests/thoroughness.py.
thorough: export TESTS_THOROUGH = 1
thorough: test

quick: check
	@$(BIN)/python -m tests.quick

# Tables are made of the models here; of the migrations on PostgreSQL, and on SQLite where tests start a real process.
# Both ways are compared by tests/core/installation/test_first_tables.py.
# Three on two cores: a worker that waits for its browser leaves a core to another.
test-sqlite: setup-dev
	@$(BIN)/python -m tests.browser
	$(BIN)/pytest -q -n 3 --dist loadgroup --no-loadscope-reorder --no-migrations

# What a database decides (tests/choosing.py), on PostgreSQL: a server of its own, or the one named by DATABASE_URL. Of the
# browser tests those of the record from end to end: what a browser does with a page does not depend on the database.
# One process: each more of them collects the tests, makes tables and worlds anew, and the cores are busy with SQLite.
ON_POSTGRES := --ignore tests/engines $(foreach one,access audit_offline instruments keyboard offline_pages rules_and_needs sign_in sitting status wall,\
	--ignore tests/e2e/test_$(one).py)

test-postgres: setup-dev
	@$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.postgres $(BIN)/pytest -q -n 0 $(ON_POSTGRES)

# Whether a test hangs on the day or the hour: the rooms, on days that are none like the others.
calendar: setup-dev
	@for day in $$($(BIN)/python -m tests.clock); do echo "At $$day"; TESTS_AT=$$day $(BIN)/pytest -q -n 2 --no-migrations \
		-m 'not browser and not processes and not slow' --ignore tests/engines --ignore tests/acceptance tests || exit 1; done

# Properties on inputs that nobody has seen yet; a run of the suite repeats the same ones. What is found becomes a test.
explore: setup-dev
	HYPOTHESIS_PROFILE=exploring TESTS_THOROUGH=1 $(BIN)/pytest -q -n 2 -m hypothesis tests

bench: setup-dev
	$(BIN)/python -m tests.bench

lock: setup
	$(BIN)/uv pip compile --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/base.lock pyproject.toml
	$(BIN)/uv pip compile --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -q --extra dev -c requirements/base.lock -o requirements/dev.lock pyproject.toml
