"""The time of day as text."""

from __future__ import annotations

import datetime


def now_iso() -> str:
    """The present local time with its offset from UTC, such as ``2026-11-20T15:04:05+01:00``."""
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")
