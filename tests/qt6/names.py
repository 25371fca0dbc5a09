"""The names of QGIS as Qt 6 has them: read from `qgis-stubs`, which has all classes, and built on the real
PyQt6.

The stubs tell classes, bases, signatures and enumerations. Enumerations become Python's own, with scoped
members alone, as PyQt6 has them; what QGIS itself keeps of older names (assignments in its packages
``qgis.core`` and ``qgis.gui``) is added. So a name that is not here is in no QGIS with Qt 6.
"""

from __future__ import annotations

import ast
import contextlib
import enum
import functools
import importlib
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from calls import function
from PyQt6 import QtCore

QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtXml", "QtSql", "QtPrintSupport")


def stubs() -> Path:
    """The folder of the stubs."""
    return Path(importlib.util.find_spec("PyQt6").origin).parents[1] / "qgis-stubs"


_EXCEPTIONS = ("QgsCsException", "QgsProcessingException")
"""Of QGIS's own, which the stubs leave out."""


class Namespace:
    """One package of QGIS, ``core`` or ``gui``; ``below`` is the one that it builds on."""

    def __init__(self, name: str, below: Namespace | None = None) -> None:
        self._below = below
        self.module = ModuleType(f"qgis.{name}")
        tree = ast.parse((stubs() / f"_{name}.pyi").read_text(encoding="utf-8"))
        for exception in _EXCEPTIONS if below is None else ():
            setattr(self.module, exception, type(exception, (Exception,), {}))
        self._classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
        for found in self._classes:
            self.resolve(found)
        self._keep_older_names(stubs() / name / "__init__.py")

    def resolve(self, name: str) -> Any:
        """What a dotted name of the stubs stands for; raises `LookupError` for what there is not."""
        first, *rest = name.strip("'\"").removeprefix("_core.").split(".")
        if first.startswith("Qt") and rest:
            value = _qt(rest[0])
            rest = rest[1:]
        elif hasattr(self.module, first):
            value = getattr(self.module, first)
        elif first in self._classes:
            value = self._made(self._classes[first], first)
        elif self._below:
            return self._below.resolve(name)
        else:
            raise LookupError(name)
        for part in rest:
            value = getattr(value, part, None)
            if value is None:
                raise LookupError(name)
        return value

    def _made(self, node: ast.ClassDef, path: str) -> type:
        if any(isinstance(base, ast.Name) and base.id == "int" for base in node.bases):
            return _enumeration(node, plural=False)
        bases = tuple(dict.fromkeys(filter(None, map(self._base, node.bases)))) or (object,)
        kind = next((type(base) for base in bases if type(base) is not type), type)
        made = kind(node.name, bases, {"__module__": self.module.__name__, "__qualname__": path})
        if path == node.name:
            setattr(self.module, node.name, made)
        names = {child.name for child in node.body if isinstance(child, ast.ClassDef)}
        for child in sorted(
            node.body, key=lambda child: isinstance(child, ast.ClassDef) and child.name[:-1] in names
        ):
            if isinstance(child, ast.ClassDef) and _is_enumeration(child):
                setattr(made, child.name, _enumeration(child, plural=f"{child.name}s" in names))
            elif (
                isinstance(child, ast.ClassDef) and child.name[:-1] in names
            ):  # flags are the enumeration itself
                setattr(made, child.name, getattr(made, child.name[:-1]))
            elif isinstance(child, ast.ClassDef):
                setattr(made, child.name, self._made(child, f"{path}.{child.name}"))
        self._add_members(made, node, bases)
        return made

    def _add_members(self, made: type, node: ast.ClassDef, bases: tuple[type, ...]) -> None:
        overloads: dict[str, list[ast.FunctionDef]] = {}
        for child in node.body:
            if isinstance(child, ast.FunctionDef):
                overloads.setdefault(child.name, []).append(child)
            elif isinstance(child, ast.AnnAssign) and "pyqtSignal" in ast.unparse(child.annotation):
                setattr(made, child.target.id, QtCore.pyqtSignal(object))
            elif isinstance(child, ast.AnnAssign) and ast.unparse(child.annotation).startswith(
                "typing.Type["
            ):
                with contextlib.suppress(
                    LookupError
                ):  # a function of the package; the others are enumerations that have moved
                    setattr(made, child.target.id, self.resolve(ast.unparse(child.annotation.slice)))
        for name, found in overloads.items():
            of_qt = any(
                hasattr(base, name)
                for kind in bases
                for base in kind.__mro__
                if base.__module__.startswith("PyQt6")
            )
            if name == "__init__" or not (of_qt or name.startswith("__")):
                setattr(made, name, function(made, name, found, self.resolve))

    def _base(self, node: ast.expr) -> type | None:
        name = ast.unparse(node)
        if "sip" in name or name.startswith(
            ("QtPositioning", "QtSerialPort", "Qsci")
        ):  # nothing, or of no use here
            return None
        return self.resolve(name)

    def _keep_older_names(self, file: Path) -> None:
        names = _Names(self)
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.targets[0], ast.Attribute)
                and _is_plain(node)
            ):
                code = compile(ast.Module([node], []), str(file), "exec")
                # Names that this QGIS does not have stay unknown, which is for the tests to find.
                with contextlib.suppress(NameError, AttributeError, KeyError):
                    exec(code, {}, names)


def _qt(name: str) -> Any:
    """A class of Qt 6, in whichever module it is there: the stubs name those of Qt 5."""
    for module in QT_MODULES:
        if found := getattr(importlib.import_module(f"PyQt6.{module}"), name, None):
            return found
    raise LookupError(name)


def moved_to_widgets() -> dict[str, Any]:
    """Classes of QtGui that QGIS's own ``qgis.PyQt.QtWidgets`` has as well, where Qt 5 had them."""
    from PyQt6 import QtGui

    return {"QAction": QtGui.QAction, "QShortcut": QtGui.QShortcut}


class _Names(dict[str, Any]):
    def __init__(self, namespace: Namespace) -> None:
        super().__init__()
        self._namespace = namespace

    def __missing__(self, name: str) -> Any:
        try:
            return self._namespace.resolve(name.removeprefix("_") if name == "_Qgis" else name)
        except LookupError:
            raise KeyError(name) from None


def _is_enumeration(node: ast.ClassDef) -> bool:
    return [ast.unparse(base) for base in node.bases] in (
        ["int"],
        ["enum.Enum"],
        ["enum.IntEnum"],
        ["enum.IntFlag"],
    )


def _enumeration(node: ast.ClassDef, plural: bool) -> type:
    members = [child.targets[0].id for child in node.body if isinstance(child, ast.Assign)]
    values = {name: 1 << number if plural else number for number, name in enumerate(members) if name != "mro"}
    return (enum.IntFlag if plural else enum.Enum)(node.name, values)


def _is_plain(node: ast.Assign) -> bool:
    """A name for a name: neither a text about one, nor a function that makes flags."""
    target = node.targets[0]
    return (
        not target.attr.startswith("__")
        and isinstance(node.value, (ast.Attribute, ast.Name))
        and target.attr != "baseClass"
    )


@functools.cache
def qgis() -> dict[str, ModuleType]:
    """``qgis.core`` and ``qgis.gui``."""
    core = Namespace("core")
    return {"core": core.module, "gui": Namespace("gui", core).module}
