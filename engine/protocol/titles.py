"""What a class is called and which colour it has, as one text: ``water``, ``water #0000ff`` or ``#0000ff``."""

from __future__ import annotations

import re
from typing import NamedTuple, Union

_TITLE = re.compile(r"(.*?)\s*(#[0-9a-f]{6})?", re.IGNORECASE | re.DOTALL)


class Title(NamedTuple):
    """``name`` is empty, and ``color`` None, where only the other is given."""

    name: str = ""
    color: Union[tuple[int, int, int], None] = None

    @classmethod
    def parse(cls, text: str) -> Title:
        """The title that ``text`` says; a colour stands at its end."""
        match = _TITLE.fullmatch(text.strip())
        assert match  # any text has a name, be it empty
        name, color = match.groups()
        red, green, blue = bytes.fromhex(color[1:]) if color else (0, 0, 0)
        return cls(name, (red, green, blue) if color else None)

    @property
    def text(self) -> str:
        """What `parse` reads."""
        return f"{self.name} #{bytes(self.color).hex()}".strip() if self.color else self.name
