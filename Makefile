# make verify   the main job: the verdict table and the counterexample
# make test     the tests
# make coverage the tests of lifecheck but those that compare judges, and which of its branches they take
# make lint     ruff and mypy
# make texts    generate again what README.md and docs/ show of a run
# make matrix   judge docs/verdicts.md and docs/verdicts.json again
# make lattice  judge every legal combination of the model's switches, and write docs/whole-lattice.md: an hour or more, and
#               goes on where it was
# make diagrams draw docs/diagrams again
# make handout  what students get, in build/handout: lessons, exercises and sheets, and nothing that answers them; make handout
#               HANDOUT=folder writes it elsewhere
# make docs     the site, in build/site; its playground needs npm, and the site is built without it where there is none
# make cross-check  what make test leaves out or does little of, at length: comparisons with judges, SPIN, TLC and, where
#               it can run, musil; needs spin, gcc and java. make cross-check AMOUNT=some PART=0/8 compares as much as CI
#               does at one commit, PART=1/8 what it does at another, and COMPARED=tests/properties is a part of it
# make bench    what the command costs beside starting Python, lint beside making a machine, large systems beside SPIN, TLC, musil, Storm and CUDD;
#               make bench PATIENCE=600 also runs what is expected to take another checker up to so many seconds
#
# Each sets up a virtual environment in .venv first, if there is none or the dependencies changed; another Python, and
# another place for it: make test PYTHON=python3.13 VENV=build/newest

PYTHON ?= python3
TESTS ?=
PATIENCE ?= 60
VENV ?= .venv
COMPARED ?= tests
AMOUNT ?= all
PART ?=
HANDOUT ?= build/handout
BIN := $(VENV)/bin
READY := $(VENV)/ready
# the tests start many programs, each of which would compile every file again where bytecode may not be written
export PYTHONDONTWRITEBYTECODE :=
# a file's tests share what they set up; conftest.py puts the files first that take longest
ON_TWO_CORES := -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: verify test cross-check coverage lint texts matrix lattice diagrams handout docs bench clean

verify: $(READY)
	@$(BIN)/lifecheck verify

test: $(READY)
	$(BIN)/python -m pytest $(ON_TWO_CORES) $(TESTS)

# without the plugin, which pytest would import before anything is measured
coverage: $(READY)
	$(BIN)/python -m pytest -p no:lifecheck $(ON_TWO_CORES) --cov --cov-report=term:skip-covered -k "not agree" lifecheck tests/lifecheck

cross-check: $(READY) build/musil
	LIFECHECK_CROSS_CHECK=$(AMOUNT) LIFECHECK_CROSS_CHECK_PART=$(PART) LIFECHECK_NO_SKIPS=1 $(BIN)/python -m pytest -n 2 -rs -m "cross_check or long" $(COMPARED)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

texts: $(READY)
	$(BIN)/cog -I . -r $$(grep -rlF '[[[cog' --include='*.md' README.md docs examples)

matrix: $(READY)
	$(BIN)/python -m docs.generate.matrix

lattice: $(READY)
	$(BIN)/python -m docs.generate.whole_lattice

diagrams: $(READY)
	$(BIN)/lifecheck draw

handout: $(READY)
	@$(BIN)/python -m docs.generate.handout $(HANDOUT)

docs: $(READY)
	@rm -rf build/site build/doctrees  # a page that did not change would not be warned about again
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going -c docs/site -d build/doctrees . build/site
	@echo "The site is in build/site: open build/site/index.html"

# musil judges too where there is a Python 3.12 or later; what has no such Python does without
build/musil:
	@for python in python3.14 python3.13 python3.12 $(wildcard $(HOME)/.pyenv/versions/3.1[2-9]*/bin/python); do \
		command -v $$python > /dev/null || continue; \
		$$python -m venv $@ && $@/bin/python -m pip install --quiet --disable-pip-version-check musil && exit 0; \
		rm -rf $@; \
	done; echo "make: musil is left out; it needs Python 3.12 or later, and an index that has it"

$(READY): pyproject.toml
	@command -v $(PYTHON) > /dev/null || { echo "make: $(PYTHON) is not there; install Python 3.11 or later, or name one: make PYTHON=..."; exit 1; }
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "make: $(PYTHON) is older than Python 3.11; name another: make PYTHON=..."; exit 1; }
	@$(PYTHON) -c "import ensurepip, venv" 2> /dev/null || { echo "make: $(PYTHON) has no venv; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $(READY)

bench: $(READY)
	$(BIN)/python benchmarks/command.py
	$(BIN)/python benchmarks/lint.py
	$(BIN)/python benchmarks/firing.py
	$(BIN)/python benchmarks/replay.py
	$(BIN)/python benchmarks/sweep.py
	$(BIN)/python benchmarks/large_system.py holds
	$(BIN)/python benchmarks/large_system.py violated
	$(BIN)/python benchmarks/beside_musil.py
	$(BIN)/python benchmarks/population.py --patience $(PATIENCE)

clean:
	rm -rf .venv build .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
