"""A QGIS or a Python that is too old for the plugin, and is made to load it, gets a sentence."""

import ast
import builtins
import importlib
import sys
from types import SimpleNamespace

import pytest
import qgis.core
import raster_segmenter
from qgis.core import Qgis, QgsApplication

from .conftest import ROOT


class Window:
    """QGIS's window, as far as a plugin asks it for its message bar."""

    def __init__(self):
        self.told = []

    def messageBar(self):
        return SimpleNamespace(pushWarning=lambda title, text: self.told.append(f"{title}: {text}"))


@pytest.fixture
def logged(qgis_app):
    told = []
    QgsApplication.messageLog().messageReceived[str, str, Qgis.MessageLevel].connect(
        lambda text, tag, level: told.append((tag, text))
    )
    yield told
    QgsApplication.messageLog().messageReceived[str, str, Qgis.MessageLevel].disconnect()


@pytest.fixture
def old_qgis(monkeypatch):
    monkeypatch.setattr(
        qgis.core, "Qgis", SimpleNamespace(QGIS_VERSION_INT=31614, QGIS_VERSION="3.16.14-Hannover")
    )
    return "Raster Segmenter needs QGIS 3.22 or newer, and this is QGIS 3.16.14-Hannover. Update QGIS."


@pytest.fixture
def old_python(monkeypatch):
    """The package ``engine`` refuses to be imported, as it does by an old Python."""
    real = builtins.__import__

    def refuse(name, *values, **named):
        if values[2:3] == (("engine",),):
            raise ImportError("Raster Segmenter needs Python 3.9 or newer.")
        return real(name, *values, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)
    return "Raster Segmenter needs Python 3.9 or newer."


@pytest.mark.parametrize("old", ["old_qgis", "old_python"])
def test_what_is_too_old_is_told_in_the_window_and_in_the_log(old, request, logged, monkeypatch, capsys):
    sentence = request.getfixturevalue(old)
    window = Window()
    plugin = raster_segmenter.classFactory(window)
    plugin.initGui()
    plugin.unload()
    assert window.told == [f"Raster Segmenter: {sentence}"]
    assert logged == [("Raster Segmenter", sentence)]
    assert sentence in capsys.readouterr().err


def test_without_a_window_it_is_told_in_the_terminal(old_qgis, qgis_app, capsys):
    raster_segmenter.classFactory(None).initProcessing()
    assert old_qgis in capsys.readouterr().err


def test_windows_without_a_terminal_is_no_error(old_qgis, qgis_app, monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    plugin = raster_segmenter.classFactory(None)
    plugin.initProcessing()
    assert type(plugin).__name__ != "Plugin"


def test_the_oldest_qgis_that_is_declared_loads_the_plugin(interpreter, monkeypatch):
    importlib.import_module("raster_segmenter.plugin.main")  # with the real Qgis, as modules ask it for more
    monkeypatch.setattr(qgis.core, "Qgis", SimpleNamespace(QGIS_VERSION_INT=32200, QGIS_VERSION="3.22.0"))
    assert type(raster_segmenter.classFactory(None)).__name__ == "Plugin"


@pytest.mark.parametrize("file", ["__init__.py", "engine/__init__.py"])
def test_files_that_an_old_python_reads_are_readable_for_it(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 6))
    assert "import annotations" not in text, "Python 3.6 does not know it"
