"""Sentences for the user that can be translated: an English template and the values in it.

The template is the sentence's code, as in gettext and Qt: `i18n/update.py` collects all templates, and the
plugin looks each up in the user's language. English is the fallback.
"""

from __future__ import annotations

import math
import numbers
import string
from collections.abc import Callable
from typing import Any, Union

Value = Union[str, int, float, None]


class Message(str):
    """A sentence in English that keeps its ``template`` and the ``values`` in it.

    The template has the syntax of `str.format`; without values it is taken literally. Values are numbers,
    texts and further messages; anything else is stored as its text.
    """

    template: str
    values: dict[str, Value]

    def __new__(cls, template: str, /, **values: Any) -> Message:
        plain = {name: _plain(value) for name, value in values.items()}
        self = super().__new__(cls, template.format(**plain) if plain else template)
        self.template, self.values = template, plain
        return self

    def translated(self, translate: Callable[[str], str], group: str = ",", decimal: str = ".") -> str:
        """The sentence in the language of ``translate``, which is called with each template.

        ``group`` and ``decimal`` are the separators in numbers that the template formats, as in ``{n:,}``.
        """
        values = {
            name: value.translated(translate, group, decimal) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        template = translate(self.template)
        return _Formatter(group, decimal).format(template, **values) if values else template

    def to_json(self) -> dict[str, Any] | None:
        """Template and values for JSON; None if a number in it is infinite or NaN, which JSON cannot hold."""
        values: dict[str, Any] = {}
        for name, value in self.values.items():
            values[name] = value.to_json() if isinstance(value, Message) else value
            is_lost = isinstance(value, Message) and values[name] is None
            if is_lost or (isinstance(value, float) and not math.isfinite(value)):
                return None
        return {"template": self.template, "values": values}

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> Message:
        """The message that `to_json` wrote; else KeyError, TypeError, ValueError or IndexError is raised."""
        values = {
            name: cls.from_json(value) if isinstance(value, dict) else value
            for name, value in written["values"].items()
        }
        return cls(written["template"], **values)


class _Formatter(string.Formatter):
    """`str.format` with other separators in numbers that have a format specification."""

    def __init__(self, group: str, decimal: str) -> None:
        self._separators = str.maketrans({",": group, ".": decimal})

    def format_field(self, value: Any, format_spec: str) -> str:
        text = format(value, format_spec)
        is_number = isinstance(value, (int, float)) and format_spec
        return text.translate(self._separators) if is_number else text


def message(template: str, /, **values: Any) -> Message:
    """A `Message` with a literal ``template``, which `i18n/update.py` finds by this call."""
    return Message(template, **values)


def joined(*texts: str, separator: str = " ") -> Message:
    """One message of all ``texts`` that are not empty; each keeps its own template."""
    parts = {f"part{number}": text for number, text in enumerate(filter(None, texts))}
    return Message(separator.join(f"{{{name}}}" for name in parts), **parts)


def _plain(value: Any) -> Value:
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    return float(value) if isinstance(value, numbers.Real) else str(value)
