"""Outputs appear whole or not at all."""

import errno
import os
import tempfile
from pathlib import Path

import pytest

from engine.files.atomic import atomic_write, check_writable, disk_errors
from engine.protocol import EngineError


def test_whole_appears_only_at_the_end(tmp_path):
    path = tmp_path / "Würfel map.tif"
    with atomic_write(path) as partial:
        partial.write_text("new")
        assert partial.suffix == ".tif" and partial.parent == tmp_path
        assert not path.exists()
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_keeps_the_old_file_and_leaves_nothing_else(tmp_path):
    path = tmp_path / "map.tif"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), atomic_write(path) as partial:
        partial.write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said(number, tmp_path):
    with pytest.raises(EngineError) as caught, disk_errors(tmp_path / "map.tif"):
        raise OSError(number, os.strerror(number))
    assert caught.value.code == "disk_full"
    assert "map.tif" in caught.value.message and "Free some space" in caught.value.remedy


def test_another_write_error_is_said_as_it_is(tmp_path):
    with pytest.raises(EngineError) as caught, disk_errors(tmp_path / "map.tif"):
        raise PermissionError(errno.EACCES, "Permission denied")
    assert caught.value.code == "unwritable"
    assert "Permission denied" in caught.value.message


def test_check_writable_names_the_missing_folder(tmp_path):
    with pytest.raises(EngineError) as caught:
        check_writable(str(tmp_path / "nowhere" / "map.tif"))
    assert caught.value.code == "unwritable"
    assert "nowhere does not exist" in caught.value.message


def test_check_writable_refuses_a_folder(tmp_path):
    with pytest.raises(EngineError) as caught:
        check_writable(str(tmp_path))
    assert "is a folder" in caught.value.message


@pytest.fixture
def ordinary_user():
    """Root may write anywhere: for the test, it is nobody."""
    if not hasattr(os, "geteuid"):
        pytest.skip("this system has no user ids")
    if root := os.geteuid() == 0:
        os.seteuid(65534)
    yield
    if root:
        os.seteuid(0)


def test_check_writable_refuses_a_folder_without_permission(ordinary_user):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o500)
        with pytest.raises(EngineError) as caught:
            check_writable(str(Path(folder) / "map.tif"))
        Path(folder).chmod(0o700)
    assert caught.value.code == "unwritable"
    assert folder in caught.value.message and "Permission denied" in caught.value.message


def test_check_writable_leaves_nothing_and_keeps_what_is_there(tmp_path):
    path = tmp_path / "map.tif"
    path.write_text("old")
    check_writable(str(path))
    check_writable(str(tmp_path / "other.tif"))
    assert list(tmp_path.iterdir()) == [path] and path.read_text() == "old"
