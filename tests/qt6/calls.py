"""Functions of QGIS by their signatures: a call with values of other types is refused, as PyQt6 does it.

Each object remembers what it was made with and what was set, and says so when it is asked: ``setName(x)`` and
``name()``.
"""

from __future__ import annotations

import ast
import enum
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Resolve = Callable[[str], Any]
_PLAIN = {"str": "", "bool": False, "int": 0, "float": 0.0, "bytes": b"", "None": None}


def function(owner: type, name: str, overloads: list[ast.FunctionDef], resolve: Resolve) -> Any:
    """A method, or a static one, that stands in for all of ``overloads``."""
    static = any(
        isinstance(mark, ast.Name) and mark.id == "staticmethod" for mark in overloads[0].decorator_list
    )

    def call(*values: Any, **named: Any) -> Any:
        self, values = (None, values) if static else (values[0], values[1:])
        bound, node = _bound(owner, name, overloads, resolve, values, named)
        if name == "__init__":
            return _begin(owner, self, values, bound)
        return (
            _done(self, name, bound)
            if self is not None and _has(self, name, bound)
            else default(node.returns, resolve)
        )

    call.__name__, call.__qualname__ = name, f"{owner.__qualname__}.{name}"
    return staticmethod(call) if static else call


def _begin(owner: type, self: Any, values: tuple[Any, ...], bound: dict[str, Any]) -> None:
    from PyQt6 import QtCore, QtWidgets

    qt = next((base for base in owner.__mro__ if base.__module__.startswith("PyQt6")), None)
    if qt is not None and "_values" not in vars(self):
        parent = next((value for value in values if isinstance(value, QtCore.QObject)), None)
        kind = QtWidgets.QWidget if issubclass(qt, QtWidgets.QWidget) else QtCore.QObject
        qt.__init__(self, *([parent] if isinstance(parent, kind) and issubclass(qt, QtCore.QObject) else []))
    vars(self).setdefault("_values", {}).update(bound)


def _has(self: Any, name: str, bound: dict[str, Any]) -> bool:
    return (name.startswith("set") and len(bound) > 0) or (
        not bound and _key(name) in vars(self).get("_values", {})
    )


def _done(self: Any, name: str, bound: dict[str, Any]) -> Any:
    known = vars(self).setdefault("_values", {})
    if not name.startswith("set"):
        return known[_key(name)]
    known[_key(name[3:])] = next(iter(bound.values()))
    return None


def _key(name: str) -> str:
    return name[:1].lower() + name[1:]


def _bound(
    owner: type,
    name: str,
    overloads: list[ast.FunctionDef],
    resolve: Resolve,
    values: tuple[Any, ...],
    named: dict[str, Any],
) -> tuple[dict[str, Any], ast.FunctionDef]:
    """The values by the names of the first overload that takes them. Raises TypeError where none does."""
    for node in overloads:
        wanted = [argument for argument in node.args.args if argument.arg not in ("self", "cls")]
        needed = len(wanted) - len(node.args.defaults)
        given = dict(zip((argument.arg for argument in wanted), values))
        given |= named
        known = {argument.arg: argument.annotation for argument in wanted}
        complete = len(values) <= len(wanted) and set(list(known)[:needed]) <= set(given) <= set(known)
        if complete and all(accepts(known[key], value, resolve) for key, value in given.items()):
            return given, node
    kinds = ", ".join(
        [*(repr(value) for value in values), *(f"{key}={value!r}" for key, value in named.items())]
    )
    raise TypeError(f"{owner.__qualname__}.{name}: no signature takes ({kinds})")


def accepts(annotation: ast.expr | None, value: Any, resolve: Resolve) -> bool:
    """Whether PyQt6 would take ``value`` for an argument of this type."""
    text = "Any" if annotation is None else ast.unparse(annotation).strip("'\"")
    if text.startswith(("typing.Optional[", "typing.Union[")):
        inner = annotation.slice
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        return (value is None and "Optional" in text) or any(accepts(part, value, resolve) for part in parts)
    if text in _PLAIN:
        return _is_plain(text, value)
    if text.startswith(("collections.abc.Iterable", "list[", "typing.List", "collections.abc.Sequence")):
        return isinstance(value, Iterable) and not isinstance(value, (str, bytes))
    if text.startswith("dict["):
        return isinstance(value, Mapping)
    try:
        kind = resolve(text)
    except LookupError:
        return True  # of modules that the plugin does not use
    return not isinstance(kind, type) or isinstance(value, kind) or _converts(text, value)


def _is_plain(text: str, value: Any) -> bool:
    if text == "int":
        return isinstance(value, int)
    if text == "float":
        return isinstance(value, (int, float))
    return value is None if text == "None" else isinstance(value, type(_PLAIN[text]))


def _converts(text: str, value: Any) -> bool:
    """What sip makes of values of another type by itself: a flag as flags, a point as a point with another
    use.
    """
    return isinstance(value, enum.Enum) and text.rsplit(".", 1)[-1] in (
        f"{type(value).__name__}s",
        type(value).__name__,
    )


def default(annotation: ast.expr | None, resolve: Resolve) -> Any:
    """What a function says of which nothing is known."""
    text = "None" if annotation is None else ast.unparse(annotation).strip("'\"")
    if text in _PLAIN:
        return _PLAIN[text]
    if text.startswith("typing.Optional["):
        return default(annotation.slice, resolve)
    if text.lower().startswith(("list", "typing.list", "tuple", "typing.tuple")):
        parts = getattr(getattr(annotation, "slice", None), "elts", [])
        return tuple(default(part, resolve) for part in parts) if "uple" in text else []
    if text.startswith(("dict", "set")):
        return {}
    try:
        kind = resolve(text)
        if isinstance(kind, enum.EnumType):
            return kind(0) if issubclass(kind, enum.Flag) else next(iter(kind))
        return kind()
    except (LookupError, TypeError):
        return None
