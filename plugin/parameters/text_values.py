"""Parameters that hold a table as text: options of networks, and new names of classes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...engine.protocol import EngineError

_SEPARATOR, _EQUALS = re.compile(r"(?<!\\)[;\n]"), re.compile(r"(?<!\\)=")
_SIGN, _ESCAPED = re.compile(r"([;=])"), re.compile(r"\\([;=])")


def parse_options(text: str | None) -> dict[str, float]:
    """Numbers by name from a text such as ``width=16 depth=4``. Raises `EngineError` with the wrong word."""
    options = {}
    for word in (text or "").replace(",", " ").split():
        name, _, value = word.partition("=")
        try:
            options[name] = float(value)
        except ValueError:
            raise EngineError(
                "bad_option",
                "{word} is not a network option.",
                "Write them as name=number with spaces between, such as width=16 depth=4.",
                word=repr(word),
            ) from None
    return options


def parse_renames(text: str | None) -> dict[str, str]:
    r"""``concerte=concrete; 7=water #0000ff`` as new titles by old names.

    In a name, ``;`` and ``=`` are written as ``\;`` and ``\=``.

    Raises `EngineError` naming the entry that is wrong.
    """
    renames = {}
    for entry in filter(str.strip, _SEPARATOR.split(text or "")):
        parts = [_ESCAPED.sub(r"\1", part.strip()) for part in _EQUALS.split(entry, maxsplit=1)]
        if len(parts) < 2 or not all(parts):
            raise EngineError(
                "bad_option",
                "{entry} is not a new name of a class.",
                "Write old=new with semicolons between, such as concerte=concrete; 7=water #0000ff.",
                entry=repr(entry.strip()),
            )
        renames[parts[0]] = parts[1]
    return renames


def renames_text(renames: Mapping[str, str]) -> str:
    """The text that `parse_renames` reads."""
    return "; ".join("=".join(_SIGN.sub(r"\\\1", part) for part in pair) for pair in renames.items())
