"""The name and the colour of a class in one text: ``water``, ``water #0000ff`` or ``#0000ff``."""

from __future__ import annotations

import re
from typing import NamedTuple, Union

_COLOR = re.compile(r"#[0-9a-f]{6}\Z", re.IGNORECASE)


class ClassTitle(NamedTuple):
    """The ``name`` of a class (may be empty) and its ``color`` as red, green and blue (may be None)."""

    name: str = ""
    color: Union[tuple[int, int, int], None] = None

    @classmethod
    def parse(cls, text: str) -> ClassTitle:
        """The title in ``text``, which may end in a colour."""
        text = text.strip()
        color = _COLOR.search(text)
        if not color:
            return cls(text)
        red, green, blue = bytes.fromhex(color[0][1:])
        return cls(text[: color.start()].rstrip(), (red, green, blue))

    @property
    def text(self) -> str:
        """The title as one text, which `parse` reads."""
        return f"{self.name} #{bytes(self.color).hex()}".strip() if self.color else self.name
