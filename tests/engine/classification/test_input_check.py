"""A warning if a raster's values are unlike those of the training, and only then."""

import numpy as np
import pytest
from scenes import discs

from engine.classification.input_check import warn_distribution_shift
from engine.compute.normalisation import Normalisation, fit
from engine.core.windows import Window, cover
from engine.protocol import EngineError, Log
from engine.raster import ArraySource, RasterFile

IMAGE_CHW = discs(400, 300, dtype="uint16")[0]


def trained_on(image_CHW, valid_HW=None):
    return fit([(image_CHW, np.ones(image_CHW.shape[1:], bool) if valid_HW is None else valid_HW)])


def told(image_CHW, scaling=None, valid_HW=None, trained=None, **how):
    events = []
    trained = trained or {"a.safetensors": scaling or trained_on(IMAGE_CHW)}
    warn_distribution_shift(ArraySource(image_CHW, valid_HW, name="scene.tif"), trained, events.append, **how)
    assert all(isinstance(event, Log) and event.warning for event in events) and len(events) <= 1
    return events[0].text if events else ""


def test_another_part_of_the_scene_is_alike():
    assert told(discs(500, 400, seed=7, dtype="uint16")[0]) == ""


def test_a_little_more_light_and_haze_are_alike():
    assert told((IMAGE_CHW * 0.8 + 900).astype(np.uint16)) == ""


@pytest.mark.parametrize(
    "change",
    [
        lambda image_CHW: (image_CHW / 40).astype(np.uint8),  # 8 bits for 16
        lambda image_CHW: (image_CHW / 10000).astype(np.float32),  # reflectances for counts
        lambda image_CHW: image_CHW.astype(np.float32) - 8000,
        lambda image_CHW: image_CHW * 0 + 4000,
    ],
)
def test_other_units_offsets_and_empty_bands_are_told(change):
    text = told(change(IMAGE_CHW))
    assert "scene.tif" in text and "Band 1" in text and "Band 3" in text


def test_the_band_and_both_figures_are_named():
    image_CHW = np.random.default_rng(0).normal([[[100]], [[50]]], [[[10]], [[5]]], (2, 300, 300))
    text = told(image_CHW, Normalisation((100.0, 120.0), (10.0, 5.0)))
    assert "Band 2 is 50" in text and "was 120 ± 5" in text and "Band 1" not in text


def test_many_bands_make_no_long_sentence():
    text = told(np.full((40, 90, 90), 7, np.uint8), Normalisation((100.0,) * 40, (10.0,) * 40))
    assert "Band 3" in text and "Band 4" not in text and "37 more" in text


def test_pixels_without_data_do_not_count():
    image_CHW, valid_HW = IMAGE_CHW.copy(), np.ones((300, 400), bool)
    image_CHW[:, :, 100:], valid_HW[:, 100:] = 65000, False
    assert told(image_CHW, valid_HW=valid_HW) == ""
    assert told(image_CHW, valid_HW=np.zeros_like(valid_HW)) == ""
    assert told(image_CHW) != ""


def test_only_the_part_that_is_classified_counts():
    image_CHW = IMAGE_CHW.copy()
    image_CHW[:, 150:] = 65000
    assert told(image_CHW, within=Window(50, 0, 200, 150)) == ""
    assert told(image_CHW, within=Window(50, 150, 200, 150)) != ""


def test_a_band_constant_in_training_may_be_constant_and_nothing_else():
    constant_CHW, varying_CHW = np.full((1, 80, 80), 12.3456), IMAGE_CHW[:1, :80, :80].astype(float)
    scaling = trained_on(np.concatenate([constant_CHW, varying_CHW]))

    def warning_of(band_CHW):
        return told(np.concatenate([band_CHW, varying_CHW]), scaling)

    assert warning_of(constant_CHW) == ""
    assert warning_of(constant_CHW + 9) != ""
    assert warning_of(np.random.default_rng(0).normal(constant_CHW, 50)) != ""


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (3, 7)])
def test_any_size_can_be_sampled(shape):
    assert told(np.full((1, *shape), 3, np.uint8), Normalisation((100.0,), (10.0,)))


@pytest.mark.parametrize("shape", [(1, 1), (1, 2), (40, 60), (1, 4000)])
def test_the_spread_of_a_few_pixels_says_nothing(shape):
    """They may all lie on one roof."""
    assert told(np.full((1, *shape), 112, np.uint8), Normalisation((100.0,), (10.0,))) == ""
    assert told(np.full((1, 64, 64), 112, np.uint8), Normalisation((100.0,), (10.0,))) != ""


def test_few_pixels_with_data_are_few_in_a_large_raster():
    valid_HW = np.zeros((500, 500), bool)
    valid_HW[200:204] = True
    assert told(np.full((1, 500, 500), 112, np.uint8), Normalisation((100.0,), (10.0,)), valid_HW) == ""


def test_each_model_of_several_is_compared_and_nothing_told_twice():
    """The first model would not have complained; two others of nearly the same training would say the same of
    a band.
    """
    alike, far = trained_on(IMAGE_CHW), Normalisation((60_000.0,) * 3, (9.0,) * 3)
    also_far = Normalisation((60_001.0,) * 3, (9.0,) * 3)
    text = told(IMAGE_CHW, trained={"a.safetensors": alike, "b.safetensors": far, "c.safetensors": also_far})
    assert "the training of b.safetensors, c.safetensors:" in text and "a.safetensors" not in text
    assert text.count("Band 1") == 1 and "was 6e+04" in text
    assert "the training of all models:" in told(IMAGE_CHW, trained={"b": far, "c": also_far})
    assert "the training of the model:" in told(IMAGE_CHW, trained={"b": far})


def test_several_models_are_compared_with_one_reading(monkeypatch):
    windows = []
    monkeypatch.setattr(
        ArraySource,
        "read",
        lambda self, window, read=ArraySource.read: windows.append(window) or read(self, window),
    )
    told(IMAGE_CHW, trained={name: trained_on(IMAGE_CHW) for name in "abc"})
    assert 0 < len(windows) <= 48


class Damaged(ArraySource):
    """Cannot be read left of column 150, for the reason ``error``."""

    error = EngineError("unreadable", "A block is damaged.")

    def read(self, window):
        if window.x < 150:
            raise self.error
        return super().read(window)


def test_what_cannot_be_read_is_left_to_the_work_itself():
    events = []
    warn_distribution_shift(Damaged(IMAGE_CHW), {"a": trained_on(IMAGE_CHW)}, events.append)
    assert not events
    warn_distribution_shift(Damaged(IMAGE_CHW + 9000), {"a": trained_on(IMAGE_CHW)}, events.append)
    assert len(events) == 1


def test_other_errors_are_not_hidden():
    source = Damaged(IMAGE_CHW)
    source.error = EngineError("cancelled", "Enough.")
    with pytest.raises(EngineError, match="Enough"):
        warn_distribution_shift(source, {"a": trained_on(IMAGE_CHW)}, print)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["banepa/image.tif", "zion/landsat8_b2345.tif"])
def test_quarters_of_a_real_scene_are_alike(name, shared_data, osgeo):
    with RasterFile.open(str(shared_data / name)) as source:
        width, height = source.grid.width, source.grid.height
        quarters = [
            quarter for quarter in cover(width, height, max(width, height) // 2) if quarter.pixels > 9999
        ]
        for quarter in quarters:
            scaling, events = fit([source.read(quarter)]), []
            for other in quarters:
                warn_distribution_shift(source, {name: scaling}, events.append, other)
            assert not events
