"""Datasets close when they are told to, with every release of GDAL."""

import gc
import weakref

import numpy as np
import pytest

from engine.protocol import EngineError
from engine.raster.gdal import Dataset, created, gdal, open_dataset


def a_tiff(path):
    return Dataset(gdal().GetDriverByName("GTiff").Create(str(path), 4, 3, 1, gdal().GDT_Byte))


def test_a_closed_dataset_is_gone_at_once_and_its_file_is_whole(tmp_path):
    dataset = a_tiff(tmp_path / "map.tif")
    seen = weakref.ref(dataset.handle)
    dataset.WriteArray(np.full((3, 4), 7, np.uint8))
    gc.disable()
    try:
        dataset.close()
        assert seen() is None  # nothing else holds it, so that older releases of GDAL close it too
    finally:
        gc.enable()
    assert (
        open_dataset(str(tmp_path / "map.tif"), gdal().OF_RASTER, "a raster").ReadAsArray().tolist()
        == [[7] * 4] * 3
    )


def test_closing_twice_and_closing_nothing_do_nothing(tmp_path):
    dataset = a_tiff(tmp_path / "map.tif")
    dataset.close()
    dataset.close()
    dataset.discard()
    Dataset(None).close()
    assert (tmp_path / "map.tif").is_file()


def test_what_goes_wrong_when_a_dataset_is_closed_is_told():
    full = (
        a_tiff("/dev/full") if gdal().VSIStatL("/dev/full") else pytest.skip("This system has no /dev/full.")
    )
    with pytest.raises(RuntimeError):
        full.WriteArray(np.ones((3, 4), np.uint8))  # GDAL 3.13 says it here already
        full.close()
    full.discard()


def test_a_created_dataset_is_closed_when_the_block_ends_however_it_ends(tmp_path):
    with created("GTiff", tmp_path / "map.tif", 4, 3, 1, gdal().GDT_Byte) as dataset:
        seen = weakref.ref(dataset.handle)
    assert seen() is None
    with (
        pytest.raises(KeyError),
        created("GTiff", tmp_path / "other.tif", 4, 3, 1, gdal().GDT_Byte) as dataset,
    ):
        seen = weakref.ref(dataset.handle)
        raise KeyError
    assert seen() is None


def test_a_file_that_cannot_be_created_is_an_error_with_its_name(tmp_path):
    with (
        pytest.raises(EngineError, match="nowhere"),
        created("GTiff", tmp_path / "nowhere" / "x.tif", 4, 3, 1, gdal().GDT_Byte),
    ):
        pass
