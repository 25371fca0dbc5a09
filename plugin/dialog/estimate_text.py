"""The estimate of a run in words."""

from __future__ import annotations

from typing import Any

from ..engine_client.feedback import clock
from ..text import tr, translated

_MIB, _GIB = 2**20, 2**30


def in_words(values: dict[str, Any]) -> str:
    """The engine's estimate in one or two sentences, without values that are unknown."""
    parts = []
    if "windows" in values:
        parts.append(
            tr("windows: {windows}, in {precision}").format(
                windows=translated(values["windows"]), precision=values["precision"]
            )
        )
    if "patches" in values:
        parts.append(tr("{patches} per step").format(patches=values["patches"]))
    if "epoch_s" in values:
        time = clock(max(1.0, values["epoch_s"]))
        parts.append(tr("{epochs} epochs at most, {time} each").format(epochs=values["epochs"], time=time))
    if "memory_bytes" in values:
        parts.append(tr("about {size} of memory").format(size=_size(values["memory_bytes"])))
    seconds = values.get("estimated_s")
    time = (
        tr("time unknown")
        if seconds is None
        else tr("about {time} in all").format(time=clock(max(1.0, seconds)))
    )
    return "; ".join([*parts, time])


def _size(number: float) -> str:
    return f"{number / _GIB:.1f} GiB" if number >= _GIB else f"{max(1, round(number / _MIB))} MiB"
