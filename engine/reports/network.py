"""The report of a network: what it is, how it is trained, and what its paper says of it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from .html import render

if TYPE_CHECKING:
    from .description import Description


def network_html(told: Description) -> str:
    """The page of a network: what it is, how it is trained, and what its paper says of it."""
    return render(
        "network.html", told=told, date=datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    )
