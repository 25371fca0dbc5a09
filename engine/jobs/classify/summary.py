"""The summary of a finished class map, as a page and as JSON."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence

import numpy as np

from ...classification.class_areas import ClassCounter, class_areas
from ...compute.device import Device
from ...core.clock import now_iso
from ...files.atomic import atomic_write
from ...metrics.confusion import Metrics
from ...model_files.model_file import has_sound_record
from ...protocol import ClassifyJob, choice
from ...reports.classification import Summary, classification_html, to_json
from ..versions import versions
from .models import Model
from .plan import Inputs, Plan


def write_summary(
    job: ClassifyJob,
    inputs: Inputs,
    plan: Plan,
    device: Device,
    counter: ClassCounter,
    started: float,
    warnings: Sequence[str],
) -> None:
    """Write the page and the JSON that the job asks for. ``started`` is a time of ``time.monotonic``."""
    if not (job.summary or job.json):
        return
    summary = Summary(
        job=job,
        rows=class_areas(counter, inputs.models[0].card.classes),
        without_class_px=counter.grid_pixels - int(counter.pixels_K.sum()),
        pixel_size_m=counter.pixel_size_m,
        models=tuple(map(_sentence, inputs.models)),
        device=f"{device.name}: {device.reason}",
        settings={"Precision": plan.precision, "Windows": plan.windows},
        seconds=time.monotonic() - started,
        map_HW=counter.picture(),
        warnings=tuple(warnings),
        versions=versions(),
        date=now_iso(),
    )
    with contextlib.ExitStack() as stack:
        if job.summary:
            stack.enter_context(atomic_write(job.summary)).write_text(
                classification_html(summary), encoding="utf-8"
            )
        if job.json:
            stack.enter_context(atomic_write(job.json)).write_text(to_json(summary), encoding="utf-8")


def _sentence(model: Model) -> str:
    """A model's file, network and bands, and its accuracy in validation if its record of that is sound."""
    card = model.card
    network = choice("models", card.network, card.options).title
    text = f"{model.path}: {network}, {len(card.bands)} bands"
    if not has_sound_record(model.path, card):
        return text
    accuracy = Metrics.of(np.array(card.confusion, np.int64)).overall_accuracy
    return text if accuracy is None else f"{text}, overall accuracy {accuracy:.1%} in its validation"
