"""The one pass over map and reference: every pixel counted once, whatever the windows and blocks."""

import numpy as np
import pytest

from engine.core.counting import class_ids
from engine.core.legend import IGNORE, LegendClass
from engine.evaluation.comparison import block_side_px, compare
from engine.evaluation.inputs import Inputs
from engine.labels import ArrayLabels
from engine.metrics.borders import near_border
from engine.metrics.confusion import confusion
from engine.protocol import EngineError, Progress
from engine.raster import ArraySource, Grid

WATER, LAND, WOOD = (LegendClass(v, name, (v, v, v)) for v, name in ((3, "water"), (7, "land"), (9, "wood")))
rng = np.random.default_rng(3)


def ignore(event):
    pass


def scene(shape=(50, 70)):
    """A map of two classes, one tenth without data, and a reference of three, in blobs of 5 px."""
    values_HW = rng.choice(np.array([3, 7], np.uint8), shape)
    values_HW[rng.random(shape) < 0.1] = 255
    blobs = np.kron(rng.integers(0, 3, (shape[0] // 5, shape[1] // 5)), np.ones((5, 5))).astype(np.uint8)
    blobs[rng.random(shape) < 0.2] = IGNORE
    return values_HW, blobs


def inputs_of(values_HW, reference_HW, classes=(WATER, LAND, WOOD), **further):
    return Inputs(
        ArraySource(values_HW[None], values_HW != 255),
        (WATER, LAND),
        ArrayLabels(reference_HW, classes),
        **further,
    )


@pytest.mark.parametrize("block_px", [1000, 64, 9])
def test_every_pixel_counts_once_whatever_the_blocks(block_px):
    values_HW, reference_HW = scene()
    found = compare(inputs_of(values_HW, reference_HW), ignore, block_px)
    for row in range(3):
        for column, value in enumerate((3, 7)):
            assert found.confusion_KK[row, column] == np.sum((reference_HW == row) & (values_HW == value))
    assert not found.confusion_KK[:, 2].any()
    assert found.without_class_px == np.sum((reference_HW != IGNORE) & (values_HW == 255))
    assert found.mapped_px_K.tolist() == [np.sum(values_HW == 3), np.sum(values_HW == 7), 0]
    assert np.array_equal(found.reference_picture.ids_HW, reference_HW)


def test_blocks_are_counted_apart():
    values_HW, reference_HW = scene()
    found = compare(inputs_of(values_HW, reference_HW), ignore, 30)
    ids_HW = class_ids(values_HW, (3, 7))
    parts = [(slice(y, y + 30), slice(x, x + 30)) for y in (0, 30) for x in (0, 30, 60)]
    assert len(found.blocks_NKK) == 6
    for counted_KK, part in zip(found.blocks_NKK, parts):
        assert np.array_equal(counted_KK, confusion(reference_HW[part], ids_HW[part], 3))


def test_borders_are_seen_across_windows(monkeypatch):
    """Counted by windows of 20 px, the pixels near borders are those of the whole reference."""
    monkeypatch.setattr("engine.evaluation.comparison._WINDOW_PX", 20)
    values_HW, reference_HW = scene()
    found = compare(inputs_of(values_HW, reference_HW, border_px=3), ignore, 10)
    near_border_HW = np.where(near_border(reference_HW, 3), reference_HW, IGNORE).astype(np.uint8)
    assert np.array_equal(found.border_KK, confusion(near_border_HW, class_ids(values_HW, (3, 7)), 3))
    assert found.border_KK.any() and (found.border_KK <= found.confusion_KK).all()


def test_regions_that_cover_the_map_sum_to_the_whole():
    values_HW, reference_HW = scene()
    regions = ArrayLabels(
        rng.integers(0, 4, values_HW.shape).astype(np.uint8),
        [LegendClass(i, f"r{i}", (0, 0, 0)) for i in range(4)],
    )
    found = compare(inputs_of(values_HW, reference_HW, regions=regions), ignore, 25)
    assert found.regions_RKK.shape == (4, 3, 3) and found.regions_RKK.any(axis=(1, 2)).all()
    assert np.array_equal(found.regions_RKK.sum(axis=0), found.confusion_KK)


def test_probabilities_are_counted_where_both_are():
    values_HW, reference_HW = scene()
    percent_KHW = rng.integers(0, 101, (2, *values_HW.shape)).astype(np.uint8)
    valid_HW = rng.random(values_HW.shape) < 0.8
    found = compare(
        inputs_of(values_HW, reference_HW, probabilities=ArraySource(percent_KHW, valid_HW)), ignore, 25
    )
    assert found.probability_counts.pixels == np.sum(valid_HW & (reference_HW != IGNORE))
    shares = ArraySource((percent_KHW / 100).astype(np.float32), valid_HW)
    assert (
        compare(
            inputs_of(values_HW, reference_HW, probabilities=shares), ignore, 25
        ).probability_counts.pixels
        == found.probability_counts.pixels
    )


def test_a_raster_that_holds_no_probabilities():
    values_HW, reference_HW = scene()
    heights = ArraySource(np.full((2, *values_HW.shape), 180, np.uint8))
    with pytest.raises(EngineError, match="outside 0 to 100 %") as failure:
        compare(inputs_of(values_HW, reference_HW, probabilities=heights), ignore)
    assert failure.value.code == "no_probability"


def test_progress_to_the_end(monkeypatch):
    monkeypatch.setattr("engine.evaluation.comparison._WINDOW_PX", 32)
    told = []
    values_HW = np.full((50, 70), 3, np.uint8)
    compare(inputs_of(values_HW, np.zeros((50, 70), np.uint8)), told.append, 32)
    done = [event.done for event in told]
    assert len(done) == 6 and done == sorted(done) and done[-1] == told[-1].total == 3500
    assert all(isinstance(event, Progress) and event.rate > 0 for event in told) and told[-1].remaining_s == 0


def test_values_the_legend_does_not_name_are_left_out():
    source = ArraySource(np.array([[[3, 3, 7, 4000, -2]]], np.int32))
    reference = ArrayLabels(np.array([[1, 0, 0, 0, 1]], np.uint8), (LAND, WATER))
    found = compare(Inputs(source, (LAND, WATER), reference), ignore)
    assert found.confusion_KK.tolist() == [[1, 1], [0, 1]]
    assert found.unknown_values == {-2, 4000} and found.without_class_px == 2


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.int64])
def test_values_become_places_in_the_legend(dtype):
    assert class_ids(np.array([[9, 3, 4, 7]], dtype), (7, 3, 9)).tolist() == [[2, 1, IGNORE, 0]]


def test_blocks_are_some_hundreds_whatever_the_size():
    for side in (100, 5000, 100_000):
        block_px = block_side_px(Grid(side, side, (0, 1, 0, 0, 0, 1), ""), 8)
        assert block_px >= 64 and (side / block_px) ** 2 <= 450
    assert (5000 / block_side_px(Grid(5000, 5000, (0, 1, 0, 0, 0, 1), ""), 254)) ** 2 * 254**2 <= 2**22 * 1.1


def test_long_and_narrow_rasters_have_no_more_blocks():
    for width, height in ((100_000, 1), (3, 500_000)):
        side_px = block_side_px(Grid(width, height, (0, 1, 0, 0, 0, 1), ""), 254)
        assert -(-width // side_px) * -(-height // side_px) * 254**2 <= 2**22 * 1.5


def test_blocks_larger_than_windows_are_read_by_windows(monkeypatch):
    monkeypatch.setattr("engine.evaluation.comparison._WINDOW_PX", 10)
    values_HW, reference_HW = scene()
    told = []
    found = compare(inputs_of(values_HW, reference_HW), told.append, 30)
    assert len(told) == 35 and np.array_equal(
        found.blocks_NKK, compare(inputs_of(values_HW, reference_HW), ignore, 30).blocks_NKK
    )
    assert found.confusion_KK.sum() == np.sum((reference_HW != IGNORE) & (values_HW != 255))


def test_a_negative_class_value_is_no_byte():
    assert class_ids(np.array([[0, 1, 255]], np.uint8), (-1, 0, 1)).tolist() == [[1, 2, IGNORE]]
