"""Explains why a library does not load, from the error of Python, of the system's loader or of NumPy."""

from __future__ import annotations

import os
import platform
import re
import sys
from pathlib import Path

from ..protocol import Message, joined, message

_INSTALLER = Path(__file__).parents[1] / "install.py"
_Cause = tuple[str, Message, Message]
"""A pattern in the text of an error, the reason why the import failed, and a remedy."""


def explain(error: str, numpy: str) -> tuple[Message, Message]:
    """The reason why an import failed with the text ``error``, as the end of a sentence, and a remedy.

    ``numpy`` is the installed release of NumPy.
    """
    for pattern, cause, remedy in (*_wrong_builds(numpy), *_wrong_parts()):
        if re.search(pattern, error, re.IGNORECASE):
            return cause, remedy
    return message("it fails when it is loaded"), new_environment()


def new_environment() -> Message:
    """A sentence that says how to create a new environment with all packages."""
    folder = Path.home() / "raster-segmenter-engine"
    number = 2
    while folder.exists():
        folder, number = folder.with_name(f"raster-segmenter-engine-{number}"), number + 1
    base = Path(sys.base_exec_prefix, "python.exe" if os.name == "nt" else "bin/python3")
    return message(
        'Run this in a terminal to make a new environment: "{python}" "{installer}" "{folder}"',
        python=base if base.is_file() else sys.executable,
        installer=_INSTALLER,
        folder=folder,
    )


def _wrong_builds(numpy: str) -> tuple[_Cause, ...]:
    return (
        (
            r"GLIBC\w*_[\d.]+|version `?'?[A-Z]+_[\d.]+'? not found",
            message(
                "it is built for a newer system than this one (C library: {libc})",
                libc=" ".join(platform.libc_ver()).strip() or message("unknown"),
            ),
            joined(message("Update the system, or continue with the next step."), new_environment()),
        ),
        (
            r"_ARRAY_API|multiarray failed to import|numpy\.dtype size changed"
            r"|compiled (against|using) (NumPy|API|ABI)",
            message("it was built for another release of NumPy than the installed {numpy}", numpy=numpy),
            _other_numpy(numpy),
        ),
        (
            r"WinError 193|not a valid Win32|wrong ELF class|incompatible architecture|invalid ELF header",
            message(
                "it is built for another processor architecture than this Python ({machine})",
                machine=platform.machine(),
            ),
            message("Install the build for this architecture, or name a Python of the other one."),
        ),
    )


def _wrong_parts() -> tuple[_Cause, ...]:
    new = new_environment()
    redistributable = message(
        "Install the newest Microsoft Visual C++ Redistributable (x64), then restart QGIS. "
        "If that does not help, continue with the next step."
    )
    return (
        (
            r"WinError 1114|initialization routine failed",
            message("one of its DLLs fails to start"),
            joined(redistributable, new),
        ),
        (
            r"WinError 127|undefined symbol|Symbol not found|procedure could not be found"
            r"|cannot import name '_",
            message("its parts, or the libraries that it uses, are of different releases"),
            new,
        ),
        (
            r"WinError 126|DLL load failed|cannot open shared object|Library not loaded|image not found"
            r"|could not be found",
            message("a library that it needs is missing"),
            joined(redistributable, new) if sys.platform == "win32" else new,
        ),
        (r"No module named", message("a package that it needs is missing"), new),
        (
            r"static TLS block",
            message("a library that was loaded earlier leaves no room for it"),
            new,
        ),
    )


def _other_numpy(numpy: str) -> Message:
    # What is built for NumPy 2 also runs with late releases of 1, but not the other way round.
    return message(
        'Run this in a terminal: "{python}" -m pip install "{wanted}". Or install a build for NumPy {numpy}.',
        python=sys.executable,
        wanted="numpy<2" if numpy.startswith("2") else "numpy>=2",
        numpy=numpy,
    )
