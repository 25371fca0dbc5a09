"""The references of a Train job, matched to its images and rasterized on their grids."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ... import labels, raster
from ...core.legend import LegendClass
from ...protocol import Cancelled, Emit, EngineError, Event, Log, TrainJob, info, message
from ...raster.grid import NO_GEOREFERENCE


@contextlib.contextmanager
def rasterized(
    job: TrainJob, sources: Sequence[raster.Source], emit: Emit
) -> Iterator[tuple[list[labels.Labels], tuple[LegendClass, ...]]]:
    """The labels on each image's grid, and one list of classes for all. On exit the labels are closed.

    Raises `EngineError` where the references cannot be read, or hold fewer than two classes.
    """
    with contextlib.ExitStack() as stack:
        opened: list[labels.Labels] = []
        classes: tuple[LegendClass, ...] = ()
        options = labels.ReferenceOptions.of(job)
        for source, references in zip(sources, match_references(sources, job.references, emit)):
            with _naming_image(source.name if len(sources) > 1 else "", emit) as emit_named:
                one = stack.enter_context(
                    labels.rasterize(references, source.grid, options, classes=classes, emit=emit_named)
                )
            opened.append(one)
            classes = one.classes
        if len(classes) < 2:
            raise EngineError(
                "one_class",
                "The labels hold only one class, {name!r}; there is nothing to tell apart.",
                "Give labels of a second class, or set UNLABELLED to background.",
                name=classes[0].name,
            )
        yield opened, classes


def match_references(
    sources: Sequence[raster.Source], references: Sequence[str], emit: Emit
) -> list[tuple[str, ...]]:
    """The references of each image: all of them, or those of a like name if no image has coordinates.

    Then each label raster belongs to the image whose name begins most like its own (``area_1_RGB``,
    ``area_1_label``).
    """
    have_coordinates = any(
        source.grid.crs_wkt or source.grid.transform != NO_GEOREFERENCE for source in sources
    )
    if len(sources) < 2 or have_coordinates:
        return [tuple(references)] * len(sources)
    stems = [Path(source.name).stem for source in sources]
    matched: list[list[str]] = [[] for _ in sources]
    for reference in references:
        stem = Path(reference.partition("|")[0]).stem
        likeness = [(_common_start(stem, other), -abs(len(stem) - len(other))) for other in stems]
        matched[likeness.index(max(likeness))].append(reference)
    for source, own in zip(sources, matched):
        if not own:
            raise EngineError(
                "no_labels",
                "No label raster has a name like that of {image}. The images have no coordinates, so "
                "labels are matched to them by name.",
                "Give each label raster the name of its image, or georeference both.",
                image=source.name,
            )
        emit(
            info(
                "{image} is matched with {labels}, by their names.", image=source.name, labels=", ".join(own)
            )
        )
    return [tuple(own) for own in matched]


def _common_start(one: str, other: str) -> int:
    """Characters that two names have in common at their start; a number counts as one character.

    So ``area1`` is not the start of ``area11``.
    """
    characters = (re.findall(r"\d+|\D", name) for name in (one, other))
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(*characters)))


@contextlib.contextmanager
def _naming_image(image: str, emit: Emit) -> Iterator[Emit]:
    """An ``emit`` that begins every message, and every error, with the name of the ``image``, if any."""

    def emit_named(event: Event) -> None:
        if image and isinstance(event, Log):
            event = Log(message("{image}: {text}", image=image, text=event.text), event.warning)
        emit(event)

    try:
        yield emit_named
    except Cancelled:
        raise
    except EngineError as error:
        if not image:
            raise
        text = message("{image}: {text}", image=image, text=error.message)
        raise EngineError(error.code, text, error.remedy) from error
