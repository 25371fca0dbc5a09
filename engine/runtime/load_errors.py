"""Why a library does not load, from what Python, the system's loader or NumPy say of it."""

from __future__ import annotations

import os
import platform
import re
import sys
from pathlib import Path

_INSTALLER = Path(__file__).parents[1] / "install.py"
_NEW = "{new}"
_VISUAL_C = "Install the newest Microsoft Visual C++ Redistributable (x64), then start QGIS anew. If that does not help: "
_OF_WINDOWS = _VISUAL_C if sys.platform == "win32" else ""
_CAUSES = (
    (
        r"GLIBC\w*_[\d.]+|version `?'?[A-Z]+_[\d.]+'? not found",
        "it is built for a newer system than this one (C library: {libc})",
        "Update the system; or " + _NEW,
    ),
    (
        r"_ARRAY_API|multiarray failed to import|numpy\.dtype size changed|compiled (against|using) (NumPy|API|ABI)",
        "it is built for another NumPy than {numpy}, the installed one",
        "",
    ),
    (
        r"WinError 1114|initialization routine failed",
        "one of its DLLs fails to start",
        _VISUAL_C + _NEW,
    ),
    (
        r"WinError 193|not a valid Win32|wrong ELF class|incompatible architecture|invalid ELF header",
        "it is built for another processor architecture than this Python ({machine})",
        "Install the build for this architecture, or name a Python of the other one.",
    ),
    (
        r"WinError 127|undefined symbol|Symbol not found|procedure could not be found|cannot import name '_",
        "its parts, or the libraries that it uses, are of different releases",
        _NEW,
    ),
    (
        r"WinError 126|DLL load failed|cannot open shared object|Library not loaded|image not found|could not be found",
        "a library that it needs is missing",
        _OF_WINDOWS + _NEW,
    ),
    (
        r"No module named",
        "a package that it needs is missing",
        _NEW,
    ),
    (
        r"static TLS block",
        "another library was loaded before it that leaves no room for it",
        _NEW,
    ),
)  # fmt: skip
"""Of what a failed import says: why it failed, and what to do. The first that is found in it counts."""


def explained(words: str, numpy: str) -> tuple[str, str]:
    """Why an import failed with these words, and what to do; ``numpy`` is the installed release."""
    values = {
        "libc": " ".join(platform.libc_ver()).strip() or "unknown",
        "machine": platform.machine(),
        "numpy": numpy,
    }
    for pattern, why, remedy in _CAUSES:
        if re.search(pattern, words, re.IGNORECASE):
            return why.format(**values), _sentence(remedy.format(new=_new())) or _other_numpy(numpy)
    return "it fails as it starts", new_environment()


def new_environment() -> str:
    """A sentence that says how to make an environment in which everything is installed anew."""
    return _sentence(_new())


def _new() -> str:
    """How to make an environment in which everything is installed anew, in a folder that is not there yet."""
    folder = Path.home() / "raster-segmenter-engine"
    number = 2
    while folder.exists():
        folder, number = folder.with_name(f"raster-segmenter-engine-{number}"), number + 1
    base = Path(sys.base_exec_prefix, "python.exe" if os.name == "nt" else "bin/python3")
    python = base if base.is_file() else sys.executable
    return f'make a new environment by this in a terminal: "{python}" "{_INSTALLER}" "{folder}"'


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _other_numpy(numpy: str) -> str:
    """What is built for NumPy 2 also runs with late releases of 1, but not the other way round."""
    wanted = "numpy<2" if numpy.startswith("2") else "numpy>=2"
    return f'Run this in a terminal: "{sys.executable}" -m pip install "{wanted}". Or install a build for NumPy {numpy}.'
