"""A finished window of a class map, as the classifier hands it to whatever writes or counts it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .windows import Window

NO_PERCENT = 255
"""The nodata value of maps of per cent."""


@dataclass(frozen=True)
class Classified:
    """A finished window. What no sink wants is None, and so may all per cent be where no pixel is valid.

    Per cent are whole, from 0 to 100; `NO_PERCENT` where not valid.
    """

    window: Window
    valid_HW: NDArray[np.bool_]
    ids_HW: NDArray[np.uint8]
    """Positions in the list of classes; anything where not valid."""
    confidence_HW: NDArray[np.uint8] | None = None
    """The probability of the best class less that of the second, in per cent."""
    percent_KHW: NDArray[np.uint8] | None = None
    """Probability of each class."""
    checksum: int | None = None
    """CRC-32 of all pixels read for it, with context; None where there was nothing to compute."""
