"""Why a library does not load, from what Python, the system's loader or NumPy say of it."""

from __future__ import annotations

import platform
import re
import sys

NEW_ENVIRONMENT = "Install it again in a new environment; README says how."
_CAUSES = (
    (
        r"GLIBC\w*_[\d.]+|version `?'?[A-Z]+_[\d.]+'? not found",
        "it is built for a newer system than this one (C library: {libc})",
        "Install a release that was built for this system, or update the system.",
    ),
    (
        r"_ARRAY_API|multiarray failed to import|numpy\.dtype size changed|compiled (against|using) (NumPy|API|ABI)",
        "it is built for another NumPy than {numpy}, the installed one",
        "",
    ),
    (
        r"WinError 1114|initialization routine failed",
        "one of its DLLs fails to start",
        "Install the newest Microsoft Visual C++ Redistributable (x64), then start QGIS anew. If that does not help, install it "
        "again in a new environment.",
    ),
    (
        r"WinError 193|not a valid Win32|wrong ELF class|incompatible architecture|invalid ELF header",
        "it is built for another processor architecture than this Python ({machine})",
        "Install the build for this architecture, or name a Python of the other one.",
    ),
    (
        r"WinError 127|undefined symbol|Symbol not found|procedure could not be found|cannot import name '_",
        "its parts, or the libraries that it uses, are of different releases",
        NEW_ENVIRONMENT,
    ),
    (
        r"WinError 126|DLL load failed|cannot open shared object|Library not loaded|image not found|could not be found",
        "a library that it needs is missing",
        NEW_ENVIRONMENT + " On Windows, install the newest Microsoft Visual C++ Redistributable (x64) first.",
    ),
    (
        r"No module named",
        "a package that it needs is missing",
        NEW_ENVIRONMENT,
    ),
    (
        r"static TLS block",
        "another library was loaded before it that leaves no room for it",
        NEW_ENVIRONMENT,
    ),
)  # fmt: skip
"""Of what a failed import says: why it failed, and what to do. The first that is found in it counts."""


def explained(words: str, numpy: str) -> tuple[str, str]:
    """Why an import failed with these words, and what to do; ``numpy`` is the installed release."""
    values = {"libc": " ".join(platform.libc_ver()).strip() or "unknown", "machine": platform.machine(), "numpy": numpy}
    for pattern, why, remedy in _CAUSES:
        if re.search(pattern, words, re.IGNORECASE):
            return why.format(**values), remedy or _other_numpy(numpy)
    return "it fails as it starts", NEW_ENVIRONMENT


def _other_numpy(numpy: str) -> str:
    """What is built for NumPy 2 also runs with late releases of 1, but not the other way round."""
    wanted = "numpy<2" if numpy.startswith("2") else "numpy>=2"
    return f'Run this in a terminal: "{sys.executable}" -m pip install "{wanted}". Or install a build for NumPy {numpy}.'
