"""The plugin's calls of Qt, checked by mypy against PyQt6's own types: whole numbers, enumerations, methods,
what they return.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ANYTHING = "from typing import Any\n\ndef __getattr__(name: str) -> Any: ...\n"
TYPES = {
    "qgis/__init__.pyi": "",
    "qgis/core.pyi": ANYTHING,
    "qgis/gui.pyi": ANYTHING,
    "qgis/utils.pyi": ANYTHING,
    "qgis/PyQt/__init__.pyi": "",
    "qgis/PyQt/QtCore.pyi": "from PyQt6.QtCore import *\n",
    "qgis/PyQt/QtGui.pyi": "from PyQt6.QtGui import *\n",
    "qgis/PyQt/QtWidgets.pyi": "from PyQt6.QtGui import QAction as QAction\nfrom PyQt6.QtWidgets import *\n",
    "qgis/PyQt/sip.pyi": "from PyQt6.sip import *\n",
}
# What may be None by Qt's types is not for here: PyQt5 has no types, and the code treats both alike.
SETTINGS = """
[mypy]
check_untyped_defs = True
strict_optional = False
ignore_missing_imports = True

[mypy-processing.*]
follow_imports = skip
"""


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    """``check(folder, package)``: what mypy says of a package that lies in a folder."""
    place = tmp_path_factory.mktemp("types")
    for name, text in TYPES.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text)
    (place / "mypy.ini").write_text(SETTINGS)
    (place / "raster_segmenter").symlink_to(ROOT)

    def run(code=None):
        what = ["-p", "raster_segmenter.plugin"]
        if code is not None:
            (place / "sample.py").write_text(code)
            what = ["sample.py"]
        command = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "--cache-dir", "cache", *what]
        return subprocess.run(
            command, cwd=place, env={"MYPYPATH": str(place)}, capture_output=True, text=True, check=False
        ).stdout

    return run


def test_all_calls_of_the_plugin_are_such_as_qt6_takes(check):
    said = check()
    assert "Success: no issues found in " in said, said
    assert int(said.split("found in ")[1].split()[0]) > 45, "it has looked at the modules"


REFUSED = """
QDialog().exec_()
QWidget().resize(1.5, 2)
QPainter().drawText(1.5, 2.5, "a")
QFontMetrics(QFont()).width("a")
QVBoxLayout().setMargin(0)
QComboBox().setCurrentIndex(1.0)
QApplication.desktop()
QLabel().setAlignment(1)
QMouseEvent.globalX
QColor().setAlpha(0.5)
"""


def test_calls_that_qt6_refuses_are_found(check):
    said = check(f"from qgis.PyQt.QtGui import *\nfrom qgis.PyQt.QtWidgets import *{REFUSED}")
    found = {int(line.split(":")[1]) for line in said.splitlines() if ": error: " in line}
    assert found == set(range(3, 3 + len(REFUSED.split("\n")) - 2)), said
