# Targets for people: `make demo` first, `make test` before a commit, `make lock` after a change of dependencies.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
WORKERS ?= 2

.PHONY: demo test interop protege-shots web-shots lint types layers unit install lock format docs release clean help

help:
	@echo "make demo     build the graph and ask it three questions"
	@echo "make test     style, types, layers, every test that needs no server of its own"
	@echo "make interop  real processes that are killed at work, real servers that are asked"
	@echo "make protege-shots  pictures of the graph in the real Protégé, for the docs"
	@echo "make web-shots  pictures of the pages in a real browser, for the docs"
	@echo "make docs     the pages of the docs that follow from ontology, queries, graph and commands"
	@echo "make format   canonical rows and Turtle, formatted code"
	@echo "make release  VERSION=0.2.0 OLD=../v0.1.0: the number of a release in every header; docs/ontology/releases.md"
	@echo "make lock     resolve the pinned versions again"
	@echo "make clean    remove the environment and the graph"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

# What the commands need, pinned by hash; the project itself is installed so that its files are used where they lie.
$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What the tests need besides.
$(VENV)/.dev: requirements/dev.txt requirements/owl.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/owl.txt
	@touch $@

install: $(VENV)/.dev

demo: $(VENV)/.run
	@sh scripts/demo.sh $(BIN)

test: lint types layers unit

# What takes real processes and their time, and is no test of a unit.
interop: $(VENV)/.dev
	$(BIN)/cbec-kg bench crash --kills 12
	CBEC_KG_INTEROP=1 $(BIN)/python -m pytest -q tests/interop

# The pictures of docs/ontology/protege.md, taken anew in Protégé on a display without a screen: about two minutes.
protege-shots: $(VENV)/.dev
	$(BIN)/python -m tests.interop.protege.shots

# The pictures of docs/pages.md, taken anew in Chromium.
web-shots: $(VENV)/.dev
	$(BIN)/python -m tests.interop.web.shots

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports

unit: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --ignore tests/interop

# Pages that follow from the ontology, the queries, the graph and the commands.
docs: $(VENV)/.dev
	$(BIN)/python -m tests.docs.regenerate

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/cbec-kg data format --fix

# The number of a release, in every place where it stands. OLD is a folder with the release before; none for the first.
release: $(VENV)/.dev
	$(BIN)/python -m cbec_kg.ontology.release $(VERSION) $(if $(OLD),--old $(OLD))

lock: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  pyproject.toml requirements/build.in --all-extras --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  pyproject.toml requirements/build.in --constraint requirements/dev.txt -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  pyproject.toml requirements/build.in --extra serve --constraint requirements/dev.txt -o requirements/serve.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-deps requirements/owl.in -o requirements/owl.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --group interop -o requirements/interop.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  requirements/grlc.in -o requirements/grlc.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  requirements/schemathesis.in -o requirements/schemathesis.txt

clean:
	rm -rf $(VENV) .cbec-kg
