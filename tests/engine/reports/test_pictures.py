"""Pictures for reports: what is kept of a streamed map, and what the PNGs show."""

import base64
import io

import numpy as np
from PIL import Image

from engine.core.legend import IGNORE, LegendClass
from engine.core.thumbnail import Decimated, fit, labelled_part
from engine.core.windows import cover
from engine.reports.pictures import BLANK, RIGHT_COLOR, WRONG_COLOR, class_picture, error_picture

CLASSES = (LegendClass(3, "water", (0, 0, 200)), LegendClass(7, "land", (90, 160, 60)))


def pixels(address):
    head, data = address.split(",")
    assert head == "data:image/png;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"))


def test_decimated_is_the_same_for_any_windows():
    ids_HW = np.random.default_rng(1).integers(0, 5, (101, 67)).astype(np.uint8)
    for window_px in (101, 16, 7):
        kept = Decimated(67, 101, most_px=30)
        for window in cover(67, 101, window_px):
            kept.add(window, ids_HW[window.y : window.bottom, window.x : window.right])
        assert np.array_equal(kept.ids_HW, ids_HW[::4, ::4])


def test_small_maps_are_kept_whole():
    assert Decimated(20, 30, most_px=30).ids_HW.shape == (30, 20)


def test_labelled_part_has_a_margin_within_the_picture():
    ids_HW = np.full((200, 100), IGNORE, np.uint8)
    ids_HW[50:150, 90:100] = 0
    assert labelled_part(ids_HW) == (slice(46, 154), slice(89, 100))
    assert labelled_part(np.full((3, 3), IGNORE, np.uint8)) == (slice(None), slice(None))


def test_fit_squares_the_pixels_and_keeps_the_classes():
    ids_HW = np.array([[0, 1], [2, 3]], np.uint8)
    fitted = fit(ids_HW, (2.0, 1.0), longest_px=8)
    assert fitted.shape == (4, 8)
    assert fitted[0, 0] == 0 and fitted[0, -1] == 1 and fitted[-1, 0] == 2 and fitted[-1, -1] == 3
    assert fit(np.zeros((1, 5000), np.uint8)).shape == (1, 640)


def test_class_picture_has_the_classes_colours():
    shown = pixels(class_picture(np.array([[0, 1, IGNORE]], np.uint8), CLASSES))
    assert shown.tolist() == [[list(CLASSES[0].color), list(CLASSES[1].color), list(BLANK)]]


def test_error_picture_is_blank_where_nothing_was_compared():
    reference = np.array([[0, 1, IGNORE, 0]], np.uint8)
    predicted = np.array([[0, 0, 0, IGNORE]], np.uint8)
    shown = pixels(error_picture(reference, predicted))
    assert shown.tolist() == [[list(RIGHT_COLOR), list(WRONG_COLOR), list(BLANK), list(BLANK)]]
