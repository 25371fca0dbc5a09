"""A model file described in a few lines, for its dialog."""

from __future__ import annotations

from html import escape
from typing import Any

from qgis.PyQt.QtGui import QColor

from ...engine.protocol import EngineError, message, read_card
from ..text import error_text, tr, translated

_MOST_CLASSES, _MOST_BANDS, _MOST_LETTERS = 24, 12, 40


def summary(path: str) -> str:
    """Network, bands, pixel size, accuracy and classes as HTML, or why they cannot be read.

    The file may come from anyone, so its card may hold anything.
    """
    try:
        return "<br>".join(filter(None, _lines(read_card(path))))
    except EngineError as error:
        return escape(error_text(error))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError):
        return escape(tr("The card of {path} cannot be read.").format(path=path))


def _lines(card: dict[str, Any]) -> list[str]:
    bands = [_short(band["name"]) for band in card["bands"]]
    sizes = card["pixel_size_m"]
    size = (
        translated(
            message("pixels of {width:.3g} × {height:.3g} m", width=float(sizes[0]), height=float(sizes[1]))
        )
        if sizes
        else ""
    )
    shown = ", ".join(bands[:_MOST_BANDS]) + (", …" if len(bands) > _MOST_BANDS else "")
    what = tr("{network}, {count} bands ({bands})").format(
        network=_short(card["network"]), count=len(bands), bands=shown
    )
    return [escape(", ".join(filter(None, (what, size)))), escape(_accuracy(card)), _classes(card["classes"])]


def _accuracy(card: dict[str, Any]) -> str:
    best = card["history"][card["best_epoch"] - 1] if card["history"] else None
    if best is None:
        return ""
    return translated(
        message(
            "In validation: overall accuracy {accuracy:.1%}, mean F1 {f1:.3f}, mean IoU {iou:.3f}",
            accuracy=float(best["overall_accuracy"]),
            f1=float(best["mean_f1"]),
            iou=float(best["mean_iou"]),
        )
    )


def _classes(classes: list[dict[str, Any]]) -> str:
    shown = [
        f'<span style="color:{QColor(*map(int, c["color"])).name()}">■</span> {escape(_short(c["name"]))}'
        for c in classes[:_MOST_CLASSES]
    ]
    more = (
        [tr("and {count} more").format(count=len(classes) - len(shown))] if len(classes) > len(shown) else []
    )
    return "&nbsp; ".join(shown + more)


def _short(name: object) -> str:
    text = str(name)
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
