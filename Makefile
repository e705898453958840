PHOTOS ?=
INSTALLED := .venv/installed

.PHONY: setup demo test check bench clean

setup: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt packaging/setup.sh
	@packaging/setup.sh
	@touch $@

demo: $(INSTALLED)
	@packaging/demo.sh "$(PHOTOS)"

test: $(INSTALLED) check
	.venv/bin/pytest

check: $(INSTALLED)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

bench: $(INSTALLED)
	@for script in tests/benchmarks/bench_*.py; do echo; .venv/bin/python $$script || exit 1; done

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache
