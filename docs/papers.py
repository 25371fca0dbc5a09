"""Write the tables of `docs/papers.md` from the networks and the papers' settings: ``python docs/papers.py``.

A comment above each table names its kind and its networks, ``<!-- settings: unet_valid segnet -->``; the
table below is made from these files: `engine/models/*.py` and `engine/models/published/*.json`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "papers.md"
TABLE = re.compile(r"(<!-- (\w+): ([\w ]+) -->\n\n)(?:\|.*\n)+")
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from engine.models import (  # noqa: E402 (found by the path above)
    FittedNetwork,
    Network,
    build_model,
    on_meta_device,
)
from engine.protocol import Choice, Published, choices  # noqa: E402

BANDS, CLASSES = 3, 6
"""Of networks without a paper."""


def written(page: str) -> str:
    """The text of the ``page`` with all tables made anew."""
    networks = choices("models")

    def table(found: re.Match[str]) -> str:
        heading, kind, names = found.groups()
        rows = TABLES[kind]([networks[name] for name in names.split()])
        return heading + "".join(f"| {' | '.join(row)} |\n".replace("|  |", "| |") for row in rows)

    return TABLE.sub(table, page)


def _table(columns: str, rows: Iterator[list[str]]) -> Iterator[list[str]]:
    names = ["network", *columns.split(" | ")]
    yield names
    yield ["---"] * len(names)
    yield from rows


def geometry(entries: Sequence[Choice]) -> Iterator[list[str]]:
    """Size and geometry of networks, built for the bands and classes of their papers."""
    return _table(
        "bands | classes | parameters | margin, px | sees, px | sides of its map, px", map(_geometry, entries)
    )


def _geometry(entry: Choice) -> list[str]:
    paper = entry.published
    bands, classes = (paper.bands, paper.classes) if paper else (BANDS, CLASSES)
    network = _network(entry, bands, classes)
    parameters = sum(parameter.numel() for parameter in network.parameters())
    rest = f" + {network.remainder_px % network.multiple_px}" if network.remainder_px else ""
    sides = "any" if network.multiple_px == 1 else f"{network.multiple_px} n{rest}"
    numbers = (bands, classes, parameters)
    return [
        _code(entry),
        *(f"{n:,}" for n in numbers),
        str(network.margin_px),
        str(network.receptive_px),
        sides,
    ]


def _network(entry: Choice, bands: int = BANDS, classes: int = CLASSES) -> Network:
    with on_meta_device():
        return build_model(entry.name, bands, classes, "none")


def settings(entries: Sequence[Choice]) -> Iterator[list[str]]:
    """The rows of the table of training settings, one for each network."""
    columns = "loss | optimiser, rate | weight decay | patches | epochs | sampling, augmentation"
    return _table(columns, map(_settings, entries))


def _settings(entry: Choice) -> list[str]:
    recipe = _published(entry).recipe
    if isinstance(_network(entry), FittedNetwork):
        sample = f"{entry.options['per_class']:g} px of each class"
        return [_code(entry), "none", "fit", "none", sample, "1", "random, none"]
    beside = "" if recipe.auxiliary == "none" else f" + {recipe.auxiliary}"
    encoder = "" if recipe.encoder_rate == 1 else f" (encoder × {recipe.encoder_rate:g})"
    grid = f" of {recipe.grid_px} px" if recipe.sampling == "grid" else ""
    patience = f", patience {recipe.patience}" if recipe.patience else ""
    assert recipe.momentum == 0.9, "the page says so of all"
    return [
        _code(entry),
        f"{recipe.loss}{beside}",
        f"{recipe.optimizer}, {recipe.learning_rate:g}{encoder}, {recipe.rate_schedule}",
        f"{recipe.weight_decay:g}",
        f"{recipe.batch} × {recipe.patch_px} px",
        f"{recipe.epochs} × {recipe.epoch_patches or 'labels once'}{patience}",
        f"{recipe.sampling}{grid}, {recipe.augmentation}",
    ]


def results(entries: Sequence[Choice]) -> Iterator[list[str]]:
    """The rows of the table of printed results; columns are measures, or data sets if there are several."""
    found = {entry.name: {(data, m): v for data, m, v in _published(entry).results} for entry in entries}
    places = list(dict.fromkeys(place for figures in found.values() for place in figures))
    decimals = {place: max(_decimals(figures.get(place)) for figures in found.values()) for place in places}
    data_sets = list(dict.fromkeys(data for data, _ in places))
    if len(data_sets) == 1:
        columns = {measure: [(data, measure)] for data, measure in places}
    else:
        start = len(os.path.commonprefix(data_sets))
        columns = {data[start:]: [place for place in places if place[0] == data] for data in data_sets}
    rows = (
        [
            _code(entry),
            *(
                " / ".join(f"{found[entry.name][p]:.{decimals[p]}f}" for p in cell if p in found[entry.name])
                for cell in columns.values()
            ),
        ]
        for entry in entries
    )
    return _table(" | ".join(columns), rows)


def _decimals(figure: float | None) -> int:
    return 0 if figure is None else len(str(figure).partition(".")[2])


def _published(entry: Choice) -> Published:
    assert entry.published, f"{entry.name} has no published settings"
    return entry.published


def _code(entry: Choice) -> str:
    return f"`{entry.name}`"


TABLES = {"geometry": geometry, "settings": settings, "results": results}


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
