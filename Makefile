# make demo: set up, then train, classify and evaluate on the bundled data; results in demo/
# make quick: ruff, and the engine's tests that take less than half a second each: under two minutes
# make test: set up, then lint, types, the gates and all tests
# make test-newest-gdal: the engine's tests that need no PyTorch, with the newest GDAL from PyPI
# make matrix, make matrix-debian13: the tests in other releases of QGIS, GDAL and Python; see tests/matrix/run.py
# make matrix-qt6: names, calls and windows of the plugin with Qt 6, in an environment that has PyQt6 and no QGIS
# make bench: speed against stated baselines, and memory
# make pictures: those of docs/ and of the help, photographed from the real QGIS on a screen of Xvfb
# make lock: the versions and hashes that `make setup` installs, anew
# make package: build/raster_segmenter.zip, to install in QGIS
# make gates: that zip through the checks of QGIS's plugin directory, which are installed into .venv-gates
# make release: the same, and the zip tried in QGIS: it does the main job from an empty profile
# The demo and the plugin's tests run in the system's QGIS; the engine has a Python of its own in .venv.

QGIS_PYTHON ?= /usr/bin/python3
TORCH ?= auto
ENGINE_PYTHON := $(CURDIR)/.venv/bin/python
SYSTEM_PACKAGES := qgis python3-qgis python3-gdal gdal-bin python3-venv qttools5-dev-tools fonts-dejavu-core
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
GATES_PYTHON := $(CURDIR)/.venv-gates/bin/python
PACKAGE := $(CURDIR)/build/raster_segmenter.zip
PACKAGED := $(shell sed -nE 's/^(python_files|extras|extra_dirs): *//p' pb_tool.cfg)

export QT_QPA_PLATFORM ?= offscreen

.PHONY: demo quick test test-engine test-plugin test-newest-gdal matrix matrix-qt6 lint types lock package gates release bench pictures \
  setup system clean

demo: setup
	RASTER_SEGMENTER_PYTHON=$(ENGINE_PYTHON) $(QGIS_PYTHON) resources/demo/run.py

test: lint gates test-engine test-plugin matrix-qt6

quick: setup
	$(ENGINE_PYTHON) -m ruff check
	$(ENGINE_PYTHON) -m ruff format --check
	$(ENGINE_PYTHON) -m pytest -q -p no:pytest_qgis -m "not slow" $(TESTS) tests/engine tests/test_*.py

test-engine: setup
	$(ENGINE_PYTHON) -m pytest -q -p no:pytest_qgis $(TESTS) tests/engine tests/gpu tests/test_*.py

test-plugin: setup
	$(ENGINE_PYTHON) -m pytest -q $(TESTS) tests/plugin

test-newest-gdal:
	$(QGIS_PYTHON) tests/matrix/run.py $@

matrix:
	$(QGIS_PYTHON) tests/matrix/run.py

matrix-%:
	$(QGIS_PYTHON) tests/matrix/run.py $*

matrix-qt6: .venv-qt6/complete
	.venv-qt6/bin/python -m pytest -q tests/qt6

lint: setup
	$(ENGINE_PYTHON) -m ruff check
	$(ENGINE_PYTHON) -m ruff format --check
	$(MAKE) --no-print-directory types

types:
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

gates: package .venv-gates/complete
	$(GATES_PYTHON) tests/gates.py $(PACKAGE)

release: setup gates
	PACKAGE=$(PACKAGE) $(ENGINE_PYTHON) -m pytest -q \
	  tests/plugin/test_metadata.py tests/plugin/test_package.py tests/plugin/test_text.py tests/test_docs.py
	@echo "$(PACKAGE) is ready"

setup: .venv/complete

.venv/complete: engine/install.py engine/requirements.lock engine/torch-cpu.lock tests/requirements.lock | system
	rm -rf .venv
	$(QGIS_PYTHON) engine/install.py .venv --torch $(TORCH)
	$(ENGINE_PYTHON) -m pip install --quiet --no-deps --only-binary :all: --require-hashes -r tests/requirements.lock
	touch $@

.venv-gates/complete: tests/gates-requirements.txt | system
	$(QGIS_PYTHON) -m venv --clear .venv-gates
	$(GATES_PYTHON) -m pip install --quiet --require-hashes -r tests/gates-requirements.txt
	touch $@

.venv-qt6/complete: tests/qt6/requirements.txt | system
	$(QGIS_PYTHON) -m venv --clear .venv-qt6
	.venv-qt6/bin/python -m pip install --quiet -r tests/qt6/requirements.txt
	touch $@

lock:
	$(QGIS_PYTHON) -m venv --clear build/lock
	build/lock/bin/pip install --quiet uv
	build/lock/bin/python .ci/make_lock.py

system:
	@missing=$$(for package in $(SYSTEM_PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' || echo $$package; done); \
	if [ -n "$$missing" ]; then set -ex; $(SUDO) apt-get update -q; \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing; fi

clean:
	rm -rf .venv .venv-gates .venv-qt6 .matrix build demo
