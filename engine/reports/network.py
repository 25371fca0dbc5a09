"""The HTML page of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.clock import now_iso
from .html import render

if TYPE_CHECKING:
    from .description import Description


def network_html(description: Description) -> str:
    """The page of a network: its geometry, its training settings, and what its paper published."""
    return render("network.html", description=description, date=now_iso())
