"""Scaling equals numpy's mean and standard deviation, whatever the numbers and holes."""

import numpy as np
import pytest
import torch

from engine.compute import normalisation
from engine.protocol import EngineError


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16", "float32"])
def test_fitted_in_pieces_equals_numpy_over_all(dtype):
    rng = np.random.default_rng(0)
    image = rng.normal(100, 20, (3, 40, 60)).astype(dtype)
    valid = rng.random((40, 60)) > 0.3
    fitted = normalisation.fit((image[:, rows], valid[rows]) for rows in (slice(0, 7), slice(7, 40)))
    pixels = image[:, valid].astype(float)
    assert fitted.mean == pytest.approx(pixels.mean(1)) and fitted.std == pytest.approx(pixels.std(1))


def test_a_large_offset_costs_no_precision():
    image = (1e7 + np.random.default_rng(0).normal(0, 1, (1, 100, 100))).astype("float64")
    assert normalisation.fit([(image, np.ones((100, 100), bool))]).std[0] == pytest.approx(
        image.std(), rel=1e-6
    )


def test_a_constant_band_is_not_divided_by_zero():
    image_CHW = np.stack([np.full((4, 4), 7, np.uint8), np.arange(16, dtype=np.uint8).reshape(4, 4)])
    told = []
    fitted = normalisation.fit([(image_CHW, np.ones((4, 4), bool))], told.append)
    assert (fitted.mean[0], fitted.std[0]) == (7.0, 1.0) and told == [[0]]


def test_pixels_without_data_become_the_mean():
    image = torch.tensor([[[[10, 200]]]], dtype=torch.uint8)
    scaled = normalisation.Normalisation((5.0,), (2.0,)).apply(image, torch.tensor([[[True, False]]]))
    assert scaled.tolist() == [[[[2.5, 0.0]]]]


def test_windows_without_a_valid_pixel_are_refused():
    with pytest.raises(EngineError, match="no valid pixel"):
        normalisation.fit([(np.zeros((1, 4, 4), np.uint8), np.zeros((4, 4), bool))])
