# make demo: set up, then train, classify and evaluate on the bundled data; results in demo/
# make test: set up, then lint, types and all tests
# make test-newest-gdal: the engine's tests that need no PyTorch, with the newest GDAL from PyPI
# make matrix, make matrix-debian13: the tests in other releases of QGIS, GDAL and Python; see tests/matrix/run.py
# make bench: speed against stated baselines, and memory
# make pictures: those of docs/ and of the help, photographed from the real QGIS on a screen of Xvfb
# make package: build/raster_segmenter.zip, to install in QGIS
# The demo and the plugin's tests run in the system's QGIS; the engine has a Python of its own in .venv.

QGIS_PYTHON ?= /usr/bin/python3
ENGINE_PYTHON := $(CURDIR)/.venv/bin/python
SYSTEM_PACKAGES := qgis python3-qgis python3-gdal gdal-bin python3-venv qttools5-dev-tools fonts-dejavu-core
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PACKAGED := $(shell sed -nE 's/^(python_files|extras|extra_dirs): *//p' pb_tool.cfg)

export QT_QPA_PLATFORM ?= offscreen

.PHONY: demo test test-engine test-plugin test-newest-gdal matrix lint package bench pictures setup system clean

demo: setup
	RASTER_SEGMENTER_PYTHON=$(ENGINE_PYTHON) $(QGIS_PYTHON) resources/demo/run.py

test: lint test-engine test-plugin

test-engine: setup
	$(ENGINE_PYTHON) -m pytest -q -p no:pytest_qgis tests/engine tests/gpu tests/test_*.py

test-plugin: setup
	$(ENGINE_PYTHON) -m pytest -q tests/plugin

test-newest-gdal matrix matrix-%:
	$(QGIS_PYTHON) tests/matrix/run.py $(filter-out matrix,$(@:matrix-%=%))

lint: setup
	$(ENGINE_PYTHON) -m ruff check
	$(ENGINE_PYTHON) -m ruff format --check
	mkdir -p .mypy_cache && ln -sfn $(CURDIR) .mypy_cache/raster_segmenter  # the package's name, wherever the clone lies
	cd .mypy_cache && $(ENGINE_PYTHON) -m mypy --config-file ../pyproject.toml -p raster_segmenter.engine -p raster_segmenter.plugin

bench: setup
	$(ENGINE_PYTHON) tests/bench/run.py
	$(ENGINE_PYTHON) tests/bench/papers.py
	$(ENGINE_PYTHON) tests/bench/canvas.py

pictures: setup
	$(ENGINE_PYTHON) docs/make_pictures.py

package: system
	rm -rf build && mkdir -p build/raster_segmenter
	git ls-files -z -- $(PACKAGED) | xargs -0 cp --parents -t build/raster_segmenter
	lrelease -silent build/raster_segmenter/i18n/*.ts
	cd build && $(QGIS_PYTHON) -m zipfile -c raster_segmenter.zip raster_segmenter

setup: .venv/complete

.venv/complete: engine/requirements.txt tests/requirements.txt | system
	$(QGIS_PYTHON) -m venv --clear --system-site-packages .venv
	$(ENGINE_PYTHON) -m pip install --quiet -r engine/requirements.txt -r tests/requirements.txt
	touch $@

system:
	@missing=$$(for package in $(SYSTEM_PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' || echo $$package; done); \
	if [ -n "$$missing" ]; then set -ex; $(SUDO) apt-get update -q; \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing; fi

clean:
	rm -rf .venv .matrix build demo
