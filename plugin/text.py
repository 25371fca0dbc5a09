"""Texts and icons: translation, icons, and the help pages in ``resources/help``.

A page is a simple kind of Markdown: paragraphs, ``##`` headings, ``-`` lists, **bold** and `code`. A list
item that starts with a parameter's name, ``- `NAME` ...``, is the help of that parameter.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

from qgis import utils
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale
from qgis.PyQt.QtGui import QIcon

from ..engine.protocol import EngineError, Message

CONTEXT = "RasterSegmenter"
"""The context of all translated strings."""
RESOURCES = Path(__file__).parents[1] / "resources"
_ITEM = re.compile(r"- `([A-Z][A-Z0-9_]*)` (.+)")


def tr(text: str) -> str:
    """``text`` in the user's language. ``text`` is a literal, so that i18n/update.py finds it."""
    return QCoreApplication.translate(CONTEXT, text)


def translated(text: str) -> str:
    """A sentence of the engine in the user's language, or in English if it has no translation.

    A `Message` is translated by its template, any other text as a whole. Numbers get QGIS's separators.
    """
    if not isinstance(text, Message):
        return QCoreApplication.translate(CONTEXT, text)
    numbers = QLocale()
    try:
        return text.translated(tr, numbers.groupSeparator(), numbers.decimalPoint())
    except (
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
    ):  # its placeholders are not those of the template
        return str(text)


def error_text(error: EngineError) -> str:
    """The error and its remedy, in the user's language."""
    return f"{translated(error.message)} {translated(error.remedy)}".strip()


def shown(message: str) -> str:
    """``message`` in the form in which QGIS shows why an algorithm cannot run.

    That is HTML if QGIS has a window, and plain text if it has none (qgis_process).
    """
    return html.escape(message, quote=False).replace("\n", "<br>") if utils.iface else message


def icon(name: str) -> QIcon:
    """The icon ``name`` of ``resources/icons``."""
    return QIcon(str(RESOURCES / "icons" / f"{name}.svg"))


def help_page(algorithm: str) -> Path:
    """The path of the help page in the user's language, or in English if there is none."""
    folder = RESOURCES / "help"
    translated = folder / f"{algorithm}.{QgsApplication.locale()[:2]}.md"
    return translated if translated.is_file() else folder / f"{algorithm}.md"


def help_text(algorithm: str, titles: dict[str, str]) -> str:
    """The help page of ``algorithm`` as HTML, with the dialog's ``titles`` instead of parameter names."""
    lines = [line for line in _lines(help_page(algorithm)) if not line.startswith("# ")]
    return _to_html(
        [_ITEM.sub(lambda item: f"- **{titles.get(item[1], item[1])}**: {item[2]}", line) for line in lines]
    )


def parameter_help(algorithm: str) -> dict[str, str]:
    """The help of each parameter and output by its name, in English where it is not translated yet."""
    english = RESOURCES / "help" / f"{algorithm}.md"
    items = (_ITEM.fullmatch(line) for line in (*_lines(english), *_lines(help_page(algorithm))))
    return {item[1]: item[2].replace("`", "").replace("**", "") for item in items if item}


def _lines(page: Path) -> list[str]:
    return page.read_text(encoding="utf-8").splitlines()


def _to_html(lines: list[str]) -> str:
    """One HTML block per block of ``lines``; blank lines separate blocks."""
    blocks: list[str] = []
    for block in re.split(r"\n\s*\n", "\n".join(lines).strip()):
        rows = block.splitlines()
        if rows[0].startswith("## "):
            blocks.append(f"<h3>{_inline(rows.pop(0)[3:])}</h3>")
        if rows and rows[0].startswith("- "):
            items = "".join(f"<li>{_inline(row[2:])}</li>" for row in rows)
            blocks.append(f"<ul>{items}</ul>")
        elif rows:
            blocks.append(f"<p>{_inline(' '.join(rows))}</p>")
    return "\n".join(blocks)


def _inline(text: str) -> str:
    text = html.escape(text, quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    return re.sub(r"`(.+?)`", r"<code>\1</code>", text)
