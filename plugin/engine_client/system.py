"""Facts about QGIS's installation: its own Python, the Pythons that belong to it, and their variables.

Each function takes the values of a system as arguments, so that the rules of Windows and macOS are tested on
any system.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import TypeVar

AnyPath = TypeVar("AnyPath", bound=PurePath)
# Where a GDAL finds its data and plugins, and that Python is to look for its DLLs in the PATH: those of
# another one fail on them.
_GDAL_VARIABLES = ("GDAL_DATA", "GDAL_DRIVER_PATH", "PROJ_LIB", "PROJ_DATA", "USE_PATH_FOR_GDAL_PYTHON")
_OF_PYTHON = ("PYTHON", "__PYVENV")
_OF_OWN_PYTHON = ("PYTHONHOME", "PYTHONPATH")
_BUNDLES = ("OSGEO4W_ROOT", "APPDIR", "SNAP")
"""Variables that name the folder of an installation: of OSGeo4W, an AppImage and a snap."""
_BEFORE_QUOTE, _AT_END = re.compile(r'(\\*)"'), re.compile(r"(\\+)$")
_SAFE_IN_CMD = re.compile(r"[\w.:\\/=+@-]+")


def typed_path(text: str) -> str:
    """The path in ``text`` that a user has typed or pasted.

    Quotation marks, which Windows puts around copied paths, are removed, and ``~`` is the home folder.
    """
    text = text.strip()
    return os.path.expanduser(text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] == '"' else text)


def interpreter_in(path: str) -> str:
    """The interpreter of the environment in the folder ``path``.

    It is ``path`` itself if that is no folder or holds no interpreter.
    """
    names = (
        Path(path, *parts)
        for parts in (("bin", "python"), ("bin", "python3"), ("Scripts", "python.exe"), ("python.exe",))
    )
    return next((str(name) for name in names if name.is_file()), path) if os.path.isdir(path) else path


def own_python(executable: AnyPath, prefix: AnyPath, is_file: Callable[[AnyPath], bool]) -> AnyPath:
    """The interpreter of a process with this ``sys.executable`` and ``sys.exec_prefix``.

    Inside QGIS, ``sys.executable`` may be QGIS itself, or whatever Python comes first in the PATH (pyenv,
    conda): only one that lies in the process's own installation counts.
    """
    if executable.stem.lower().startswith("python") and prefix in (
        executable.parent,
        executable.parent.parent,
    ):
        return executable
    candidates = (
        prefix / "python.exe",  # Windows: apps/Python312 of OSGeo4W and of the standalone installer, conda
        prefix / "bin" / "python3",  # Linux, conda; macOS before QGIS 3.44, whose prefix is Contents/MacOS
        prefix.parent / "MacOS" / "python",  # macOS since QGIS 3.44, whose prefix is Contents/Frameworks
        executable.parent / "bin" / "python3",  # macOS: beside QGIS
        executable.parent / "python3",
    )
    return next((path for path in candidates if is_file(path)), candidates[-1])


def installation_roots(
    prefix: AnyPath, environ: Mapping[str, str], is_folder: Callable[[AnyPath], bool]
) -> list[AnyPath]:
    """The folders that hold QGIS and its libraries; empty if it uses the system's libraries (``/usr``).

    ``prefix`` is the ``sys.exec_prefix`` of its Python.
    """
    kind = type(prefix)
    found = [
        root for name in _BUNDLES if environ.get(name) and is_within(prefix, [root := kind(environ[name])])
    ]
    if prefix.parent.name.lower() == "apps":  # C:\OSGeo4W\apps\Python312
        found.append(prefix.parent.parent)
    found += [folder for folder in prefix.parents if folder.suffix == ".app"]
    if is_folder(prefix / "conda-meta"):
        found.append(prefix)
    return [root for root in dict.fromkeys(found) if root.name]  # never a whole drive


def is_within(path: PurePath, folders: list[AnyPath]) -> bool:
    """Whether ``path`` is one of the folders or lies in one of them.

    On Windows, upper and lower case are the same, and both kinds of slash.
    """
    return any(folder == path or folder in path.parents for folder in folders)


def home(python: Path) -> Path:
    """The folder of the Python to which the interpreter ``python`` belongs.

    For a virtual environment, it is the folder of the Python that the environment was made with.
    """
    for folder in (python.parent, python.parent.parent):
        if os.path.isfile(folder / "pyvenv.cfg"):
            lines = (folder / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace").splitlines()
            settings = {
                name.strip().lower(): value.strip()
                for name, _, value in (line.partition("=") for line in lines)
            }
            if settings.get("home"):
                base = Path(os.path.realpath(settings["home"]))
                # Python 3.10 names the environment that an environment was made of, later ones that one's
                # Python.
                return home(base / python.name) if base != python.parent else base
    return Path(os.path.realpath(python)).parent


def is_of_conda(home: Path) -> bool:
    """Whether a Python's folder belongs to a conda environment, which is an installation of its own."""
    return any(os.path.isdir(folder / "conda-meta") for folder in (home, home.parent))


def is_virtual(python: Path) -> bool:
    """Whether an interpreter belongs to a virtual environment."""
    return any(os.path.isfile(folder / "pyvenv.cfg") for folder in (python.parent, python.parent.parent))


def child_variables(
    environ: Mapping[str, str], *, foreign: bool, own: bool, roots: list[AnyPath], separator: str = os.pathsep
) -> dict[str, str]:
    """Environment variables for a Python started by QGIS, without those that lead to other libraries.

    ``foreign``: it belongs to another installation, so that nothing in the folders ``roots`` is for it
    (Windows looks for DLLs in the PATH, Linux in LD_LIBRARY_PATH). ``own``: it is QGIS's own, which may need
    PYTHONHOME to find its library.
    """
    kept = {name: value for name, value in environ.items() if not name.startswith(_OF_PYTHON)}
    if foreign:
        kept = dict(_outside(kept, roots, separator))
    if own:
        kept.update({name: environ[name] for name in _OF_OWN_PYTHON if name in environ})
    return {**kept, "PYTHONUTF8": "1"}


def _outside(environ: Mapping[str, str], roots: list[AnyPath], separator: str) -> Iterator[tuple[str, str]]:
    """The variables without paths in ``roots``, and without variables that become empty by that."""
    kind = type(roots[0]) if roots else PurePath
    for name, value in environ.items():
        if name in _GDAL_VARIABLES:
            continue
        entries = value.split(separator)
        left = [entry for entry in entries if not (entry and is_within(kind(entry), roots))]
        if left:
            yield name, separator.join(left)


def cmd_word(word: str) -> str:
    """``word``, quoted for Windows' cmd and the programs that it starts, as `shlex.quote` does for others."""
    if _SAFE_IN_CMD.fullmatch(word):
        return word
    escaped = _BEFORE_QUOTE.sub(lambda before: 2 * before[1] + '\\"', word)
    return '"' + _AT_END.sub(lambda end: 2 * end[1], escaped) + '"'


def process_program(
    application: AnyPath, is_file: Callable[[AnyPath], bool], *, windows: bool = os.name == "nt"
) -> str:
    """The name or path of `qgis_process` for a QGIS whose program is ``application``.

    Each installation on Windows has a script of its own for it; in an app bundle no shell would find it by
    its name.
    """
    if windows:
        name = application.stem.lower().removesuffix("-bin")
        return f"qgis_process-{name}.bat" if re.fullmatch(r"qgis(-\w+)*", name) else "qgis_process-qgis.bat"
    folder, inner = application.parent, "qgis_process.app/Contents/MacOS/qgis_process"
    bundled = (folder / inside for inside in ("bin/qgis_process", inner, "qgis_process"))
    in_bundle = any(above.suffix == ".app" for above in application.parents)
    return (
        str(next((path for path in bundled if is_file(path)), "qgis_process"))
        if in_bundle
        else "qgis_process"
    )
