"""Between two grids: areas are averaged, points interpolated, holes left out, whatever the window."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from engine.classification.resampling import Resampling
from engine.core.windows import Window

IMAGE = torch.randn(1, 2, 60, 80, generator=torch.Generator().manual_seed(0))
VALID = torch.ones(1, 60, 80, dtype=torch.bool)
WHOLE = Window(0, 0, 80, 60)


def to_model(resampling, model, image=IMAGE, valid=VALID):
    window = resampling.raster_window(model)
    here = (..., *window.within(WHOLE))
    return resampling.to_model(image[here], valid[here], window, model)


def test_whole_ratios_are_means_of_blocks():
    found = to_model(Resampling(4.0, 3.0), Window(0, 0, 20, 20))
    assert torch.allclose(found, F.avg_pool2d(IMAGE, (3, 4)), atol=1e-6)


@pytest.mark.parametrize("ratio", [1.3, 1.999, 2.5, 7.7])
def test_fractions_of_pixels_count_as_fractions(ratio):
    """Against each pixel cut into thousandths, of which a coarser pixel takes those that it covers."""
    line = IMAGE[:, :1, :1].expand(1, 1, 60, 80)
    count = int(80 / ratio)
    found = to_model(Resampling(ratio, 1.0), Window(0, 0, count, 1), line)[0, 0, 0]
    fine = np.repeat(line[0, 0, 0].numpy().astype(np.float64), 1000)
    borders = np.round(np.arange(count + 1) * ratio * 1000).astype(int)
    expected = [fine[start:stop].mean() for start, stop in zip(borders, borders[1:])]
    assert np.allclose(found, expected, atol=1e-5)


@pytest.mark.parametrize(("across", "down"), [(0.5, 0.25), (0.625, 1.0)])
def test_finer_pixels_are_bilinear(across, down):
    width, height = int(80 / across), int(60 / down)
    inner = Window(8, 8, width - 16, height - 16)
    expected = F.interpolate(IMAGE, (height, width), mode="bilinear")[..., 8:-8, 8:-8]
    assert torch.allclose(to_model(Resampling(across, down), inner), expected, atol=1e-5)


def test_scores_come_back_bilinearly_and_in_place():
    """A ramp is the same ramp on either grid, up to where the pixels' middles lie."""
    resampling, tile = Resampling(2.5, 1.7), Window(11, 7, 40, 30)
    model = resampling.model_window(tile)
    x, y = (
        torch.arange(start, stop) + 0.5 for start, stop in ((model.x, model.right), (model.y, model.bottom))
    )
    ramp_KHW = torch.stack([(x * 2.5).expand(model.height, -1), (y * 1.7)[:, None].expand(-1, model.width)])
    found = resampling.to_raster(ramp_KHW, model, tile)
    assert torch.allclose(found[0], (torch.arange(11, 51) + 0.5).expand(30, -1), atol=1e-4)
    assert torch.allclose(found[1], (torch.arange(7, 37) + 0.5)[:, None].expand(-1, 40), atol=1e-4)


@pytest.mark.parametrize(("across", "down"), [(2.3, 1.6), (0.7, 0.35), (1.0, 3.3), (0.5, 2.0)])
def test_a_pixel_is_the_same_in_every_window(across, down):
    resampling = Resampling(across, down)
    whole, part = Window(2, 2, int(70 / across), int(50 / down)), Window(7, 5, 11, 6)
    here = part.within(whole)
    assert torch.equal(to_model(resampling, whole)[(..., *here)], to_model(resampling, part))
    scores = torch.randn(3, whole.height, whole.width)
    tile = Window(25, 22, 9, 8)
    outer, inner = resampling.model_window(tile.grow(4)), resampling.model_window(tile)
    everywhere = resampling.to_raster(scores[(..., *outer.within(whole))], outer, tile.grow(4))
    assert torch.equal(
        everywhere[:, 4:-4, 4:-4], resampling.to_raster(scores[(..., *inner.within(whole))], inner, tile)
    )


def test_means_leave_out_what_has_no_data_and_half_of_a_pixel_is_enough():
    image, valid = torch.full((1, 2, 60, 80), 3.0), VALID.clone()
    valid[0, 0, 0] = valid[0, 0, 3] = valid[0, 1, 2:4] = False
    found = to_model(Resampling(2.0, 2.0), Window(0, 0, 20, 20), image * valid, valid)[0]
    # Three quarters of the first pixel are valid, a quarter of the second, half of the third.
    assert found[0, 0, 0] == 3 and found[0, 0, 1] == 0
    valid[0, 0, 4:6] = False
    halved = to_model(Resampling(2.0, 2.0), Window(0, 0, 20, 20), image * valid, valid)[0]
    assert halved[0, 0, 2] == 3 and not halved.isnan().any()


def test_holes_do_not_leak_into_finer_pixels():
    image, valid = torch.full((1, 2, 60, 80), 3.0), VALID.clone()
    valid[0, 10:20, 10:20] = False
    found = to_model(Resampling(0.5, 0.5), Window(1, 1, 80, 80), image * valid, valid)
    assert set(found.unique().tolist()) == {0.0, 3.0} and (found == 0).sum() == 2 * 20 * 20
