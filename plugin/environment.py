"""The engine's interpreter: where it is, and whether it has what the engine needs.

Nothing is imported to find out: the interpreter itself is asked, in a short run, what it would
find. So QGIS's process never loads PyTorch, and its `sys.path` stays as it is.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess  # nosec B404 (the engine is a process of its own)
import sys
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsSettings

from ..engine.protocol import EngineError
from .text import tr

ROOT = Path(__file__).parents[1]
"""The plugin's folder, which holds the package ``engine``."""
INSTALLER = ROOT / "engine" / "install.py"
"""Program that completes an environment: it chooses PyTorch's build by the driver that is there."""
SETTING = "RASTER_SEGMENTER_PYTHON"
"""Name of the entry in Processing's options, and of the environment variable."""
SETTING_KEY = f"Processing/Configuration/{SETTING}"
MODULES = ("torch", "numpy", "safetensors", "jinja2", "PIL", "scipy", "sklearn", "osgeo")
NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Flag of a process that opens no console window over QGIS; 0 where there are none (not Windows)."""

_PROBE = (
    "import importlib.util as u, json, sys; print(json.dumps([sys.base_prefix, [m for m in sys.argv[1:] if not u.find_spec(m)]]))"
)
_PROBE_SECONDS = 30
# Set by QGIS on Windows and macOS for its own GDAL and PROJ; those of another installation fail on them.
_GDAL_VARIABLES = ("GDAL_DATA", "GDAL_DRIVER_PATH", "PROJ_LIB", "PROJ_DATA")
_complete: dict[tuple[str, int], str] = {}
"""Installation of each interpreter (path, time of its last change) that had everything when asked.

What lacked something is asked again, since the user may have installed it meanwhile.
"""


@dataclass(frozen=True)
class Interpreter:
    """A Python that can run the engine; ``source`` says in the user's words where its path came from."""

    path: str
    source: str
    foreign: bool = False
    """True when it belongs to another installation than QGIS's Python, with a GDAL of its own."""


def find() -> Interpreter:
    """The interpreter to run the engine with: Processing's options, the environment variable, QGIS's own Python.

    What is named and does not work is an error, never skipped for the next. Raises `EngineError`
    (``no_engine``) whose remedy holds the commands that help.
    """
    setting = str(QgsSettings().value(SETTING_KEY) or "").strip()
    variable = os.environ.get(SETTING, "").strip()
    if setting:
        return _checked(setting, tr("Processing's options"))
    if variable:
        return _checked(variable, tr("the environment variable {name}").format(name=SETTING))
    if importlib.util.find_spec("torch"):
        return _checked(own_python(), tr("QGIS's own Python"))
    raise EngineError("no_engine", tr("The engine has no Python with PyTorch yet."), _remedy())


def own_python() -> str:
    """The interpreter of this very process.

    Inside QGIS, `sys.executable` may be QGIS itself, or whatever Python comes first in the PATH (pyenv, conda): only one
    that lies in this process's own installation counts.
    """
    executable, prefix = Path(sys.executable or "python3"), Path(sys.exec_prefix)
    if executable.stem.lower().startswith("python") and prefix in (executable.parent, executable.parent.parent):
        return str(executable)
    candidates = (
        prefix / "python.exe",  # Windows: OSGeo4W and the standalone installer
        prefix / "bin" / "python3",  # Linux
        executable.parent / "bin" / "python3",  # macOS: inside QGIS.app
        executable.parent / "python3",
    )
    return str(next((path for path in candidates if path.is_file()), candidates[-1]))


def child_environment(interpreter: Interpreter) -> dict[str, str]:
    """QGIS's environment variables, without those that would bend another Python to QGIS's libraries."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "__PYVENV"))}
    if interpreter.foreign:
        kept = {name: value for name, value in kept.items() if name not in _GDAL_VARIABLES}
    if interpreter.path == own_python():
        # QGIS's own Python may need them to find its library; they were made for it.
        kept.update({name: os.environ[name] for name in ("PYTHONHOME", "PYTHONPATH") if name in os.environ})
    return {**kept, "PYTHONUTF8": "1"}


def _checked(path: str, source: str) -> Interpreter:
    """The interpreter at ``path`` once it has said that it has every module. Raises `EngineError`."""
    if not Path(path).is_file():
        message = tr("The engine's Python {path}, named in {source}, does not exist.").format(path=path, source=source)
        raise EngineError("no_engine", message, _remedy())
    key = (path, Path(path).stat().st_mtime_ns)
    if key not in _complete:
        installation, missing = _probe(Interpreter(path, source))
        if missing:
            message = tr("The engine's Python {path} ({source}) lacks: {modules}.")
            message = message.format(path=path, source=source, modules=", ".join(missing))
            raise EngineError("no_engine", message, _remedy("" if "osgeo" in missing else path))
        _complete[key] = installation
    return Interpreter(path, source, foreign=_complete[key] != sys.base_prefix)


def _probe(interpreter: Interpreter) -> tuple[str, list[str]]:
    """The interpreter's installation, and the modules it would not find. Raises `EngineError` if it does not run."""
    try:
        run = subprocess.run(  # noqa: S603 # nosec B603 (the user's own choice of interpreter)
            [interpreter.path, "-c", _PROBE, *MODULES],
            cwd=ROOT,
            env=child_environment(interpreter),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PROBE_SECONDS,
            creationflags=NO_WINDOW,
            check=True,
        )
        installation, missing = json.loads(run.stdout)
    except (OSError, ValueError, TypeError, subprocess.SubprocessError) as error:
        message = tr("The engine's Python {path} ({source}) does not run as a Python 3: {error}.")
        message = message.format(path=interpreter.path, source=interpreter.source, error=error)
        raise EngineError("no_engine", message, _remedy()) from error
    return installation, missing


def _remedy(path: str = "") -> str:
    """The command that completes the interpreter at ``path``, or without one that makes a new one."""
    if path:
        return tr('Run this in a terminal: "{python}" "{installer}"').format(python=path, installer=INSTALLER)
    folder = Path.home() / "raster-segmenter-engine"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    return tr(
        "Run this in a terminal:\n"
        '"{own}" "{installer}" "{folder}"\n'
        "It says how much it will download. "
        "Then enter {python} in Settings > Options > Processing > Providers > Raster Segmenter, "
        "or set the environment variable {variable} to it."
    ).format(own=own_python(), folder=folder, python=python, installer=INSTALLER, variable=SETTING)
