"""What is told of a finished class map, on a page and for programs."""

from __future__ import annotations

import contextlib
import datetime
import time
from collections.abc import Mapping, Sequence

import numpy as np

from ...classification.class_areas import ClassCounter, class_areas
from ...compute.device import Device
from ...core.legend import LegendClass
from ...files.atomic import whole
from ...metrics.confusion import Metrics
from ...model_files.model_file import ModelCard, has_sound_record
from ...protocol import ClassifyJob, choice
from ...reports.classification import Summary, classification_html, to_json
from ..versions import versions


def write_summary(
    job: ClassifyJob,
    cards: Sequence[ModelCard],
    classes: Sequence[LegendClass],
    counter: ClassCounter,
    device: Device,
    settings: Mapping[str, str],
    started: float,
    warnings: Sequence[str],
) -> None:
    """Write what the job asks for of it. ``started`` is by ``time.monotonic``."""
    if not (job.summary or job.json):
        return
    total_px = counter.grid_pixels
    summary = Summary(
        job=job,
        rows=class_areas(counter, classes),
        without_class_px=total_px - int(counter.pixels_K.sum()),
        pixel_size_m=counter.pixel_size_m,
        models=tuple(_sentence(path, card) for path, card in zip(job.models, cards)),
        device=f"{device.name}: {device.reason}",
        settings=settings,
        seconds=time.monotonic() - started,
        map_HW=counter.picture(),
        notes=(),
        warnings=tuple(warnings),
        versions=versions(),
        date=datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
    )
    with contextlib.ExitStack() as stack:
        if job.summary:
            stack.enter_context(whole(job.summary)).write_text(classification_html(summary), encoding="utf-8")
        if job.json:
            stack.enter_context(whole(job.json)).write_text(to_json(summary), encoding="utf-8")


def _sentence(path: str, card: ModelCard) -> str:
    """What a model is, and how well it did on its own validation part."""
    told = f"{path}: {choice('models', card.network, card.options).title}, {len(card.bands)} bands"
    if not has_sound_record(path, card):
        return told
    accuracy = Metrics.of(np.array(card.confusion, np.int64)).overall_accuracy
    return told if accuracy is None else f"{told}, overall accuracy {accuracy:.1%} in its validation"
