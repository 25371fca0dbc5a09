"""Fitting to a sample: drawn from all of the training part, however large or rare a class."""

import numpy as np
import pytest

from engine.training.fit_once import _share_out


@pytest.mark.parametrize("counts", [[3_000_000_000, 0, 1_000_000_000], [3000, 0, 1000]])
def test_a_sample_falls_on_blocks_by_what_they_hold(counts):
    shared = _share_out(np.array(counts), 1000, np.random.default_rng(0))
    assert shared.sum() == 1000 and shared[1] == 0 and shared[0] == pytest.approx(750, abs=60)


@pytest.mark.parametrize(("counts", "wanted"), [([3, 0, 2], 1000), ([3, 0, 2], 5), ([0, 0], 10)])
def test_where_there_are_too_few_all_are_taken_and_none_twice(counts, wanted):
    assert _share_out(np.array(counts), wanted, np.random.default_rng(0)).tolist() == counts
