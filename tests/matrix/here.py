"""The machine itself, its packages left alone: the checkout as it lies, and a newer Python where there is
one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
_NEW_ENOUGH = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))"


class Here:
    """The checkout on this machine; what `roots.Root` is for another Debian."""

    checkout = CHECKOUT

    def prepare(self, packages: tuple[str, ...]) -> None:
        """Do nothing: what is needed comes into a virtual environment, or by ``make setup``."""

    def run(self, command: str, **environment: str) -> int:
        """Run a line of shell in the checkout; returns its exit status."""
        words = ["/bin/bash", "-c", command]
        return subprocess.run(words, cwd=CHECKOUT, env={**os.environ, **environment}, check=False).returncode


def newer_python() -> str | None:
    """A Python of 3.12 or newer that works: as MATRIX_PYTHON names it, else on PATH or pyenv's. None where
    there is none.
    """
    if named := os.environ.get("MATRIX_PYTHON"):
        if not _works(named):
            raise SystemExit(
                f"MATRIX_PYTHON={named} is no Python of 3.12 or newer with venv. Set it to one, or unset it."
            )
        return named
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    on_path = [path for minor in (14, 13, 12) if (path := shutil.which(f"python3.{minor}"))]
    return next(
        filter(_works, [*on_path, *sorted(map(str, pyenv.glob("*/bin/python3.1[2-4]")), reverse=True)]), None
    )


def _works(python: str) -> bool:
    """Whether it runs at all, which the stand-ins of version managers may not, and can make virtual
    environments.
    """
    try:
        return subprocess.run([python, "-c", _NEW_ENOUGH], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
