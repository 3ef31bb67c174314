# Enabler's commands. Each does its own set-up; doing it again takes a second.
#   make run     the web door and the clock, with a peopled place, until Ctrl-C  (PORT=8000)
#   make test    every check and every test, on both databases                   (ARGS="-k name")
BIN := .venv/bin

.PHONY: run setup test lint prove bench bench-country screenshots lock words clean tools

run: setup
	@scripts/run

setup:
	@scripts/setup

test:
	@scripts/setup test
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

tools: setup
	@scripts/environment test

lint: tools # style, types and the laws of import, without the tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy enabler sms
	@$(BIN)/lint-imports

prove: # each proof at its full size, a line per proof; some hours (ARGS="2.4" for one)
	@scripts/setup test
	@$(BIN)/python -m bench.prove $(ARGS)

bench: tools # the engine's figures with their bars, from a town to a region; an hour or less (ARGS="solve" for one)
	@$(BIN)/python -m bench $(ARGS)

bench-country: tools # the same figures for the whole country, those that can be had: 8 GB
	@BENCH_SIZES=country $(BIN)/python -m bench optimum pairs rows growth

screenshots: # every page at two widths and in every language into screenshots/
	@scripts/setup test
	@$(BIN)/python -m tests.screenshots $(ARGS)

lock: setup # for makers: what requirements/*.in ask for into the lock files (ARGS=--upgrade: all anew)
	@scripts/lock $(ARGS)

words: setup # for makers: new words of pages and texts into enabler/translations, to be translated (ARGS=fr: one more language)
	@$(BIN)/python -m scripts.words $(ARGS)

clean: # what set-up and tests made; never instance/, where the people are
	@rm -rf .venv .make node_modules enabler/static/vendor build screenshots *.egg-info
	@rm -rf .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
