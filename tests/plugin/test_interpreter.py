"""Which interpreter runs the engine, and what is said when none can."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from qgis.core import QgsProcessingException, QgsSettings
from raster_segmenter.engine.protocol import EngineError, message
from raster_segmenter.plugin import text
from raster_segmenter.plugin.engine_client import interpreter_probe


@pytest.fixture
def no_torch(interpreter, monkeypatch):
    """QGIS's own Python without PyTorch."""
    monkeypatch.setattr(interpreter.importlib.util, "find_spec", lambda name: None)


def program(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


def complete(path: Path) -> str:
    """An interpreter that says that it belongs to another installation and lacks nothing."""
    return program(path, """echo '["/elsewhere", []]'""")


def test_setting_goes_before_variable_goes_before_own(interpreter, tmp_path, monkeypatch):
    first, second = complete(tmp_path / "first"), complete(tmp_path / "second")
    assert interpreter.find().path == interpreter.own_python()
    monkeypatch.setenv(interpreter.SETTING, second)
    assert interpreter.find().path == second and interpreter.SETTING in interpreter.find().source
    QgsSettings().setValue(interpreter.SETTING_KEY, first)
    assert interpreter.find().path == first


def test_own_python_is_asked_without_importing(interpreter):
    loaded = set(sys.modules)
    assert interpreter.find() == interpreter.Interpreter(
        interpreter.own_python(), "QGIS's own Python", foreign=False
    )
    assert not {"torch", "safetensors"} & (set(sys.modules) - loaded)


def test_missing_interpreter_is_named_and_not_skipped(interpreter, monkeypatch):
    QgsSettings().setValue(interpreter.SETTING_KEY, "/nowhere/python")
    monkeypatch.setenv(interpreter.SETTING, sys.executable)
    with pytest.raises(EngineError, match="/nowhere/python, named in Processing's options, does not exist"):
        interpreter.find()


def test_no_interpreter_gives_the_commands(interpreter, no_torch):
    with pytest.raises(EngineError) as failure:
        interpreter.find()
    assert "no Python with PyTorch" in failure.value.message
    folder = Path.home() / "raster-segmenter-engine"
    for words in (f'"{interpreter.own_python()}" "{interpreter.INSTALLER}" "{folder}"', interpreter.SETTING):
        assert words in failure.value.remedy
    assert interpreter.INSTALLER.is_file()


def test_missing_modules_are_named_with_the_command(interpreter, tmp_path, monkeypatch):
    python = program(tmp_path / "python", """echo '["/elsewhere", ["torch", "jinja2"]]'""")
    monkeypatch.setenv(interpreter.SETTING, python)
    with pytest.raises(EngineError, match="lacks: torch, jinja2") as failure:
        interpreter.find()
    assert "raster-segmenter-engine" in failure.value.remedy, (
        "a Python of the system is not ours to install into"
    )
    (tmp_path / "pyvenv.cfg").touch()
    with pytest.raises(EngineError, match="lacks: torch, jinja2") as failure:
        interpreter.find()
    assert f'"{python}" "{interpreter.INSTALLER}"' in failure.value.remedy
    complete(Path(python))
    assert interpreter.find().path == python, "what has been installed since is not seen"


def test_missing_gdal_asks_for_another_environment(interpreter, tmp_path, monkeypatch):
    monkeypatch.setenv(
        interpreter.SETTING, program(tmp_path / "python", """echo '["/elsewhere", ["osgeo"]]'""")
    )
    with pytest.raises(EngineError, match="osgeo") as failure:
        interpreter.find()
    assert "raster-segmenter-engine" in failure.value.remedy, "another GDAL cannot be installed into it"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("exit 3", "it ends with exit code 3"),
        ("true", "its answer is not that of a Python"),
        ("echo no JSON", "its answer is not that of a Python"),
        ("echo 5", "its answer is not that of a Python"),
        ("sleep 5", "it gives no answer within 0.3 seconds"),
    ],
)
def test_what_is_no_python_is_said(interpreter, tmp_path, monkeypatch, body, why):
    monkeypatch.setattr(interpreter_probe, "_PATIENCE_S", 0.3 if "sleep" in body else 30)
    path = program(tmp_path / "python", body)
    monkeypatch.setenv(interpreter.SETTING, path)
    with pytest.raises(EngineError, match=f"does not run as a Python 3: {why}"):
        interpreter.find()


def test_a_folder_stands_for_the_environment_in_it(interpreter, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(interpreter.SETTING, "~/engine")
    (tmp_path / "engine" / "bin").mkdir(parents=True)
    with pytest.raises(EngineError, match=r"engine, named in .*, is a folder without a Python") as failure:
        interpreter.find()
    assert failure.value.remedy.startswith("Correct it there.")
    python = complete(tmp_path / "engine" / "bin" / "python")
    assert interpreter.find().path == python


def test_file_that_cannot_be_run_is_said(interpreter, tmp_path, monkeypatch):
    path = tmp_path / "python"
    path.write_text("not a program")
    monkeypatch.setenv(interpreter.SETTING, str(path))
    with pytest.raises(
        EngineError, match="does not run as a Python 3: it is not a program, or may not be run"
    ):
        interpreter.find()
    path.chmod(0o755)
    with pytest.raises(EngineError, match="does not run as a Python 3: it is not a program for this system"):
        interpreter.find()


def test_a_complete_interpreter_is_asked_once(interpreter, tmp_path, monkeypatch):
    log = tmp_path / "log"
    path = program(tmp_path / "python", f"""echo asked >> {log}; echo '["/elsewhere", []]'""")
    monkeypatch.setenv(interpreter.SETTING, path)
    for _ in range(3):
        interpreter.find()
    assert log.read_text().split() == ["asked"]
    os.utime(path, (1, 1))
    interpreter.find()
    assert log.read_text().split() == ["asked", "asked"]


def installed(folder: Path, base: Path | None = None) -> str:
    """A Python in ``folder``; with a ``base`` a virtual environment of the Python in that folder."""
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python3").touch()
    if base:
        (folder / "pyvenv.cfg").write_text(f"home = {base}\n")
    return str(folder / "bin" / "python3")


def test_whose_python_it_is(interpreter, tmp_path, monkeypatch):
    app = tmp_path / "QGIS.app" / "Contents"
    own = installed(app / "MacOS")
    monkeypatch.setattr(sys, "executable", str(app / "MacOS" / "QGIS"))
    monkeypatch.setattr(sys, "exec_prefix", str(app / "MacOS"))
    assert interpreter.own_python() == own and not interpreter.is_foreign(own)
    link = tmp_path / "QGIS again.app"
    link.symlink_to(tmp_path / "QGIS.app")
    for base in (app / "MacOS" / "bin", link / "Contents" / "Frameworks" / "bin"):
        base.mkdir(parents=True, exist_ok=True)
        assert not interpreter.is_foreign(installed(tmp_path / f"of {base.parent.name}", base))
    assert interpreter.is_foreign(installed(tmp_path / "elsewhere"))
    assert interpreter.is_foreign(installed(tmp_path / "of elsewhere", tmp_path / "elsewhere" / "bin"))
    conda = installed(app / "MacOS" / "envs" / "engine")
    assert not interpreter.is_foreign(conda)
    (app / "MacOS" / "envs" / "engine" / "conda-meta").mkdir()
    assert interpreter.is_foreign(conda), "an installation of its own inside that of QGIS"


def test_a_bundle_s_variables_are_for_its_own_python(interpreter, tmp_path, monkeypatch):
    app = tmp_path / "QGIS.app" / "Contents"
    own, foreign, further = (
        installed(app / "MacOS"),
        installed(tmp_path / "conda"),
        installed(app / "Frameworks"),
    )
    virtual = installed(tmp_path / "virtual", app / "MacOS" / "bin")
    monkeypatch.setattr(sys, "executable", str(app / "MacOS" / "QGIS"))
    monkeypatch.setattr(sys, "exec_prefix", str(app / "MacOS"))
    set_there = {
        "PYTHONHOME": str(app / "MacOS"),
        "PATH": f"{app}/MacOS/bin:/usr/bin",
        "GDAL_DATA": str(app / "share"),
        "X": "1",
    }
    for name, value in set_there.items():
        monkeypatch.setenv(name, value)

    def seen(path):
        variables = interpreter.child_environment(
            interpreter.Interpreter(path, "", interpreter.is_foreign(path))
        )
        return {name: variables[name] for name in set_there if name in variables}

    assert seen(own) == seen(further) == set_there
    assert seen(virtual) == {name: value for name, value in set_there.items() if name != "PYTHONHOME"}
    assert seen(foreign) == {"PATH": "/usr/bin", "X": "1"}


def test_a_foreign_python_is_asked_as_it_will_be_run(interpreter, tmp_path, monkeypatch):
    """Libraries of QGIS's bundle would keep it from starting."""
    (tmp_path / "usr").mkdir()
    monkeypatch.setenv("APPDIR", str(tmp_path / "usr"))
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path / "usr" / "lib"))
    monkeypatch.setattr(sys, "exec_prefix", str(tmp_path / "usr"))
    path = program(tmp_path / "python", """[ -z "$LD_LIBRARY_PATH" ] && echo '["/elsewhere", []]'""")
    monkeypatch.setenv(interpreter.SETTING, path)
    assert interpreter.find().foreign


def test_a_path_in_quotation_marks(interpreter, tmp_path, monkeypatch):
    """As Windows copies it."""
    path = complete(tmp_path / "python 3")
    monkeypatch.setenv(interpreter.SETTING, f' "{path}" ')
    assert interpreter.find().path == path
    QgsSettings().setValue(interpreter.SETTING_KEY, f'"{path}"')
    assert interpreter.find().path == path


def test_foreign_python_is_not_bent_to_qgis(interpreter, monkeypatch):
    for name in ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PROJ_LIB", "GDAL_DATA", "KEPT"):
        monkeypatch.setenv(name, "x")
    foreign = interpreter.child_environment(interpreter.Interpreter("/conda/bin/python", "", foreign=True))
    assert not {"PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PROJ_LIB", "GDAL_DATA"} & set(foreign)
    assert foreign["KEPT"] == "x" and foreign["PATH"] == os.environ["PATH"]
    venv = interpreter.child_environment(interpreter.Interpreter("/venv/bin/python", ""))
    assert "PYTHONHOME" not in venv and venv["PROJ_LIB"] == "x"
    own = interpreter.child_environment(interpreter.Interpreter(interpreter.own_python(), ""))
    assert own["PYTHONHOME"] == "x" and "PYTHONSTARTUP" not in own


@pytest.mark.parametrize(
    ("executable", "made"),
    [
        ("bin/qgis-bin.exe", "apps/Python39/python.exe"),
        ("QGIS.app/Contents/MacOS/QGIS", "QGIS.app/Contents/MacOS/bin/python3"),
        ("usr/bin/qgis", "usr/bin/python3"),
        (".pyenv/shims/python3", "apps/Python39/bin/python3"),
    ],
)
def test_own_python_inside_qgis(interpreter, tmp_path, monkeypatch, executable, made):
    python = tmp_path / made
    for path in (python, tmp_path / executable):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / executable))
    monkeypatch.setattr(sys, "exec_prefix", str(tmp_path / "apps/Python39"))
    assert Path(interpreter.own_python()) == python


def test_algorithms_say_what_is_missing(provider, interpreter, no_torch):
    for algorithm in provider.algorithms():
        ready, reason = algorithm.canExecute()
        assert not ready and "no Python with PyTorch" in reason and interpreter.INSTALLER.name in reason


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


# ── an interpreter that has everything, and does not fit ─────────────────────────────────────────


def unfit(path: Path) -> str:
    """An interpreter whose GDAL is too old."""
    sentences = message("GDAL {found} is installed.", found="3.2.2"), message("Name another.")
    failure = ["old_gdal", *(sentence.to_json() for sentence in sentences)]
    return program(path, f"echo '{json.dumps(['/elsewhere', [], failure])}'")


def test_what_does_not_fit_is_told_with_its_remedy(interpreter, tmp_path, monkeypatch):
    python = unfit(tmp_path / "python")
    monkeypatch.setenv(interpreter.SETTING, python)
    with pytest.raises(EngineError, match=r"cannot run the engine\. GDAL 3\.2\.2 is installed\.") as failure:
        interpreter.find()
    assert (failure.value.code, failure.value.remedy) == (
        "old_gdal",
        "Name another.",
    ) and python in failure.value.message
    complete(Path(python))
    assert interpreter.find().path == python, "what has been installed since is not seen"


def test_what_does_not_fit_is_told_in_the_users_language(interpreter, tmp_path, monkeypatch):
    french = {"GDAL {found} is installed.": "GDAL {found} est installé."}
    monkeypatch.setattr(text, "tr", lambda template: french.get(template, template))
    monkeypatch.setenv(interpreter.SETTING, unfit(tmp_path / "python"))
    with pytest.raises(EngineError) as failure:
        interpreter.find()
    assert "GDAL 3.2.2 est installé." in text.translated(failure.value.message)


@pytest.mark.parametrize("name", ["train", "classify", "evaluate", "checkengine"])
def test_what_does_not_fit_is_told_before_a_run_from_a_dialog_and_from_python(
    provider, interpreter, image, tmp_path, monkeypatch, name
):
    import processing

    monkeypatch.setenv(interpreter.SETTING, unfit(tmp_path / "python"))
    ready, reason = provider.algorithm(name).canExecute()
    assert not ready and "GDAL 3.2.2 is installed. Name another." in reason
    if name == "checkengine":  # the others ask for layers first
        with pytest.raises(QgsProcessingException, match=r"GDAL 3\.2\.2 is installed\. Name another\."):
            processing.run("rastersegmenter:checkengine", {})


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals")
@pytest.mark.parametrize(
    ("signal", "words"), [("ILL", "illegal instruction"), ("SEGV", "segmentation fault")]
)
def test_an_interpreter_that_crashes_is_told_as_such(interpreter, tmp_path, monkeypatch, signal, words):
    monkeypatch.setenv(interpreter.SETTING, program(tmp_path / "python", f"kill -{signal} $$"))
    with pytest.raises(EngineError, match=f"crashes as it loads GDAL: {words}") as failure:
        interpreter.find()
    assert "install.py" in failure.value.remedy


def test_the_last_words_of_an_interpreter_that_fails_are_told(interpreter, tmp_path, monkeypatch):
    monkeypatch.setenv(
        interpreter.SETTING, program(tmp_path / "python", "echo Fatal: no encodings >&2; exit 3")
    )
    with pytest.raises(EngineError, match="exit code 3; Fatal: no encodings"):
        interpreter.find()


def test_words_before_the_answer_do_not_matter(interpreter, tmp_path, monkeypatch):
    monkeypatch.setenv(
        interpreter.SETTING, program(tmp_path / "python", """echo Hello; echo '["/elsewhere", [], []]'""")
    )
    assert interpreter.find().foreign


def test_the_probe_is_readable_for_an_old_python(interpreter, tmp_path, monkeypatch):
    """This Python, told that it is an older one."""
    body = f"""shift; exec "{sys.executable}" -c "import sys; sys.version_info = (3, 6, 8)
exec(sys.argv[1])" "$@" """
    monkeypatch.setenv(interpreter.SETTING, program(tmp_path / "python", body))
    with pytest.raises(EngineError, match=r"needs Python 3\.9 or newer, and this is Python 3\.6\.8"):
        interpreter.find()
