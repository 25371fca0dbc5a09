"""Every name of Qt and QGIS in the code is one that Qt 6 and QGIS 4 have. The code is parsed, not run, so no
line is left out.
"""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from names import QT_MODULES, moved_to_widgets, qgis, stubs

ROOT = Path(__file__).parents[2]
PLACES = ("plugin", "docs", "resources")
SOURCES = [ROOT / "__init__.py", *sorted(file for place in PLACES for file in (ROOT / place).rglob("*.py"))]


def modules():
    """What can be imported, by the names that the code has for it."""
    found = {f"qgis.PyQt.{name}": importlib.import_module(f"PyQt6.{name}") for name in (*QT_MODULES, "sip")}
    return {**found, "qgis.core": qgis()["core"], "qgis.gui": qgis()["gui"]}


def attributes_of_qt5_alone():
    """Names of methods and enumerators that some class of Qt 5 has, and no class of Qt 6 or QGIS: ``exec_``,
    ``AlignLeft``...
    """
    five = {
        name
        for file in (stubs().parent / "PyQt5-stubs").glob("*.pyi")
        for name in defined(ast.parse(file.read_text()))
    }
    known = [
        value for module in modules().values() for value in vars(module).values() if isinstance(value, type)
    ]
    six = {name for kind in known for name in dir(kind)} | {
        name for module in modules().values() for name in dir(module)
    }
    return five - six


def defined(tree: ast.Module) -> Iterator[str]:
    """What the classes of a stub have outside their enumerations."""
    for kind in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        if {ast.unparse(base) for base in kind.bases} & {"int", "enum.Enum", "enum.IntEnum"}:
            continue
        for node in kind.body:
            if isinstance(node, ast.FunctionDef):
                yield node.name
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                yield target.id


def findings(code: str) -> Iterator[str]:
    """Names in ``code`` that there are not."""
    tree, names, others, here = ast.parse(code), {}, set(), modules()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("PyQt", "qgis._")):
            yield f"{node.lineno}: {node.module} is not for plugins"
        elif isinstance(node, ast.ImportFrom) and node.module in here:
            for alias in node.names:
                moved = moved_to_widgets() if node.module == "qgis.PyQt.QtWidgets" else {}
                value = getattr(here[node.module], alias.name, moved.get(alias.name))
                if value is None:
                    yield f"{node.lineno}: {node.module} has no {alias.name}"
                names[alias.asname or alias.name] = value
        elif isinstance(node, ast.Import):
            others |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "qgis.PyQt":
            yield from (
                f"{node.lineno}: {alias.name}"
                for alias in node.names
                if f"qgis.PyQt.{alias.name}" not in here
            )
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name) and node.value.id in others:
                continue
            if _value(node.value, names) is _UNKNOWN:
                if node.attr in ONLY_QT5 - OWN:
                    yield f"{node.lineno}: {node.attr} is of Qt 5"
            elif _value(node, names) is _UNKNOWN and ast.unparse(node) not in NEWER:
                yield f"{node.lineno}: there is no {ast.unparse(node)}"


_UNKNOWN = object()


def _value(node, names):
    """What a chain of names stands for, as far as that can be told without running it."""
    if isinstance(node, ast.Name):
        return names.get(node.id, _UNKNOWN)
    if isinstance(node, ast.Attribute):
        below = _value(node.value, names)
        return _UNKNOWN if below is _UNKNOWN else getattr(below, node.attr, _UNKNOWN)
    return _UNKNOWN


ONLY_QT5 = attributes_of_qt5_alone()
_OURS = [*SOURCES, *(ROOT / "engine").rglob("*.py")]
OWN = {name for file in _OURS for name in defined(ast.parse(file.read_text(encoding="utf-8")))}
"""What objects of ours have."""
NEWER = ("QgsProcessingParametersGenerator.ValidationResult",)
"""Names of QGIS 4.4, which the stubs have not yet; the code asks whether they are there."""


def test_the_sources_are_there_and_speak_of_qt():
    assert len(SOURCES) > 45 and sum("qgis.PyQt" in path.read_text(encoding="utf-8") for path in SOURCES) > 20


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_name_is_one_of_qt6(path):
    assert list(findings(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "from qgis.PyQt.QtWidgets import QUndoStack",
        "from qgis.PyQt.QtGui import QDesktopWidget",
        "from qgis.PyQt.QtCore import QRegExp",
        "from qgis.PyQt.QtCore import QTextCodec",
        "from qgis.PyQt import QtWebKit",
        "from PyQt5.QtCore import Qt",
        "from qgis.core import QgsNoSuchClass",
        "from qgis.PyQt.QtCore import Qt\nQt.AlignLeft",
        "from qgis.PyQt.QtCore import Qt\nQt.UserRole + 1",
        "from qgis.PyQt.QtCore import QEvent\nQEvent.Resize",
        "from qgis.PyQt.QtWidgets import QMessageBox\nQMessageBox.Yes",
        "from qgis.PyQt.QtWidgets import QDialog\n"
        "class D(QDialog):\n    def f(self):\n        return self.Accepted",
        "from qgis.PyQt.QtCore import QVariant\nQVariant.Type",
        "from qgis.core import Qgis\nQgis.Warning",
        "from qgis.core import QgsProcessingParameterNumber as N\nN.Integer",
        "from qgis.gui import QgsFileWidget\nQgsFileWidget.GetFile",
        "from qgis.core import QgsWkbTypes\nQgsWkbTypes.NoSuchGeometry",
        "dialog.exec_()",
        "event.posF() or event.localPos()",
        "application.desktop()",
        "painter.setRenderHint(painter.HighQualityAntialiasing)",
    ],
)
def test_what_qt6_has_not_is_found(line):
    assert list(findings(line)), line


def test_what_both_have_is_not_found():
    code = """
from qgis.core import Qgis, QgsProcessing, QgsProcessingParameterDefinition
from qgis.gui import QgsProcessingGui
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtWidgets import QAction, QDialog, QShortcut
print(Qt.AlignmentFlag.AlignLeft, QEvent.Type.Resize, QDialog.DialogCode.Accepted, Qgis.MessageLevel.Warning)
print(QgsProcessing.SourceType.TypeFile, QgsProcessingParameterDefinition.Flag.FlagAdvanced,
QgsProcessingGui.WidgetType.Batch)
dialog.exec()
"""
    assert list(findings(code)) == []


def test_calls_of_qgis_are_refused_as_pyqt6_refuses_them():
    """By the signatures that the stand-in for QGIS in the tests of windows goes by."""
    core, gui = qgis()["core"], qgis()["gui"]
    number, kind = core.QgsProcessingParameterNumber, core.QgsProcessingParameterNumber.Type.Integer
    assert number("A", "a", kind, 1, False, 0, 2.5).name() == "A"
    wrong = [
        lambda: number("A", "a", 0),  # a number for an enumeration
        lambda: number("A", "a", kind, 1, 0.5),
        lambda: number("A", "a", kind, no_such_name=1),
        lambda: number(),
        lambda: number("A", "a").setMaximum("2"),
        lambda: core.QgsProcessingParameterString("A", 1),
        lambda: gui.QgsFileWidget().setStorageMode(2),
        lambda: gui.QgsProcessingGui.WidgetType.Batch | 1,
    ]
    for call in wrong:
        with pytest.raises(TypeError):
            call()
