"""Descriptions of networks and models, for the log, for a page and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from ..metrics.confusion import Metrics
from ..model_files.model_file import ModelCard
from ..models import build_model, on_meta_device
from ..protocol import Choice, Recipe, Rows, choice, describe_recipe, figures

_BANDS, _CLASSES = 3, 6
"""Bands and classes of a network that is described without data: those of the ISPRS benchmark."""


@dataclass(frozen=True)
class Description:
    """A network or model in ``sections`` (heading, rows of name and value), and as ``data`` for programs."""

    title: str
    about: str
    network: str
    parameters: int
    sections: tuple[tuple[str, Rows], ...]
    data: dict[str, Any]
    classes: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    results: tuple[tuple[str, str, float], ...] = field(default=())
    """Published results: data, measure, value."""

    def lines(self) -> Iterator[str]:
        yield f"{self.title}. {self.about}"
        for heading, rows in self.sections:
            yield f"{heading}:"
            yield from (f"  {name}: {words}" for name, words in rows)
        if self.results:
            yield "Published results:"
            yield from (f"  {data}, {measure}: {value:g}" for data, measure, value in self.results)


def of_network(entry: Choice) -> Description:
    """Describe a network: size, geometry, training settings, source and published weights."""
    with on_meta_device():
        network = build_model(entry.name, _BANDS, _CLASSES, "auto", **entry.options)
    parameters = sum(p.numel() for p in network.parameters())
    apart = sum(p.numel() for name, p in network.named_parameters() if name.startswith("auxiliary."))
    beside = f"; {apart:,} of them in training alone" if apart else ""
    shape: Rows = (
        ("Parameters", f"{parameters:,}, for {_BANDS} bands and {_CLASSES} classes{beside}"),
        ("Options", _options(entry.options)),
        ("Learns beside the classes", ", ".join(entry.auxiliary) or "nothing"),
        ("Sees", f"{network.receptive_px} px around a pixel"),
        ("Needs beyond the map", f"{network.margin_px} px on each side"),
        ("Sides of a map", f"multiples of {network.multiple_px} px" + _plus(network.remainder_px)),
    )
    sections = [("The network", shape), ("Recommended training", describe_recipe(entry.training))]
    published = entry.published
    if published:
        source = (("Source", published.source),)
        sections.append(
            (
                "Training as published",
                source + describe_recipe(published.recipe) + (("Left open there", published.chosen),),
            )
        )
    if entry.weights:
        sections.append(
            ("Published weights", tuple((name, f"{w.about} {w.url}") for name, w in entry.weights.items()))
        )
    data = {**asdict(entry), "parameters": parameters}
    return Description(
        entry.title,
        entry.about,
        entry.name,
        parameters,
        tuple(sections),
        data,
        results=published.results if published else (),
    )


def of_model(card: ModelCard) -> Description:
    """Describe a model: its bands and classes, how it was trained, and its accuracy in validation."""
    entry = choice("models", card.network, card.options)
    with on_meta_device():
        network = build_model(card.network, len(card.bands), len(card.classes), "none", **card.options)
    parameters = sum(p.numel() for p in network.parameters())
    metrics = Metrics.of(np.array(card.confusion, np.int64))
    made: Rows = (
        ("Network", f"{entry.title} ({card.network}), {_options(card.options)}"),
        ("Parameters", f"{parameters:,}"),
        ("Pixel on the ground", _pixel_size(card.pixel_size_m)),
        ("Values", card.dtype),
    )
    bands = tuple(
        (b.name or f"band {n}", f"mean {b.mean:.5g}, deviation {b.std:.5g}")
        for n, b in enumerate(card.bands, 1)
    )
    classes = tuple(
        (
            f"{c.value} {c.name}",
            f"colour #{bytes(c.color).hex()}, F1 {_share(f1)}, "
            f"{sum(card.samples.get(c.name, ())):,} px labelled",
        )
        for c, f1 in zip(card.classes, metrics.f1)
    )
    sections = [("The model", made), ("Bands", bands), ("Classes", classes)]
    sections.append(("In validation", _accuracy(card, metrics)))
    if card.recipe:
        on: Rows = (("Device", card.device),) if card.device else ()
        sections.append(("How it was trained", (*describe_recipe(Recipe(**card.recipe)), *on)))
    sections.append(("Versions", tuple(card.versions.items())))
    about = f"Tells {len(card.classes)} classes apart in {len(card.bands)} bands."
    return Description(
        entry.title,
        about,
        card.network,
        parameters,
        tuple(sections),
        {**asdict(card), "parameters": parameters},
        tuple(name for name, _ in classes),
        tuple(name for name, _ in bands),
    )


def _accuracy(card: ModelCard, metrics: Metrics) -> Rows:
    return (
        *(
            (str(figure.title), _share(getattr(metrics, figure.name)))
            for figure in figures("map")
            if figure.headline
        ),
        ("Best epoch", f"{card.best_epoch} of {len(card.history)} run"),
    )


def _pixel_size(size_m: Sequence[float] | None) -> str:
    return f"{size_m[0]:.4g} × {size_m[1]:.4g} m" if size_m else "unknown: the image had no CRS"


def _options(options: dict[str, float]) -> str:
    return ", ".join(f"{name} = {value:g}" for name, value in options.items()) or "none"


def _plus(remainder_px: int) -> str:
    return f", plus {remainder_px} px" if remainder_px else ""


def _share(value: float | None) -> str:
    return "unknown" if value is None else f"{100 * value:.1f} %"
