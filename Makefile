# Every verb sets up what it needs: the first one makes .venv, the later ones reuse it.
PYTHON ?= python3
RUN := .venv/bin/python -m
READY := .venv/ready
READY_DEV := .venv/ready-dev
NOTEBOOKS := $(sort $(wildcard notebooks/*.ipynb notebooks/further/*.ipynb))
PYTEST := $(RUN) pytest
# The cells of a notebook share one kernel: a file stays whole on its worker (loadfile). Notebooks
# take longest, so they come first. There is a worker for each core: torch takes one thread in each.
SHARED_OUT := -n auto --dist loadfile --no-loadscope-reorder
REFRESH := printf '%s\0' $(NOTEBOOKS) | xargs -0 -n 4 -P 2 $(RUN) nbconvert --config=docs/lab/refresh_config.py
COMPILE := $(RUN) piptools compile --quiet --strip-extras --allow-unsafe --no-header --no-annotate \
  --no-emit-index-url --no-emit-find-links

# On Linux the ordinary build of torch brings gigabytes of CUDA libraries, so pip gets PyTorch's
# own index of CPU builds beside the others. It is asked once whether it answers; where it does
# not, pip does without. An index that the user has named stands.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
ANSWERS := timeout 5 $(PYTHON) -c 'import urllib.request as r; r.urlopen("$(TORCH_INDEX)/torch/", timeout=3)'
CPU_BUILD = $$([ "$$(uname)" = Linux ] && [ -z "$$PIP_EXTRA_INDEX_URL" ] && \
  $(ANSWERS) 2> /dev/null && echo --extra-index-url $(TORCH_INDEX))
# A folder of wheels beside this file (make wheels) replaces the network.
FROM = $(if $(wildcard wheels),--no-index --find-links wheels,$(CPU_BUILD))

.DEFAULT_GOAL := help
.PHONY: help setup lab test check same refresh lint figures bench slides site wheels pins clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(RUN) pip install $(FROM) -r requirements.txt
	$(RUN) pip install --no-index --no-deps --no-build-isolation -e .
	@touch $@

$(READY_DEV): requirements-dev.txt $(READY)
	$(RUN) pip install $(if $(wildcard wheels),--no-index --find-links wheels) -r requirements-dev.txt
	@touch $@

setup: $(READY) ## make .venv and install everything into it

lab: $(READY) ## open the notebooks in JupyterLab, on this machine only
	$(RUN) jupyter lab --config=docs/lab/jupyter_lab_config.py

test: $(READY) ## re-execute every notebook and run the tests of the code
	OMP_NUM_THREADS=1 $(PYTEST) --nbval $(SHARED_OUT)

check: lint same slides site ## the makers' checks: style, documents, outputs, pages in a browser
	$(PYTEST) tests/lesson tests/docs $(SHARED_OUT)
	$(PYTEST) tests/browser

refresh: $(READY) ## re-execute every notebook in place
	$(REFRESH)

# Into a folder of its own, with none of a newer processor's instructions, and on all threads
# (the tests run on one).
same: $(READY)
	@set -e; folder=$$(mktemp -d); trap 'rm -r "$$folder"' EXIT; \
	export ATEN_CPU_CAPABILITY=default; \
	$(REFRESH) --FilesWriter.build_directory="$$folder"; \
	for path in $(NOTEBOOKS); do \
	  diff -u -I '"image/png": ' "$$path" "$$folder/$${path##*/}" || changed=yes; \
	done; \
	[ -z "$$changed" ] || { echo 'make refresh would change the outputs above.'; exit 1; }

lint: $(READY_DEV) ## check style and format of code and notebooks
	$(RUN) ruff check .
	$(RUN) ruff format --check .

figures: $(READY) ## renew the golden images of the figures
	$(PYTEST) tests/notebooks tests/lesson -k figure -o mpl-baseline-path= --mpl-generate-path=tests/golden

bench: $(READY_DEV) ## measure speed and memory against public peers
	$(RUN) benchmarks

docs/node_modules: docs/package.json
	@command -v npm > /dev/null || { echo "npm is needed, for site and slides: install Node.js (Debian: sudo apt-get install npm)"; exit 1; }
	npm --prefix docs install --no-audit --no-fund --package-lock=false
	@touch $@

slides: $(READY) docs/node_modules ## write a deck of slides for each notebook to docs/slides/_build
	$(RUN) nbconvert --config=docs/slides/slides_config.py
	mkdir -p docs/slides/_build/reveal.js/plugin
	cp -R docs/node_modules/reveal.js/LICENSE docs/node_modules/reveal.js/dist docs/slides/_build/reveal.js
	cp -R docs/node_modules/reveal.js/plugin/notes docs/slides/_build/reveal.js/plugin
	@echo 'Open docs/slides/_build/01_tokenize.slides.html'

site: $(READY_DEV) docs/node_modules ## build the site of the series in docs/site/_build
	rm -rf docs/site/_build docs/site/api
	$(RUN) sphinx -q --fail-on-warning --keep-going -b html -c docs/site . docs/site/_build/html
	NODE_PATH=docs/node_modules docs/node_modules/.bin/esbuild docs/site/viewer.js --bundle --minify \
	  --log-level=warning --outfile=docs/site/_build/html/_static/viewer.js
	@echo 'Open docs/site/_build/html/index.html'

wheels: $(READY) ## fill wheels/ for a room without a network
	$(RUN) pip download --dest wheels $(CPU_BUILD) -r requirements.txt

# What the first list has is left out of the second, so that each version stands once.
pins: $(READY_DEV) ## renew both lists of pins from pyproject.toml
	$(COMPILE) --extra test --output-file requirements.txt pyproject.toml
	sed -i.bak 's/^\(torch==[^+]*\)+.*/\1/' requirements.txt
	$(COMPILE) --all-extras --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
	sed 's/^\(torch==[^+]*\)+.*/\1/' requirements-dev.txt | grep -vxF -f requirements.txt > requirements.bak
	{ echo '-r requirements.txt'; cat requirements.bak; } > requirements-dev.txt
	rm requirements.txt.bak requirements.bak

clean: ## remove .venv and all caches
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis *.egg-info docs/node_modules
	rm -rf docs/site/_build docs/site/api docs/slides/_build tests/browser/failures
	find . -name __pycache__ -prune -exec rm -rf {} + -o -name .ipynb_checkpoints -prune -exec rm -rf {} +
