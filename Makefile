# make demo: a contract from a sample.   make test: all tests.   Both set up what they need, once.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test lint golden schema review-score review-weights bench clean

demo: $(VENV)/.program
	$(BIN)/dpa-gen generate samples/volledig/overeenkomst.yaml --output build/demo/

test: $(VENV)/.tests
	$(BIN)/python -m pytest -rs

lint: $(VENV)/.tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The text of every sample contract, for the tests to compare with; read the difference before you commit it.
golden: $(VENV)/.tests
	$(BIN)/python tests/golden_text.py

# What is written from the program: docs/yaml.md, docs/rules.md and the schema beside the samples.
schema: $(VENV)/.program
	$(BIN)/python docs/build.py

# The pictures of the guides for lawyers; needs LibreOffice and pdftoppm.
pictures: $(VENV)/.program
	$(BIN)/python docs/pictures.py

# How well the review of other people's agreements judges; --cells shows each cell it gets wrong.
review-score: $(VENV)/.tests
	$(BIN)/python tests/review_score.py

# What the review weighs, from tests/phrases and tests/papers; some minutes, and scikit-learn is fetched for it.
review-weights: $(VENV)/.tests
	$(BIN)/python -m pip install --quiet scikit-learn
	$(BIN)/python tests/review_weights.py

# How fast it is, against plain docxtpl, both in turn; some minutes. QUICK=1 for a first look.
bench: $(VENV)/.tests
	$(BIN)/python tests/bench/bench.py $(if $(QUICK),--quick)

clean:
	rm -rf build .venv .cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.program: $(VENV)/bin/python setup.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.tests: $(VENV)/bin/python setup.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ $(VENV)/.program
