"""Prints the requirements of the engine and its tests for the newest GDAL: numpy 2, and PyTorch only if it is
there.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = (ROOT / "engine" / "requirements.txt", ROOT / "tests" / "requirements.txt")
_OTHERWISE = {"torch": None, "numpy": "numpy>=2,<3", "pytest-qgis": None}


def lines() -> list[str]:
    """One requirement a line, as pip reads them."""
    found = [
        line.partition("#")[0].strip()
        for file in FILES
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    names = {line: re.split(r"[<>=!~;\[ ]", line)[0] for line in found if line}
    return [wanted for line, name in names.items() if (wanted := _OTHERWISE.get(name, line))]


if __name__ == "__main__":
    print("\n".join(lines()))
