"""What happens on Windows where another program has an output open: it is said, by its name, and nothing is
lost.
"""

import errno
import os

import numpy as np
import pytest
import windows_files
from scenes import CLASSES

from engine.core.classified import Classified
from engine.core.windows import Window
from engine.files.atomic import atomic_write, check_writable, discard, disk_errors, temporary_folder
from engine.files.lock import locked
from engine.protocol import EngineError, journal_path, open_files, partial_path
from engine.training.checkpoint import Checkpoint


@pytest.fixture
def windows(monkeypatch):
    return windows_files.install(monkeypatch)


def refusal(winerror):
    error = PermissionError(errno.EACCES, "Access is denied", "C:\\maps\\map.tif")
    error.winerror = winerror
    return error


@pytest.mark.parametrize(
    ("winerror", "found"), [(5, True), (32, True), (33, True), (3, False), (112, False), (None, False)]
)
def test_windows_says_by_number_that_a_file_is_in_use(winerror, found):
    assert open_files.is_in_use(refusal(winerror)) is found
    assert not open_files.is_in_use(PermissionError(errno.EACCES, "Permission denied")), (
        "another system's own error"
    )


def test_a_file_that_a_scanner_has_open_for_a_moment_is_waited_for(windows, tmp_path):
    path, new = tmp_path / "map.tif", tmp_path / "new"
    path.write_text("old")
    new.write_text("new")
    with windows.holding(path, new, for_steps=3):
        open_files.replace_file(new, path)
    assert path.read_text() == "new"
    with windows.holding(path, for_steps=3):
        open_files.remove_file(path)
    assert not path.exists()
    open_files.remove_file(path)


def test_what_no_patience_helps_against_is_said_at_once(monkeypatch, tmp_path):
    slept = []
    monkeypatch.setattr(open_files.time, "sleep", slept.append)
    with pytest.raises(IsADirectoryError):
        (tmp_path / "folder").mkdir()
        (tmp_path / "file").touch()
        open_files.replace_file(tmp_path / "file", tmp_path / "folder")
    assert slept == []


def test_whether_a_file_is_free_is_found_without_a_change(windows, tmp_path):
    path = tmp_path / "map.tif"
    assert open_files.is_free(path)
    path.write_text("old")
    os.utime(path, (1, 1))
    assert open_files.is_free(path)
    with windows.holding(path):
        assert not open_files.is_free(path)
    assert path.read_text() == "old" and path.stat().st_mtime == 1 and list(tmp_path.iterdir()) == [path]


@pytest.mark.slow
def test_an_output_that_is_open_is_refused_before_any_work(windows, tmp_path):
    path = tmp_path / "map.tif"
    path.write_text("old")
    with windows.holding(path), pytest.raises(EngineError) as caught:
        check_writable(str(path))
    assert (
        caught.value.code == "in_use"
        and str(path) in caught.value.message
        and "Remove the layer" in caught.value.remedy
    )
    check_writable(str(path))
    partial_path(path).write_text("half, and shown in QGIS")
    with windows.holding(partial_path(path)), pytest.raises(EngineError, match=r"map\.partial\.tif"):
        check_writable(str(path))


def test_the_unfinished_output_of_another_run_is_not_called_open(windows, tmp_path):
    path = tmp_path / "map.tif"
    partial_path(path).write_text("half")
    with locked(str(path)), windows.holding(partial_path(path)):
        check_writable(str(path))


def test_a_probe_that_a_scanner_looks_at_is_no_reason_to_refuse(windows, tmp_path, monkeypatch):
    monkeypatch.setattr("engine.files.atomic.secrets.token_hex", lambda count: "probe")
    found = []
    real = windows.refuse

    def refuse(*paths):
        if "probe" in str(paths[0]) and len(found) < 2:
            found.append(paths)
            raise refusal(32)
        real(*paths)

    windows.refuse = refuse
    check_writable(str(tmp_path / "map.tif"))
    assert len(found) == 2 and list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_result_whose_name_is_open_is_kept_beside_it(windows, tmp_path):
    path = tmp_path / "report.html"
    path.write_text("old")
    with windows.holding(path):
        for text, name in (("first", "report.new.html"), ("second", "report.new2.html")):
            with pytest.raises(EngineError) as caught, atomic_write(path) as partial:
                partial.write_text(text)
            assert caught.value.code == "in_use" and str(path) in caught.value.message
            assert str(tmp_path / name) in caught.value.message and (tmp_path / name).read_text() == text
    assert path.read_text() == "old" and len(list(tmp_path.iterdir())) == 3


def test_an_error_is_not_hidden_by_what_cannot_be_removed(windows, tmp_path):
    path = tmp_path / "map.tif"
    with windows.holding(partial_path(path)), pytest.raises(ZeroDivisionError), atomic_write(path) as partial:
        partial.write_text("half")
        raise ZeroDivisionError


def test_a_file_in_use_is_named_whatever_was_done_to_it():
    with pytest.raises(EngineError) as caught, disk_errors("D:\\other.tif"):
        raise refusal(32)
    assert caught.value.code == "in_use" and "C:\\maps\\map.tif" in caught.value.message


def test_a_temporary_folder_in_which_something_is_open_is_no_error(windows, no_leftovers):
    with temporary_folder() as folder:
        (folder / "labels.tif").touch()
    assert not folder.exists()
    with temporary_folder() as folder, windows.holding(folder / "labels.tif", for_steps=4):
        (folder / "labels.tif").touch()
    assert not folder.exists()


def test_the_lock_of_a_run_that_another_one_looks_at_stays(windows, tmp_path):
    output = str(tmp_path / "map.tif")
    with locked(output), windows.holding(journal_path(output)):
        pass
    with locked(output):
        pass
    with windows.holding(journal_path(output)):
        journal_path(output).touch()
        discard(journal_path(output))
        assert journal_path(output).exists()


def test_a_checkpoint_waits_for_a_scanner(windows, tmp_path):
    kept = Checkpoint(str(tmp_path / "m.safetensors"), "mark", print)
    kept.save({}, {"epoch": 1})
    with windows.holding(kept.path, for_steps=3):
        kept.save({}, {"epoch": 2})
    assert kept.load()[1]["epoch"] == 2


@pytest.fixture
def write_map(tmp_path, utm_grid):
    """Write the map ``map.tif`` in which every pixel is of the class with this number."""
    raster = pytest.importorskip("engine.raster")
    window = Window(0, 0, utm_grid.width, utm_grid.height)

    def write(number):
        with raster.ClassMapWriter(str(tmp_path / "map.tif"), utm_grid, CLASSES) as writer:
            shape = window.height, window.width
            writer.write(Classified(window, np.ones(shape, bool), np.full(shape, number, np.uint8)))

    return write


def value_in(path, osgeo):
    return int(osgeo.gdal.Open(str(path)).ReadAsArray()[0, 0])


def test_a_map_that_is_shown_stays_whole_and_the_new_one_lies_beside_it(windows, write_map, tmp_path, osgeo):
    path = tmp_path / "map.tif"
    write_map(0)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert set(before) == {"map.tif", "map.tif.aux.xml", "map.qml"}
    open_later = windows.holding(path)
    raster = pytest.importorskip("engine.raster")
    real = raster.ClassMapWriter.complete

    def shown_meanwhile(writer, *arguments):
        real(writer, *arguments)
        open_later.__enter__()

    raster.ClassMapWriter.complete = shown_meanwhile
    try:
        with pytest.raises(EngineError, match=r"The finished result is .*map\.new\.tif") as caught:
            write_map(1)
    finally:
        raster.ClassMapWriter.complete = real
        open_later.__exit__(None, None, None)
    assert caught.value.code == "in_use"
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    beside = {file.name for file in tmp_path.iterdir()} - set(before)
    assert beside == {"map.new.tif", "map.new.tif.aux.xml", "map.new.qml"}
    assert value_in(tmp_path / "map.new.tif", osgeo) == CLASSES[1].value
    assert value_in(path, osgeo) == CLASSES[0].value


@pytest.mark.slow
def test_other_outputs_of_the_run_take_their_names_although_one_cannot(
    windows, image, make_model, classify, tmp_path
):
    confidence, path = tmp_path / "confidence.tif", tmp_path / "map.tif"
    confidence.touch()
    waits = []

    def emit(event):
        if type(event).__name__ == "Tile" and not waits:
            waits.append(windows.holding(confidence))
            waits[0].__enter__()

    with pytest.raises(EngineError, match=r"confidence\.new\.tif"):
        classify(image, make_model(), confidence=str(confidence), emit=emit)
    assert path.exists() and (tmp_path / "confidence.new.tif").exists() and confidence.stat().st_size == 0
    assert not partial_path(path).exists() and not partial_path(confidence).exists()
