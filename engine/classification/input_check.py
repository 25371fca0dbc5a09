"""Checks whether a raster's values resemble those of the training: units, bit depth, season, sensor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..compute.normalisation import Measured, Normalisation, mean_and_std
from ..core.windows import Window
from ..protocol import Emit, EngineError, Log, Message, joined, message
from ..raster import Source

Moments = tuple[NDArray[Any], NDArray[Any]]

_WINDOWS, _LEAST_WINDOWS, _SIDE_PX = 48, 8, 64
"""The most and the fewest windows that are sampled, and their side in pixels.

Between these numbers, a quarter of the pixels is sampled.
"""
_FAR_STDS = 3.0
"""A mean so many of the training's standard deviations away has another cause than a different landscape."""
_SPREAD_RATIO = 4.0
_LEAST_PX = _SIDE_PX**2
"""The fewest pixels whose standard deviation is compared, since fewer may all lie on one field."""
_LISTED_BANDS = 3


def warn_distribution_shift(
    source: Source, trained: Mapping[str, Normalisation], emit: Emit, within: Window | None = None
) -> None:
    """Warn if bands have values that lie far from those of the training.

    Values are sampled over ``source``, or its part ``within``. ``trained`` is the normalisation of each
    model, by its path; one warning names all models. Means and standard deviations over many places are
    compared, which a single lake or cloud field does not change by as much.
    """
    found = _measured(source, within or source.grid.window)
    if found is None:
        return
    mean_std, enough = found
    unlike: dict[str, Message] = {}
    models: list[str] = []
    for model, normalisation in trained.items():
        bands = {
            name: message(
                "{band} is {mean:.4g} ± {std:.3g} here and was {trained_mean:.4g} ± {trained_std:.3g}",
                band=name,
                mean=mean,
                std=std,
                trained_mean=trained_mean,
                trained_std=trained_std,
            )
            for name, mean, std, trained_mean, trained_std in zip(
                source.band_names, *mean_std, normalisation.mean, normalisation.std
            )
            if _differs(mean, std if enough else trained_std, trained_mean, trained_std)
        }
        unlike = bands | unlike
        models += [model] if bands else []
    if unlike:
        emit(Log(_warning(source.name, list(unlike.values()), models, len(trained)), warning=True))


def _warning(image: str, bands: Sequence[Message], models: Sequence[str], count: int) -> Message:
    """The warning for these ``bands``, which are unlike those of ``models``, out of ``count`` models."""
    listed = [*bands[:_LISTED_BANDS]]
    if len(bands) > _LISTED_BANDS:
        listed.append(message("and {count} more", count=len(bands) - _LISTED_BANDS))
    if len(models) < count:
        those = joined(*models, separator=", ")
    else:
        those = message("the model") if count == 1 else message("all models")
    return message(
        "Values of {image} are unlike those in the training of {models}: {bands} (mean ± spread). The map "
        "may be wrong. Check the units, the order of the bands and how the image was processed.",
        image=image,
        models=those,
        bands=joined(*listed, separator="; "),
    )


def _measured(source: Source, within: Window) -> tuple[Moments, bool] | None:
    """Mean and standard deviation of each band, and whether there were enough pixels for the latter.

    None if no pixel is valid.
    """
    valid_px = 0

    def counted() -> Iterator[Measured]:
        nonlocal valid_px
        for image_CHW, valid_HW in _sample(source, within):
            valid_px += int(valid_HW.sum())
            yield image_CHW, valid_HW

    found = mean_and_std(counted())
    return found and (found, min(valid_px, within.pixels) >= _LEAST_PX)  # windows overlap in a small raster


def _differs(mean: float, std: float, trained_mean: float, trained_std: float) -> bool:
    if std == 0 and np.isclose(mean, trained_mean, rtol=1e-9):
        return False  # a constant band, as in training, where it got the deviation 1
    far = abs(mean - trained_mean) > _FAR_STDS * trained_std
    return bool(far or std > _SPREAD_RATIO * trained_std or std * _SPREAD_RATIO < trained_std)


def _sample(source: Source, within: Window) -> Iterator[Measured]:
    """Yield small windows at random places, the same in every run; those that cannot be read are left out."""
    rng = np.random.default_rng(0)
    width, height = min(_SIDE_PX, within.width), min(_SIDE_PX, within.height)
    count = min(_WINDOWS, max(_LEAST_WINDOWS, within.pixels // (4 * width * height)))
    xs = rng.integers(within.x, within.right - width, count, endpoint=True)
    ys = rng.integers(within.y, within.bottom - height, count, endpoint=True)
    for x, y in sorted(set(zip(xs.tolist(), ys.tolist())), key=lambda place: (place[1], place[0])):
        window = Window(x, y, width, height)
        if source.is_empty(window):
            continue
        try:
            sampled = source.read(window)
        except EngineError as error:
            if error.code != "unreadable":  # reported when the map gets there, and all before is done
                raise
            continue
        yield sampled
