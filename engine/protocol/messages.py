"""Sentences for the user that can be translated: an English template and the values in it.

The template is the sentence's code, as in gettext and Qt: `i18n/update.py` collects all templates, and the
plugin looks each up in the user's language. English is the fallback.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable
from typing import Any, Union

Value = Union[str, int, float, None]


class Message(str):
    """A sentence in English that remembers its ``template``, in the syntax of `str.format`, and its ``values``.

    Values are numbers, texts and further messages; anything else is kept as its text. A template without
    values is taken literally.
    """

    template: str
    values: dict[str, Value]

    def __new__(cls, template: str, /, **values: Any) -> Message:
        plain = {name: _plain(value) for name, value in values.items()}
        self = super().__new__(cls, template.format(**plain) if plain else template)
        self.template, self.values = template, plain
        return self

    def translated(self, translate: Callable[[str], str]) -> str:
        """The sentence with its template, and those of the messages within, as ``translate`` gives them."""
        values = {
            name: value.translated(translate) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        template = translate(self.template)
        return template.format(**values) if values else template

    def to_json(self) -> dict[str, Any] | None:
        """Template and values as JSON has them; None where a value is no number that JSON knows."""
        values = {
            name: value.to_json() if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        if any(isinstance(value, float) and not math.isfinite(value) for value in self.values.values()):
            return None
        return {"template": self.template, "values": values}

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> Message:
        """What `to_json` wrote. Raises KeyError, TypeError, ValueError or IndexError for anything else."""
        values = {
            name: cls.from_json(value) if isinstance(value, dict) else value
            for name, value in written["values"].items()
        }
        return cls(written["template"], **values)


def message(template: str, /, **values: Any) -> Message:
    """`Message` of a literal ``template``, which `i18n/update.py` finds by this call."""
    return Message(template, **values)


def joined(*texts: str, separator: str = " ") -> Message:
    """All of ``texts`` that are not empty as one message; each keeps its own template."""
    parts = {f"part{number}": text for number, text in enumerate(filter(None, texts))}
    return Message(separator.join(f"{{{name}}}" for name in parts), **parts)


def _plain(value: Any) -> Value:
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    return float(value) if isinstance(value, numbers.Real) else str(value)
