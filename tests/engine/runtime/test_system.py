"""The rules of other systems, by the values that they have there."""

import ctypes
import errno
import functools
import ntpath
import os
import struct
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.files import atomic, download
from engine.files.atomic import check_apart, check_outputs, check_writable, disk_errors
from engine.protocol import CheckJob, EngineError, journal_path, partial_path
from engine.runtime import system

GIB = 2**30


class Kernel32:
    """Answers as Windows does: 64 bytes, of which the caller tells how many it has room for."""

    def __init__(self, free, free_with_pages, success=1):
        self._answer = struct.pack(
            "<II7Q", 64, 50, 16 * GIB, free, 24 * GIB, free_with_pages, 2**47, 2**46, 0
        )
        self._success = success

    def GlobalMemoryStatusEx(self, pointer):
        at = ctypes.addressof(pointer._obj)
        assert ctypes.sizeof(pointer._obj) == 64 and struct.unpack("<I", ctypes.string_at(at, 4)) == (64,)
        ctypes.memmove(at, self._answer, 64)
        return self._success


@pytest.mark.parametrize(
    ("kernel", "free"),
    [
        (Kernel32(5 * GIB, 9 * GIB), 5 * GIB),
        (Kernel32(5 * GIB, 2 * GIB), 2 * GIB),
        (Kernel32(1, 1, success=0), float("inf")),
    ],
)
def test_free_memory_on_windows_is_what_may_be_promised_without_swapping(kernel, free, monkeypatch):
    monkeypatch.setattr(ctypes, "windll", type("WinDll", (), {"kernel32": kernel}), raising=False)
    assert system.free_bytes(platform="win32") == free


VM_STAT = """Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                               10310.
Pages active:                            211632.
Pages inactive:                          210164.
Pages speculative:                         1089.
Pages throttled:                              0.
Pages wired down:                         99999.
Pages purgeable:                           2410.
"Translation faults":                 123456789.
Pages stored in compressor:              301234.
"""


@pytest.mark.parametrize(
    ("output", "free"),
    [
        (VM_STAT, 16384 * (10310 + 210164 + 1089)),
        ("", float("inf")),
        ("page size of 4096 bytes", float("inf")),
    ],
)
def test_free_memory_on_macos_is_what_vm_stat_prints(output, free, monkeypatch, tmp_path):
    program = tmp_path / "vm_stat"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{output}\nEND\n")
    program.chmod(0o755)
    monkeypatch.setattr(system, "_VM_STAT", (str(program),))
    assert system.free_bytes(platform="darwin") == free


def test_macos_without_vm_stat_prints_nothing(monkeypatch):
    monkeypatch.setattr(system, "_VM_STAT", ("/nowhere/vm_stat",))
    assert system.free_bytes(platform="darwin") == float("inf")


def test_free_memory_of_this_system_is_answer():
    if sys.platform in ("linux", "win32", "darwin"):
        assert 2**20 < system.free_bytes() < 2**50


@pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity"), reason="only Linux binds a process to processors so"
)
def test_processors_are_those_that_the_process_may_use():
    program = (
        "import os; os.sched_setaffinity(0, {0}); "
        "from engine.runtime.system import processors; print(processors())"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"


def test_processors_where_no_process_is_bound_to_any(monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert system.processors() == os.cpu_count()


@pytest.fixture(autouse=True)
def nothing_remembered():
    system.ignores_case.cache_clear()
    yield
    system.ignores_case.cache_clear()


def one_file_by_two_names(folder, *names):
    """What a file system that ignores capitals answers, made by links."""
    (folder / names[0]).touch()
    for name in names[1:]:
        (folder / name).symlink_to(folder / names[0])


def test_whether_capitals_matter_is_asked_of_the_folder(tmp_path):
    same, differ, empty, digits = (tmp_path / name for name in ("same", "differ", "empty", "digits"))
    for folder in (same, differ, empty, digits):
        folder.mkdir()
    one_file_by_two_names(same, "photo.tif", "PHOTO.TIF")
    (differ / "photo.tif").touch()
    (digits / "1234").touch()
    assert system.ignores_case(str(same)) and not system.ignores_case(str(differ))
    (differ / "PHOTO.TIF").touch()
    system.ignores_case.cache_clear()
    assert not system.ignores_case(str(differ)), "two files"
    for folder in (empty, digits, tmp_path / "nowhere"):
        assert [system.ignores_case(str(folder), name) for name in ("linux", "win32", "darwin")] == [
            False,
            True,
            True,
        ]


def refused(outputs_, inputs):
    with pytest.raises(EngineError) as caught:
        check_apart([str(path) for path in outputs_], [str(path) for path in inputs])
    return caught.value.code == "same_file"


def test_no_input_is_replaced_where_capitals_do_not_matter(tmp_path, monkeypatch):
    monkeypatch.setattr(system, "ignores_case", lambda folder: True)
    image = tmp_path / "Bild é.tif"
    for output in ("bild é.TIF", "BILD e\u0301.tif"):  # the second spells é as e and an accent, as macOS may
        assert refused([tmp_path / output], [image])
    assert refused([tmp_path / "map.tif", tmp_path / "Map.tif"], [])
    assert refused([tmp_path / "map.tif"], [tmp_path / "MAP.partial.tif"])
    check_apart([str(tmp_path / "map.tif"), str(tmp_path / "map2.tif")], [str(image)])


@pytest.mark.parametrize(
    "other", ["c:\\daten\\KARTE.TIF", "C:/Daten/./karte.tif", "C:\\Daten\\x\\..\\Karte.tif"]
)
def test_a_file_has_one_place_on_windows_however_its_path_is_written(other, monkeypatch):
    windows = SimpleNamespace(normcase=ntpath.normcase, realpath=ntpath.normpath, dirname=ntpath.dirname)
    monkeypatch.setattr(system, "os", SimpleNamespace(path=windows))
    monkeypatch.setattr(system, "ignores_case", lambda folder: True)
    assert system.place(other) == system.place("C:\\Daten\\Karte.tif") != system.place("D:\\Daten\\Karte.tif")
    assert system.place("//Server/share/a.tif") == system.place("\\\\server\\SHARE\\A.tif")


def test_where_capitals_matter_two_files_are_two(tmp_path):
    (tmp_path / "Map.tif").touch()
    check_apart([str(tmp_path / "map.tif")], [str(tmp_path / "Map.tif")])
    assert refused([tmp_path / "Map.tif"], [tmp_path / "." / "Map.tif"])


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("CON.tif", "CON is the name of a device"),
        ("nul", "nul is the name"),
        ("com1.map.tif", "com1 is the name"),
        ("Lpt³.tif", "Lpt³ is the name"),
        ("aux .tif", "aux is the name"),
        ("map: new.tif", "no ':' in names"),
        ("what?.tif", r"no '\?'"),
        ('a"b.tif', "no '\"'"),
        ("a|b.tif", r"no '\|'"),
        ("a\tb.tif", r"no '\\t'"),
        ("map.tif.", "do not end in a dot"),
        ("map.tif ", "or a space"),
    ],
)
def test_names_that_windows_does_not_have(name, reason, tmp_path, monkeypatch):
    assert system.objection(name, windows=False) == ""
    monkeypatch.setattr(atomic, "objection", functools.partial(system.objection, windows=True))
    with pytest.raises(EngineError, match=reason) as caught:
        check_writable(str(tmp_path / name))
    assert (
        caught.value.code == "unwritable" and name in caught.value.message and list(tmp_path.iterdir()) == []
    )


@pytest.mark.parametrize(
    "name", ["console.tif", "com10.tif", "com.tif", "map.aux.xml", "nul map.tif", "Fläche 図.tif", "a.b"]
)
def test_names_that_windows_has(name):
    assert system.objection(name, windows=True) == ""


def test_a_name_that_leaves_no_room_for_what_lies_beside_it_is_refused(tmp_path):
    fits = tmp_path / f"{'m' * 200}.tif"
    check_writable(str(fits))
    with pytest.raises(EngineError, match="its path is too long") as caught:
        check_writable(str(tmp_path / f"{'m' * 240}.tif"))
    assert "shorter" in caught.value.remedy and list(tmp_path.iterdir()) == []


def test_what_is_accepted_has_room_for_all_names_of_a_run(tmp_path):
    most = max(len for len in range(100, 252) if accepted(tmp_path / f"{'m' * (len - 4)}.tif"))
    output = tmp_path / f"{'m' * (most - 4)}.tif"
    journal = journal_path(output)
    beside = [
        f"{partial_path(output).name}.cog.tif.msk.ovr.tmp",
        f"{journal.name}-journal",
        f"{output.name}.aux.xml",
    ]
    beside.append(partial_path(journal.with_name(f"{journal.name}.safetensors")).name)
    for name in beside:
        (tmp_path / name).touch()
    assert {path.name for path in tmp_path.iterdir()} >= set(beside)


def accepted(path):
    try:
        check_writable(str(path))
    except EngineError:
        return False
    return True


def windows_open(error):
    def refuse(*_):
        raise error

    return refuse


@pytest.mark.parametrize(
    ("letters", "words"),
    [(240, "its path is too long"), (20, "No such file or directory"), (20, "controlled folder access")],
)
def test_what_windows_does_not_find_in_a_folder_that_is_there(letters, words, tmp_path, monkeypatch):
    """A path that is too long, or a protected folder: both are reported as a file that is not there."""
    error = FileNotFoundError(errno.ENOENT, "No such file or directory")
    monkeypatch.setattr(atomic, "open", windows_open(error), raising=False)
    with pytest.raises(EngineError) as caught:
        check_writable(str(tmp_path / ("m" * letters)))
    assert words in str(caught.value)


@pytest.mark.parametrize("place", ["inputs", "outputs"])
def test_a_path_that_is_no_text_is_said_whoever_would_stumble_over_it(place, monkeypatch):
    """On Linux a name may hold any bytes, on Windows half of a pair."""
    job = CheckJob()
    monkeypatch.setattr(CheckJob, place, lambda self: ("", "/maps/\udcff.tif"))
    with pytest.raises(
        EngineError, match=r"/maps/\\udcff\.tif has characters that are not valid UTF-8"
    ) as caught:
        check_outputs(job)
    str(caught.value).encode("utf-8")


@pytest.mark.parametrize("winerror", [39, 112])
def test_a_full_disk_of_windows(winerror):
    error = OSError(errno.EINVAL, "There is not enough space on the disk")
    error.winerror = winerror
    with pytest.raises(EngineError) as caught, disk_errors("map.tif"):
        raise error
    assert caught.value.code == "disk_full"


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("win32", {"LOCALAPPDATA": "/profile/Local"}, "/profile/Local"),
        ("win32", {}, "~/AppData/Local"),
        ("darwin", {"XDG_CACHE_HOME": "/other"}, "~/Library/Caches"),
        ("linux", {"XDG_CACHE_HOME": "/other", "LOCALAPPDATA": "/profile"}, "/other"),
        ("linux", {}, "~/.cache"),
    ],
)
def test_what_was_fetched_lies_where_each_system_keeps_such(platform, variables, folder, monkeypatch):
    monkeypatch.setattr(download, "sys", SimpleNamespace(platform=platform))
    for name in ("LOCALAPPDATA", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert download.cache_folder() == Path(folder).expanduser() / "raster_segmenter"
