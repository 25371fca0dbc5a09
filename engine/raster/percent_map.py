"""Maps of per cent: the probability of each class, and the confidence of the choice between them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.classified import NO_PERCENT, Classified
from ..core.legend import LegendClass
from ..files.qgis_style import write_gray_qml
from .grid import Grid
from .tiff_writer import Layout, TiffWriter


class _PercentWriter(TiffWriter):
    """Whole per cent from 0 to 100 in uint8; each band says its name, its unit and what its values mean."""

    def __init__(self, path: str, grid: Grid, names: Sequence[str], meaning: str, **how: Any) -> None:
        meaning += f", in per cent from 0 to 100; {NO_PERCENT}: no data"
        super().__init__(path, grid, Layout(len(names), "uint8", NO_PERCENT, "AVERAGE", meaning), **how)
        self._names = tuple(names)

    def _dress(self, dataset: Any) -> None:
        dataset.SetMetadataItem("VALUES", self._layout.meaning)
        for number, name in enumerate(self._names, start=1):
            band = dataset.GetRasterBand(number)
            band.SetDescription(name)
            band.SetUnitType("%")


class ProbabilityWriter(_PercentWriter):
    """The sink that writes one band per class, named by it: the class's probability."""

    wants_percent = True

    def __init__(self, path: str, grid: Grid, classes: Sequence[LegendClass], **how: Any) -> None:
        names = [c.name for c in classes]
        super().__init__(path, grid, names, "Probability of each class", **how)
        self._shown = next((i for i, name in enumerate(names, start=1) if name.casefold() != "background"), 1)

    def _values(self, part: Classified) -> npt.NDArray[Any]:
        assert part.percent_KHW is not None  # nosec B101 (`wants_percent` asks for them)
        return np.where(part.valid_HW, part.percent_KHW, np.uint8(NO_PERCENT))

    def _write_style(self, path: Path) -> None:
        # Without one, QGIS would show three classes as red, green and blue.
        write_gray_qml(path, 0, 100, NO_PERCENT, self._shown)


class ConfidenceWriter(_PercentWriter):
    """The sink that writes the probability of the best class minus that of the second."""

    wants_confidence = True

    def __init__(self, path: str, grid: Grid, **how: Any) -> None:
        meaning = "Probability of the best class less that of the second"
        super().__init__(path, grid, ["confidence"], meaning, **how)

    def _values(self, part: Classified) -> npt.NDArray[Any]:
        assert part.confidence_HW is not None  # nosec B101 (`wants_confidence` asks for it)
        return np.where(part.valid_HW, part.confidence_HW, np.uint8(NO_PERCENT))[None]

    def _write_style(self, path: Path) -> None:
        write_gray_qml(path, 0, 100, NO_PERCENT)
