"""Bring the translation files in this folder up to date with the plugin's strings and the engine's messages.

Run ``python3 i18n/update.py`` after strings have changed, then translate what is marked unfinished with
Qt Linguist. Qt's own tool takes the name of the class around a string as its context; ours is one for all.
"""

from __future__ import annotations

import ast
import xml.etree.ElementTree as ET  # nosec B405 (reads our own files)
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent
CONTEXT = "RasterSegmenter"


_TAKE_TEMPLATES = {
    "message": (0,),
    "info": (0,),
    "warning": (0,),
    "EngineError": (1, 2),
    "Progress": (2,),
    "Started": (1,),
    "after": (3,),
    "followed": (0,),
}
"""Functions of the engine that take templates, and which of their arguments these are."""


def texts(root: Path) -> list[str]:
    """Every text of the repository at ``root`` that can be translated: the plugin's, then the engine's."""
    plugin, engine = root / "plugin", root / "engine"
    return list(dict.fromkeys((*strings(plugin), *templates(plugin), *templates(engine), *titles(engine))))


def strings(plugin: Path) -> Iterator[str]:
    """Each literal in a call of ``tr``, file by file. Raises ValueError for a ``tr`` of anything else."""
    for call in _calls(plugin):
        if _name(call) == "tr":
            yield ast.literal_eval(call.args[0])


def templates(folder: Path) -> Iterator[str]:
    """Each literal template of a message, file by file."""
    for call in _calls(folder):
        for place in _TAKE_TEMPLATES.get(_name(call), ()):
            argument = call.args[place] if place < len(call.args) else None
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
                yield argument.value


def titles(engine: Path) -> Iterator[str]:
    """The titles of the accuracy figures that the plugin names."""
    for path in sorted((engine / "metrics" / "figures").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "FIGURES":
                literals = ast.literal_eval(node.value).values()
                yield from (literal["title"] for literal in literals if literal["of"] == "map")


def _calls(folder: Path) -> Iterator[ast.Call]:
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield node


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def translations(file: Path) -> dict[str, str]:
    """The translation of each text in ``file``, by its English source; empty where there is none."""
    messages = ET.parse(file).getroot().iter("message")  # noqa: S314 # nosec B314 (our own file)
    return {message.findtext("source", ""): message.findtext("translation", "") for message in messages}


def write(file: Path, sources: list[str], known: dict[str, str]) -> None:
    """Write ``file`` with exactly ``sources``, those not in ``known`` marked unfinished."""
    root = ET.Element("TS", version="2.1", language=file.stem.rsplit("_", maxsplit=1)[1], sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for text in sources:
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        translation.text = known.get(text, "")
        if not translation.text:
            translation.set("type", "unfinished")
    ET.indent(root, " " * 4)
    file.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
        + ET.tostring(root, encoding="unicode")
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    found = texts(FOLDER.parent)
    for ts in FOLDER.glob("*.ts"):
        known = translations(ts)
        write(ts, found, known)
        print(f"{ts.name}: {sum(1 for text in found if not known.get(text))} of {len(found)} to translate")
