"""A finished window of a class map, as the classifier hands it to the sinks that write or count it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .windows import Window

NO_PERCENT = 255
"""The nodata value of maps of per cent."""


@dataclass(frozen=True)
class Classified:
    """A finished window of a class map, with the results that the sinks want.

    Results that no sink wants are None; if no pixel is valid, percentages may be None, too. Percentages are
    whole numbers from 0 to 100, and `NO_PERCENT` where a pixel is not valid.
    """

    window: Window
    valid_HW: NDArray[np.bool_]
    ids_HW: NDArray[np.uint8]
    """Indices into the list of classes; meaningless where a pixel is not valid."""
    confidence_HW: NDArray[np.uint8] | None = None
    """The probability of the best class minus that of the second, in per cent."""
    percent_KHW: NDArray[np.uint8] | None = None
    """The probability of each class, in per cent."""
    checksum: int | None = None
    """CRC-32 of all pixels read for the window, with context; None if there was nothing to compute."""
