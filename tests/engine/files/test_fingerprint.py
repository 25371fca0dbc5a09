"""By what a run knows that it was asked for the same, and that a file may have changed."""

import os
import shutil

import numpy as np

from engine.files.fingerprint import checksum, file_sha256, file_stats, fingerprint
from engine.labels import geometry_sha256

SQUARE, OTHER = ("POLYGON((0 0,9 0,9 9,0 9,0 0))", 1), ("POLYGON((0 0,8 0,8 9,0 9,0 0))", 1)


def test_the_order_of_settings_does_not_matter():
    assert (
        fingerprint({"a": 1, "b": [2.5, "c"]})
        == fingerprint({"b": [2.5, "c"], "a": 1})
        != fingerprint({"a": 1, "b": [2, "c"]})
    )


def test_content_knows_neither_names_nor_times(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(bytes(3_000_000))
    shutil.copy(one, other)
    os.utime(other, (1, 1))
    assert file_sha256(one) == file_sha256(other)
    other.write_bytes(bytes(2_999_999) + b"1")
    assert file_sha256(one) != file_sha256(other)


def test_marks_change_with_size_and_time(tmp_path):
    path = str(tmp_path / "image.tif")
    (tmp_path / "image.tif").write_bytes(b"1234")
    before = file_stats([path])
    assert before == file_stats([path]) and before[path][0] == 4
    os.utime(path, (1, 1))
    assert file_stats([path]) != before
    assert file_stats(["/vsicurl/nowhere"]) == {"/vsicurl/nowhere": None}


def test_checksums_know_every_value():
    image, valid = np.arange(60, dtype=np.uint16).reshape(3, 4, 5), np.ones((4, 5), bool)
    total = checksum(image, valid)
    assert (
        total
        == checksum(image.copy(), valid.copy())
        == checksum(image.transpose(0, 2, 1).copy().transpose(0, 2, 1), valid)
    )
    other, invalid = image.copy(), valid.copy()
    other[1, 2, 3] += 1
    invalid[2, 3] = False
    assert (
        len(
            {total, checksum(other, valid), checksum(image, invalid), checksum(image), checksum(valid, image)}
        )
        == 5
    )


def test_a_layer_is_the_same_in_every_export_of_it(make_vector):
    """A GeoPackage holds the time when it was written, so the file is another one each time."""
    first = geometry_sha256(make_vector([SQUARE], "one.gpkg"))
    assert (
        geometry_sha256(make_vector([SQUARE], "two.gpkg"))
        == first
        == geometry_sha256(make_vector([SQUARE], "a.gpkg", field="other"))
    )
    assert (
        geometry_sha256(make_vector([OTHER], "three.gpkg"))
        != first
        != geometry_sha256(make_vector([SQUARE, SQUARE], "four.gpkg"))
    )
    assert geometry_sha256(make_vector([SQUARE], "five.gpkg", crs=32644)) != first
