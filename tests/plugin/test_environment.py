"""Which interpreter runs the engine, and what is said when none can."""

import os
import sys
from pathlib import Path

import pytest
from qgis.core import QgsSettings
from raster_segmenter.engine.protocol import EngineError


@pytest.fixture
def no_torch(environment, monkeypatch):
    """QGIS's own Python without PyTorch."""
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)


def program(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


def complete(path: Path) -> str:
    """An interpreter that says that it belongs to another installation and lacks nothing."""
    return program(path, """echo '["/elsewhere", []]'""")


def test_setting_goes_before_variable_goes_before_own(environment, tmp_path, monkeypatch):
    first, second = complete(tmp_path / "first"), complete(tmp_path / "second")
    assert environment.find().path == environment.own_python()
    monkeypatch.setenv(environment.SETTING, second)
    assert environment.find().path == second and environment.SETTING in environment.find().source
    QgsSettings().setValue(environment.SETTING_KEY, first)
    assert environment.find().path == first


def test_own_python_is_asked_without_importing(environment):
    loaded = set(sys.modules)
    assert environment.find() == environment.Interpreter(environment.own_python(), "QGIS's own Python", foreign=False)
    assert not {"torch", "safetensors"} & (set(sys.modules) - loaded)


def test_missing_interpreter_is_named_and_not_skipped(environment, monkeypatch):
    QgsSettings().setValue(environment.SETTING_KEY, "/nowhere/python")
    monkeypatch.setenv(environment.SETTING, sys.executable)
    with pytest.raises(EngineError, match="/nowhere/python, named in Processing's options, does not exist"):
        environment.find()


def test_no_interpreter_gives_the_commands(environment, no_torch):
    with pytest.raises(EngineError) as failure:
        environment.find()
    assert "no Python with PyTorch" in failure.value.message
    folder = Path.home() / "raster-segmenter-engine"
    for words in (f'"{environment.own_python()}" "{environment.INSTALLER}" "{folder}"', environment.SETTING):
        assert words in failure.value.remedy
    assert environment.INSTALLER.is_file()


def test_missing_modules_are_named_with_the_command(environment, tmp_path, monkeypatch):
    python = program(tmp_path / "python", """echo '["/elsewhere", ["torch", "jinja2"]]'""")
    monkeypatch.setenv(environment.SETTING, python)
    with pytest.raises(EngineError, match="lacks: torch, jinja2") as failure:
        environment.find()
    assert f'"{python}" "{environment.INSTALLER}"' in failure.value.remedy
    complete(Path(python))
    assert environment.find().path == python, "what has been installed since is not seen"


def test_missing_gdal_asks_for_another_environment(environment, tmp_path, monkeypatch):
    monkeypatch.setenv(environment.SETTING, program(tmp_path / "python", """echo '["/elsewhere", ["osgeo"]]'"""))
    with pytest.raises(EngineError, match="osgeo") as failure:
        environment.find()
    assert "raster-segmenter-engine" in failure.value.remedy, "another GDAL cannot be installed into it"


@pytest.mark.parametrize("body", ["exit 3", "echo no JSON", "echo 5"])
def test_what_is_no_python_is_said(environment, tmp_path, monkeypatch, body):
    path = program(tmp_path / "python", body)
    monkeypatch.setenv(environment.SETTING, path)
    with pytest.raises(EngineError, match="does not run as a Python 3"):
        environment.find()


def test_file_that_cannot_be_run_is_said(environment, tmp_path, monkeypatch):
    path = tmp_path / "python"
    path.write_text("not a program")
    monkeypatch.setenv(environment.SETTING, str(path))
    with pytest.raises(EngineError, match="does not run as a Python 3"):
        environment.find()


def test_a_complete_interpreter_is_asked_once(environment, tmp_path, monkeypatch):
    log = tmp_path / "log"
    path = program(tmp_path / "python", f"""echo asked >> {log}; echo '["/elsewhere", []]'""")
    monkeypatch.setenv(environment.SETTING, path)
    for _ in range(3):
        environment.find()
    assert log.read_text().split() == ["asked"]
    os.utime(path, (1, 1))
    environment.find()
    assert log.read_text().split() == ["asked", "asked"]


def test_foreign_python_is_not_bent_to_qgis(environment, monkeypatch):
    for name in ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PROJ_LIB", "GDAL_DATA", "KEPT"):
        monkeypatch.setenv(name, "x")
    foreign = environment.child_environment(environment.Interpreter("/conda/bin/python", "", foreign=True))
    assert not {"PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PROJ_LIB", "GDAL_DATA"} & set(foreign)
    assert foreign["KEPT"] == "x" and foreign["PATH"] == os.environ["PATH"]
    venv = environment.child_environment(environment.Interpreter("/venv/bin/python", ""))
    assert "PYTHONHOME" not in venv and venv["PROJ_LIB"] == "x"
    own = environment.child_environment(environment.Interpreter(environment.own_python(), ""))
    assert own["PYTHONHOME"] == "x" and "PYTHONSTARTUP" not in own


@pytest.mark.parametrize(
    "executable, made",
    [
        ("bin/qgis-bin.exe", "apps/Python39/python.exe"),
        ("QGIS.app/Contents/MacOS/QGIS", "QGIS.app/Contents/MacOS/bin/python3"),
        ("usr/bin/qgis", "usr/bin/python3"),
        (".pyenv/shims/python3", "apps/Python39/bin/python3"),
    ],
)
def test_own_python_inside_qgis(environment, tmp_path, monkeypatch, executable, made):
    python = tmp_path / made
    for path in (python, tmp_path / executable):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / executable))
    monkeypatch.setattr(sys, "exec_prefix", str(tmp_path / "apps/Python39"))
    assert Path(environment.own_python()) == python


def test_algorithms_say_what_is_missing(provider, environment, no_torch):
    for algorithm in provider.algorithms():
        ready, reason = algorithm.canExecute()
        assert not ready and "no Python with PyTorch" in reason and environment.INSTALLER.name in reason


def test_commands_keep_their_lines_in_the_window(provider, no_torch, monkeypatch):
    """QGIS shows the reason as HTML there, which would run the commands together."""
    from qgis import utils

    monkeypatch.setattr(utils, "iface", None)
    assert "terminal:\n" in provider.algorithm("train").canExecute()[1]
    monkeypatch.setattr(utils, "iface", object())
    assert "terminal:<br>" in provider.algorithm("train").canExecute()[1]


def test_algorithms_are_ready_with_an_engine(provider, stand_in):
    stand_in("")
    assert all(algorithm.canExecute()[0] for algorithm in provider.algorithms())
