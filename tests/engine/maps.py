"""What tests of Classify jobs share: reading maps back, and what was told."""

from __future__ import annotations

import pytest

from engine.protocol import EngineError, Log
from engine.raster import RasterFile

WIDTH, HEIGHT = 300, 220
UTM = (300000.0, 2.0, 0.0, 3060000.0, 0.0, -2.0)
"""Of the fixtures `grid` and `image`."""


def read(path):
    with RasterFile.open(str(path)) as source:
        return source.dataset.ReadAsArray().reshape(source.bands, source.grid.height, source.grid.width)


def logs(told):
    return " ".join(event.text for event in told if isinstance(event, Log))


def alike(one, other):
    return (one == other).mean()


def refusal(classify, *arguments, **settings):
    with pytest.raises(EngineError) as error:
        classify(*arguments, **settings)
    return error.value
