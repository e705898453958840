PHOTOS ?=
PICTURES ?= $(CURDIR)/../reverie-screenshots
INSTALLED := .venv/installed

.PHONY: setup demo run test check bench screenshots clean

setup: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt packaging/setup.sh
	@packaging/setup.sh
	@touch $@

demo: $(INSTALLED)
	@packaging/demo.sh "$(PHOTOS)"

run: $(INSTALLED)
	.venv/bin/reverie-desktop

test: $(INSTALLED) check
	.venv/bin/pytest

check: $(INSTALLED)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

bench: $(INSTALLED)
	@for script in tests/benchmarks/bench_*.py; do echo; .venv/bin/python $$script || exit 1; done

screenshots: $(INSTALLED)
	@packaging/screenshots.sh "$(PICTURES)"

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache
