# Everything a newcomer types. The set-up itself is in bin/install.
.DEFAULT_GOAL := help
.PHONY: help run test check bench install format locks
MAKEFLAGS += --no-print-directory

help:  ## these lines
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

run:  ## set up, then serve the demonstration on 127.0.0.1:8000 (PORT=8001 for another port)
	@bin/install
	@exec .venv/bin/flask --app wsgi serve

test:  ## set up, then every test: SQLite, PostgreSQL and a real browser (ARGS="-k word" for some)
	@bin/install tools browser
	@exec .venv/bin/python -m pytest -n 2 --dist loadgroup $(ARGS)

check:  ## formatter, linter, types and import rules
	@bin/install tools
	.venv/bin/ruff format --check --quiet .
	.venv/bin/ruff check --quiet .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

bench:  ## the benchmarks, as ratios measured in the same run
	@bin/install tools
	@exec .venv/bin/python -m tests.bench $(ARGS)

install:  ## the set-up alone
	@bin/install

format:  ## let the formatter and the linter put right what they can
	@bin/install tools
	.venv/bin/ruff check --fix --quiet .
	.venv/bin/ruff format --quiet .

locks:  ## compile the hashed locks again after a change to setup.cfg (needs uv)
	@bin/lock $(ARGS)
