"""The report of a network: what it is, how it is trained, and what its paper says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.clock import now_iso
from .html import render

if TYPE_CHECKING:
    from .description import Description


def network_html(told: Description) -> str:
    """The page of a network: what it is, how it is trained, and what its paper says of it."""
    return render("network.html", told=told, date=now_iso())
