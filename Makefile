# Every verb sets up what it needs: the first one makes .venv, the later ones reuse it.
PYTHON ?= python3
RUN := .venv/bin/python -m
READY := .venv/ready
# A folder of wheels beside this file (make wheels) replaces the network.
OFFLINE := $(if $(wildcard wheels),--no-index --find-links wheels)
NOTEBOOKS := $(sort $(wildcard notebooks/*.ipynb))

.DEFAULT_GOAL := help
.PHONY: help setup lab test test-lab refresh lint figures bench slides site wheels pins clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(RUN) pip install $(OFFLINE) -r requirements.txt
	$(RUN) pip install --no-index --no-deps --no-build-isolation -e .
	@touch $@

setup: $(READY) ## make .venv and install everything into it

lab: $(READY) ## open the notebooks in JupyterLab, on this machine only
	$(RUN) jupyter lab --config=docs/lab/jupyter_lab_config.py

test: $(READY) ## run the unit tests and re-execute every notebook
	$(RUN) pytest --nbval

test-lab: $(READY) docs/node_modules slides site ## open notebooks, slides and site in a real browser
	$(RUN) pytest tests/browser -n 0

refresh: $(READY) ## re-execute every notebook in place
	printf '%s\0' $(NOTEBOOKS) | xargs -0 -n 1 -P 2 $(RUN) nbconvert --config=docs/lab/refresh_config.py

lint: $(READY) ## check style and format of code and notebooks
	$(RUN) ruff check .
	$(RUN) ruff format --check .

figures: $(READY) ## renew the golden images of the figures
	$(RUN) pytest tests -k figure -o mpl-baseline-path= --mpl-generate-path=tests/golden

bench: $(READY) ## measure speed and memory against public peers
	$(RUN) benchmarks

docs/node_modules: docs/package.json
	@command -v npm > /dev/null || { echo "npm is needed, which brings reveal.js and axe-core: install Node.js (Debian: sudo apt-get install npm)"; exit 1; }
	npm --prefix docs install --no-audit --no-fund --package-lock=false
	@touch $@

slides: $(READY) docs/node_modules ## write a deck of slides for each notebook to docs/slides/_build
	$(RUN) nbconvert --config=docs/slides/slides_config.py
	mkdir -p docs/slides/_build/reveal.js/plugin
	cp -R docs/node_modules/reveal.js/LICENSE docs/node_modules/reveal.js/dist docs/slides/_build/reveal.js
	cp -R docs/node_modules/reveal.js/plugin/notes docs/slides/_build/reveal.js/plugin

site: $(READY) ## build the site of the series in docs/site/_build
	rm -rf docs/site/_build docs/site/api
	$(RUN) sphinx -q --fail-on-warning --keep-going -b html -c docs/site . docs/site/_build/html

wheels: $(READY) ## fill wheels/ for a room without a network
	$(RUN) pip download --dest wheels -r requirements.txt

pins: $(READY) ## renew requirements.txt from pyproject.toml
	$(RUN) piptools compile --all-extras --strip-extras --allow-unsafe --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --output-file requirements.txt pyproject.toml
	sed -i.bak 's/^\(torch==[^+]*\)+.*/\1/' requirements.txt && rm requirements.txt.bak

clean: ## remove .venv and all caches
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis *.egg-info docs/node_modules
	rm -rf docs/site/_build docs/site/api docs/slides/_build tests/browser/failures
	find . -name __pycache__ -prune -exec rm -rf {} + -o -name .ipynb_checkpoints -prune -exec rm -rf {} +
