"""Counting and translating: what numpy says, of any length and type."""

import numpy as np
import pytest

from engine.core.counting import histogram, look_up

rng = np.random.default_rng(1)


@pytest.mark.parametrize("size", [0, 1, 7, 65_536, 200_001])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_counts_and_translations_are_numpys(size, dtype):
    values = rng.integers(0, np.iinfo(dtype).max + 1, size).astype(dtype)
    length = int(np.iinfo(dtype).max) + 1
    assert np.array_equal(histogram(values, length), np.bincount(values, minlength=length))
    table = rng.integers(0, 256, length).astype(np.uint8)
    assert np.array_equal(look_up(table, values), table[values])


def test_parts_of_arrays_keep_their_shape():
    values_HW = rng.integers(0, 256, (300, 401)).astype(np.uint8)[7:, 3:]
    table = rng.permutation(256).astype(np.uint8)
    assert np.array_equal(look_up(table, values_HW), table[values_HW])
    assert np.array_equal(histogram(values_HW[:, 0], 256), np.bincount(values_HW[:, 0], minlength=256))
