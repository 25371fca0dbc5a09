"""The engine's interpreter: where it is, and whether it has all modules that the engine needs.

The interpreter itself is asked, in a short run of its own. So QGIS's process never loads PyTorch, and its
`sys.path` stays as it is.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import subprocess  # nosec B404 (the engine is a process of its own)
import sys
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsSettings

from ...engine.protocol import EngineError, Message, joined, message
from . import system
from .interpreter_probe import probe

ROOT = Path(__file__).parents[2]
"""The plugin's folder, which holds the package ``engine``."""
INSTALLER = ROOT / "engine" / "install.py"
"""Program that completes an environment: it chooses PyTorch's build by the driver that is there."""
SETTING = "RASTER_SEGMENTER_PYTHON"
"""Name of the entry in Processing's options, and of the environment variable."""
SETTING_KEY = f"Processing/Configuration/{SETTING}"
NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Flag of a process that opens no console window over QGIS; 0 where there are none (not Windows)."""


@dataclass(frozen=True)
class Interpreter:
    """A Python that can run the engine; ``source`` says in the user's words where its path came from."""

    path: str
    source: str
    foreign: bool = False
    """True when it belongs to another installation than QGIS's Python, with a GDAL of its own:
    `is_foreign`.
    """


def find() -> Interpreter:
    """The interpreter that runs the engine. Raises `EngineError` (``no_engine``) if there is none.

    It is the one in Processing's options, else the one in the environment variable, else QGIS's own Python.
    One that is named but does not work is an error, and is never skipped for the next. The remedy of the
    error holds the commands that help.
    """
    setting, variable = (
        system.interpreter_in(system.typed_path(text))
        for text in (str(QgsSettings().value(SETTING_KEY) or ""), os.environ.get(SETTING, ""))
    )
    if setting:
        return _checked(setting, message("Processing's options"))
    if variable:
        return _checked(variable, message("the environment variable {name}", name=SETTING))
    if importlib.util.find_spec("torch"):
        return _checked(own_python(), message("QGIS's own Python"))
    raise EngineError("no_engine", "The engine has no Python with PyTorch yet.", _remedy())


def own_python() -> str:
    """The interpreter of the running process."""
    return str(system.own_python(Path(sys.executable or "python3"), Path(sys.exec_prefix), os.path.isfile))


def is_foreign(path: str) -> bool:
    """Whether the interpreter at ``path`` belongs to another installation than QGIS.

    QGIS's own Python, and virtual environments made with it, do not.
    """
    home = system.home(Path(path))
    if home == system.home(Path(own_python())):
        return False
    return system.is_of_conda(home) or not system.is_within(home, _roots())


def _roots() -> list[Path]:
    """The folders of QGIS's installation, by all their names: Windows has short ones too (C:\\PROGRA~1)."""
    roots = system.installation_roots(Path(sys.exec_prefix), os.environ, os.path.isdir)
    return [*dict.fromkeys([*roots, *(Path(os.path.realpath(root)) for root in roots)])]


def child_environment(interpreter: Interpreter) -> dict[str, str]:
    """QGIS's environment variables, without those that would lead another Python to QGIS's libraries."""
    path, roots = Path(interpreter.path), _roots()
    inside = not interpreter.foreign and system.is_within(path, roots)
    own = path == Path(own_python()) or (inside and not system.is_virtual(path))
    return system.child_variables(os.environ, foreign=interpreter.foreign, own=own, roots=roots)


def _checked(path: str, source: str) -> Interpreter:
    """The interpreter at ``path``, after a check that it has every module. Raises `EngineError`."""
    if not os.path.isfile(path):
        where = {"path": path, "source": source}
        if os.path.isdir(path):
            wrong = message(
                "The engine's Python {path}, named in {source}, is a folder without a Python.", **where
            )
        else:
            wrong = message("The engine's Python {path}, named in {source}, does not exist.", **where)
        raise EngineError("no_engine", wrong, joined(message("Correct it there."), _remedy()))
    interpreter = Interpreter(path, source, is_foreign(path))
    _require_fit(interpreter, Path(path).stat().st_mtime_ns)
    return interpreter


@functools.lru_cache
def _require_fit(interpreter: Interpreter, _changed_ns: int) -> None:
    """Raise `EngineError` if the interpreter cannot run the engine.

    One that can is not asked again until its file changes. One that cannot is asked each time, since the user
    may have installed the missing modules.
    """
    path, source = interpreter.path, interpreter.source
    try:
        answer = probe(path, source, ROOT, child_environment(interpreter), NO_WINDOW)
    except EngineError as error:
        raise error.advised(_remedy()) from error
    if answer.missing:
        osgeo = message("osgeo (the Python module of GDAL)")
        modules = joined(*(osgeo if name == "osgeo" else name for name in answer.missing), separator=", ")
        # Any other Python is not ours to install into.
        own = system.is_virtual(Path(path)) or system.is_of_conda(Path(path).parent)
        raise EngineError(
            "no_engine",
            message(
                "The engine's Python {path} ({source}) lacks: {modules}.",
                path=path,
                source=source,
                modules=modules,
            ),
            _remedy(path if own and "osgeo" not in answer.missing else ""),
        )
    if wrong := answer.failure:
        cannot = message(
            "The engine's Python {path} ({source}) cannot run the engine.", path=path, source=source
        )
        raise EngineError(wrong.code, joined(cannot, wrong.message), wrong.remedy)


def _remedy(path: str = "") -> Message:
    """The command that completes the interpreter at ``path``, or without a path makes a new one."""
    if path:
        return message('Run this in a terminal: "{python}" "{installer}"', python=path, installer=INSTALLER)
    folder = Path.home() / "raster-segmenter-engine"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    return message(
        "Run this in a terminal:\n"
        '"{own}" "{installer}" "{folder}"\n'
        "It says how much it will download. "
        "Then enter {python} in Settings > Options > Processing > Providers > Raster Segmenter, "
        "or set the environment variable {variable} to it.",
        own=own_python(),
        folder=folder,
        python=python,
        installer=INSTALLER,
        variable=SETTING,
    )
