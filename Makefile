# One command each: demo, test, lint, bench. Python 3.11 or later is all that must be there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint format schema bench clean

demo: $(VENV)/ready
	$(BIN)/newsscrape demo -o demo/articles.jsonl

test: $(VENV)/ready
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy newsscrape spiders

format: $(VENV)/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schema: $(VENV)/ready
	$(BIN)/newsscrape schema > newsscrape/article.schema.json
	$(BIN)/newsscrape sites schema > newsscrape/sites/profile.schema.json

bench: $(VENV)/ready
	$(BIN)/python -m pytest -o addopts= -q tests/benchmarks --benchmark-columns=min,median,rounds
	$(BIN)/python -m tests.benchmarks.crawl_rate

$(VENV)/ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("newsscrape needs Python 3.11 or later; try: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) demo build dist *.egg-info
