"""Whether a raster's values are such as a model was trained on: units, bit depth, season, sensor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..compute.normalisation import Measured, Normalisation, mean_and_std
from ..core.windows import Window
from ..protocol import Emit, EngineError, Log
from ..raster import Source

Moments = tuple[NDArray[Any], NDArray[Any]]

_WINDOWS, _LEAST_WINDOWS, _SIDE_PX = 48, 8, 64
"""A small raster is told by a quarter of its pixels."""
_FAR_STDS = 3.0
"""A band's mean this many training deviations off is not merely another landscape."""
_SPREAD_RATIO = 4.0
_LEAST_PX = _SIDE_PX**2
"""Fewer pixels may all lie on one field: their spread says nothing."""
_TOLD_BANDS = 3


def warn_distribution_shift(
    source: Source, trained: Mapping[str, Normalisation], emit: Emit, within: Window | None = None
) -> None:
    """Warn of bands whose values, sampled over ``source`` or the part ``within``, lie far from those of the
    training.

    ``trained`` is the scaling of each model, by its path. All are told of in one warning, a band by the first
    that it is unlike. Judged by means and deviations over many places at once: a single lake or cloud field
    shifts neither by as much.
    """
    found = _measured(source, within or source.grid.window)
    if found is None:
        return
    mean_std, enough = found
    unlike: dict[str, str] = {}
    models: list[str] = []
    for model, scaling in trained.items():
        bands = {
            name: f"{name} is {mean:.4g} ± {std:.3g} here and was {trained_mean:.4g} ± {trained_std:.3g}"
            for name, mean, std, trained_mean, trained_std in zip(
                source.band_names, *mean_std, scaling.mean, scaling.std
            )
            if _differs(mean, std if enough else trained_std, trained_mean, trained_std)
        }
        unlike = bands | unlike
        models += [model] if bands else []
    if unlike:
        those = " and ".join(models) if len(models) < len(trained) else "the model" + "s" * (len(models) > 1)
        listed = "; ".join(list(unlike.values())[:_TOLD_BANDS])
        more = f"; and {len(unlike) - _TOLD_BANDS} more" if len(unlike) > _TOLD_BANDS else ""
        text = (
            f"Values of {source.name} are unlike those that {those} {'was' if len(models) == 1 else 'were'} trained on: "
            f"{listed}{more} (mean ± spread). The map may be wrong. "
            "Check the units, the order of the bands and how the image was processed."
        )
        emit(Log(text, warning=True))


def _measured(source: Source, within: Window) -> tuple[Moments, bool] | None:
    """Mean and deviation of each band, and whether there were enough pixels for the latter; None where there
    was none.
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
        return False  # a band that is constant, and was: its scaling has the deviation 1
    far = abs(mean - trained_mean) > _FAR_STDS * trained_std
    return bool(far or std > _SPREAD_RATIO * trained_std or std * _SPREAD_RATIO < trained_std)


def _sample(source: Source, within: Window) -> Iterator[Measured]:
    """Small windows at places that are random, but the same in every run; those that can be read."""
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
            if error.code != "unreadable":  # told when the map gets there, and all before is done
                raise
            continue
        yield sampled
