"""A run killed at any moment goes on, and its map is the one it would have been."""

import contextlib
import dataclasses
import itertools
import random
import sqlite3
import subprocess
import sys
import time
import zlib
from pathlib import Path

import numpy as np
import pytest

from engine.classification.journal import Journal
from engine.core.classified import Classified
from engine.core.windows import Window, cover
from engine.files.fingerprint import fingerprint
from engine.protocol import Cancelled, EngineError, Log, journal_path, partial_path, unfinished

ROOT = Path(__file__).parents[3]
WINDOWS = list(cover(200, 90, 64))


def classified(window, percent=True):
    """What a deterministic network would say of a window."""
    draw = np.random.default_rng([window.x, window.y])
    shape = window.height, window.width
    layers = [draw.integers(0, 3, shape, np.uint8), draw.integers(0, 101, shape, np.uint8)]
    percent_KHW = draw.integers(0, 101, (3, *shape), np.uint8)
    return Classified(window, draw.random(shape) > 0.1, *layers, percent_KHW if percent else None)


def same(one, other):
    layers = ("valid_HW", "ids_HW", "confidence_HW", "percent_KHW")
    assert one.window == other.window
    return all(np.array_equal(getattr(one, layer), getattr(other, layer)) for layer in layers)


@pytest.fixture
def journal(tmp_path):
    """Opens the journal of a map in the test's folder; what it says is collected in ``said``."""

    def make(settings="as ever", keep=False):
        return Journal(
            str(tmp_path / "map.tif"), fingerprint({"settings": settings}), make.said.append, keep=keep
        )

    make.said = []
    return make


def left_by(journal, windows, error=OSError, **options):
    with pytest.raises(error), journal(**options) as first:
        for window in windows:
            first.write(classified(window))
        raise error


@pytest.mark.parametrize("percent", [False, True])
def test_parts_come_back_as_they_were(percent, journal):
    with pytest.raises(OSError), journal() as first:
        for window in WINDOWS[:4]:
            first.write(classified(window, percent))
        raise OSError
    with journal() as second:
        assert second.finished == set(WINDOWS[:4])
        assert all(same(part, classified(window, percent)) for part, window in zip(second.parts(), WINDOWS))
        second.write(classified(WINDOWS[4], percent))
        assert [part.window for part in second.parts()] == WINDOWS[:5]
    assert [type(said) for said in journal.said] == [Log] and "4 windows" in journal.said[0].text


def test_large_windows_come_back_too(journal):
    window = Window(0, 0, 1500, 1001)
    left_by(journal, [window])
    with journal() as second:
        assert same(next(second.parts()), classified(window))


def test_a_window_with_data_everywhere_comes_back_without_having_said_so(journal):
    whole = dataclasses.replace(
        classified(WINDOWS[0]), valid_HW=np.ones((WINDOWS[0].height, WINDOWS[0].width), bool)
    )
    with pytest.raises(OSError), journal() as first:
        first.write(whole)
        raise OSError
    with journal() as second:
        assert same(next(second.parts()), whole)
        assert second._database.execute("SELECT count(*) FROM chunks WHERE layer = 'valid'").fetchone() == (
            0,
        )


def test_windows_without_data_cost_next_to_nothing(journal, tmp_path):
    """A thousand of 512 px, with the probabilities of six classes."""
    shape = 512, 512
    nothing = (
        np.zeros(shape, bool),
        np.zeros(shape, np.uint8),
        np.full(shape, 255, np.uint8),
        np.full((6, *shape), 255, np.uint8),
    )
    windows = list(cover(512 * 50, 512 * 20, 512))
    with pytest.raises(OSError), journal() as first:
        for window in windows:
            first.write(Classified(window, *nothing))
        first.write(classified(Window(0, 20 * 512, 64, 64)))
        raise OSError
    assert journal_path(tmp_path / "map.tif").stat().st_size < 150_000
    with journal() as second:
        *empty, last = second.parts()
        assert [part.window for part in empty] == windows and not any(part.valid_HW.any() for part in empty)
        assert empty[0].ids_HW.shape == shape and same(last, classified(last.window))


class Slow:
    """A database whose commits take so long, and no longer."""

    def __init__(self, database, commit_s):
        self.database, self.commit_s, self.commits = database, commit_s, 0

    def __getattr__(self, name):
        return getattr(self.database, name)

    def commit(self):
        self.commits += 1
        time.sleep(self.commit_s)


@pytest.mark.slow
@pytest.mark.parametrize(("commit_s", "least", "most"), [(0.001, 10, 50), (0.02, 2, 3), (0.3, 1, 1)])
def test_commits_are_as_frequent_as_they_are_cheap(commit_s, least, most, journal):
    with journal() as kept:
        kept._database = slow = Slow(kept._database, commit_s)
        until_s = time.monotonic() + 1
        for x in itertools.count():
            kept.write(classified(Window(x, 0, 1, 1)))
            if time.monotonic() > until_s:
                break
            time.sleep(0.002)
        assert least <= slow.commits <= most


def test_success_leaves_nothing(journal, tmp_path):
    with journal() as first:
        first.write(classified(WINDOWS[0]))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "options", "windows", "kept"),
    [
        (Cancelled, {}, 3, False),
        (Cancelled, {"keep": True}, 3, True),
        (MemoryError, {}, 3, True),
        (SystemExit, {}, 3, True),
        (OSError, {}, 0, False),
    ],
)
def test_what_is_left_when_a_run_ends_early(error, options, windows, kept, journal, tmp_path):
    left_by(journal, WINDOWS[:windows], error, **options)
    assert [path.name for path in tmp_path.iterdir()] == (["map.tif.unfinished"] if kept else [])


def test_a_journal_of_other_settings_is_told_and_discarded(journal):
    left_by(journal, WINDOWS[:3])
    with journal(settings="others") as second:
        assert second.finished == set() and list(second.parts()) == []
    (said,) = journal.said
    assert said.warning and "other settings" in said.text and "map.tif.unfinished" in said.text


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_what_is_no_journal_is_discarded_and_told_unless_it_is_empty(content, journal, tmp_path):
    journal_path(str(tmp_path / "map.tif")).write_bytes(content)
    with journal() as second:
        assert second.finished == set()
    assert [said.warning for said in journal.said] == ([True] if content else [])


def test_a_damaged_journal_is_said(journal, tmp_path):
    left_by(journal, WINDOWS)
    path = journal_path(str(tmp_path / "map.tif"))
    content = bytearray(path.read_bytes())
    content[len(content) // 3 :] = bytes(len(content) - len(content) // 3)
    path.write_bytes(content)
    with pytest.raises(EngineError) as caught, journal() as second:
        list(second.parts())
    assert caught.value.code == "unreadable" and "map.tif.unfinished" in caught.value.message


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE chunks SET data = x'00' WHERE rowid = 3",
        "DELETE FROM chunks WHERE layer = 'ids'",
        "DELETE FROM chunks WHERE rowid = (SELECT min(rowid) FROM chunks WHERE layer = 'percent')",
        "UPDATE chunks SET bands = 2 WHERE layer = 'percent'",
    ],
)
def test_a_damaged_part_is_said(damage, journal, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "engine.classification.journal_file._CHUNK_BYTES", 1000
    )  # a layer takes several chunks
    left_by(journal, WINDOWS)
    with contextlib.closing(sqlite3.connect(journal_path(str(tmp_path / "map.tif")))) as database:
        assert database.execute(damage).rowcount
        database.commit()
    with pytest.raises(EngineError) as caught, journal() as second:
        list(second.parts())
    assert caught.value.code == "unreadable" and "map.tif.unfinished" in caught.value.message


def test_values_are_had_by_the_run_that_resumes(journal):
    chosen = {"precision": {"of a model": "bf16"}, "max_tile_px": 512}
    with pytest.raises(OSError), journal() as first:
        assert first.get("chosen") is None
        first.store("chosen", {})
        first.store("chosen", chosen)
        assert first.get("chosen") == chosen and first.previous("chosen") is None
        first.write(classified(WINDOWS[0]))
        raise OSError
    with journal() as second:
        assert second.get("chosen") == second.previous("chosen") == chosen


def test_windows_are_forgotten_with_what_was_wrong_of_them(journal):
    parts = [
        dataclasses.replace(classified(window), checksum=number or None)
        for number, window in enumerate(WINDOWS[:4])
    ]
    with pytest.raises(OSError), journal() as first:
        for part in parts:
            first.write(part)
        raise OSError
    with pytest.raises(OSError), journal() as second:
        assert second.checksums() == dict(zip(WINDOWS, (None, 1, 2, 3))) and second.previous("files") is None
        second.store("files", "new ones", forget=WINDOWS[1:3])
        raise OSError
    with journal() as third:
        assert third.finished == {WINDOWS[0], WINDOWS[3]} and [part.window for part in third.parts()] == [
            WINDOWS[0],
            WINDOWS[3],
        ]
        assert all(same(part, classified(part.window)) for part in third.parts())
        assert third.get("files") == third.previous("files") == "new ones"
        third.write(parts[1])
        assert same(list(third.parts())[-1], parts[1])


def test_what_a_run_of_other_settings_had_stored_is_still_known(journal):
    with pytest.raises(OSError), journal() as first:
        first.store("sides", ["c.tif"])
        first.write(classified(WINDOWS[0]))
        raise OSError
    with journal(settings="others") as second:
        assert second.previous("sides") == ["c.tif"] and second.get("sides") is None


def test_two_runs_of_one_map_do_not_meet(journal):
    with journal() as first:
        first.write(classified(WINDOWS[0]))
        with pytest.raises(EngineError) as caught, journal():
            pytest.fail("the block ran")
    assert caught.value.code == "busy" and "map.tif" in caught.value.message


@pytest.mark.parametrize("name", ["map", "map.tif", "map.v2.tif", "map [1].tif"])
def test_what_is_unfinished_is_found_and_nothing_else(name, tmp_path):
    path = tmp_path / name
    ours = {
        partial_path(path),
        Path(f"{partial_path(path)}.aux.xml"),
        journal_path(path),
        Path(f"{journal_path(path)}-journal"),
    }
    for other in (*ours, path, tmp_path / "map.gpkg", tmp_path / "map.qml", tmp_path / "map 1.partial.tif"):
        other.write_text("")
    assert set(unfinished(path)) == ours


KILLED = """
import sys, time
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/tests/engine", sys.argv[1] + "/tests/engine/classification"]
from test_journal import classified
from engine.classification import journal
from engine.core.legend import LegendClass
from engine.raster import ClassMapWriter, ConfidenceWriter, Grid, ProbabilityWriter
from engine.core.windows import cover
folder, pause_s = sys.argv[2], float(sys.argv[3])
grid = Grid(1000, 700, (0, 1, 0, 0, 0, 1), "")
classes = [LegendClass(i + 5, str(i), (0, 0, i)) for i in range(3)]
with journal.Journal(folder + "/map.tif", "", lambda event: None) as kept:
    with (ClassMapWriter(folder + "/map.tif", grid, classes) as classes_sink,
          ConfidenceWriter(folder + "/sure.tif", grid) as sure_sink,
          ProbabilityWriter(folder + "/percent.tif", grid, classes) as percent_sink):
        sinks = classes_sink, sure_sink, percent_sink
        print(len(kept.finished), flush=True)
        for part in kept.parts():
            for sink in sinks:
                sink.write(part)
        for window in cover(grid.width, grid.height, 90):
            if window not in kept.finished:
                time.sleep(pause_s)
                part = classified(window)
                for sink in sinks:
                    sink.write(part)
                kept.write(part)
print("done", flush=True)
"""
NAMES = ("map.tif", "sure.tif", "percent.tif")


def run(folder, pause_s, kill_after_s=None):
    """Run it, or kill it some time after it has said how many windows were finished; returns what it said."""
    command = [sys.executable, "-c", KILLED, str(ROOT), str(folder), str(pause_s)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    said = process.stdout.readline()
    if kill_after_s is not None:
        try:
            process.wait(kill_after_s)
        except subprocess.TimeoutExpired:
            process.kill()
    said += process.communicate()[0]
    return said.split(), process.returncode


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
def test_killed_ten_times_at_random_and_the_map_is_the_same(tmp_path, osgeo):
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    whole.mkdir()
    killed.mkdir()
    assert run(whole, 0)[0] == ["0", "done"]
    rng, finished = random.Random(4), [0]
    for _ in range(10):
        said, code = run(killed, 0.01, kill_after_s=rng.uniform(0, 0.15))
        assert code == -9 and not any((killed / name).exists() for name in NAMES)
        finished.append(int(said[0]))
    said, code = run(killed, 0)
    assert code == 0 and said[1] == "done"
    assert finished == sorted(finished) and 0 < finished[-1] <= int(said[0])
    for name in NAMES:
        one, other = (osgeo.gdal.Open(str(folder / name)).ReadAsArray() for folder in (whole, killed))
        assert np.array_equal(one, other) and len(np.unique(one)) > 3
    assert sorted(p.name for p in killed.iterdir()) == sorted(p.name for p in whole.iterdir())


FULL_DISK = """
import resource, signal, sys
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/tests/engine", sys.argv[1] + "/tests/engine/classification"]
from test_journal import WINDOWS, classified
from engine.classification import journal
from engine.protocol import EngineError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), -1))
journal._COMMIT_SPACING = 0
try:
    with journal.Journal(sys.argv[2], "", lambda event: None) as kept:
        for window in WINDOWS:
            kept.write(classified(window))
except EngineError as error:
    print(error.code, error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits on file sizes")
@pytest.mark.parametrize("size", [0, 2000, 60_000])
def test_a_full_disk_is_said_and_the_rest_is_kept(size, tmp_path):
    path = str(tmp_path / "map.tif")
    command = [sys.executable, "-c", FULL_DISK, str(ROOT), path, str(size)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("disk_full") and "map.tif.unfinished could not be written" in run.stdout, (
        run.stderr
    )
    with Journal(path, "", lambda event: None) as second:
        kept = list(second.parts())
    assert bool(kept) == (size == 60_000)
    assert all(same(part, classified(part.window)) for part in kept)


OLD_JOURNAL = """
    CREATE TABLE settled (name TEXT PRIMARY KEY, value TEXT);
    CREATE TABLE windows (id INTEGER PRIMARY KEY, x INTEGER, y INTEGER, width INTEGER, height INTEGER,
        checksum INTEGER);
    CREATE TABLE chunks (window INTEGER, layer TEXT, bands INTEGER, data BLOB);
    CREATE INDEX chunks_of ON chunks (window);
    INSERT INTO settled VALUES ('sides', '["/out/c.tif"]'), ('temporary', 'null'), ('budget', 1000000),
        ('models', '["/m/a.safetensors"]'), ('precision of /m/a.safetensors', '"bf16"'),
        ('files', '[["image"], [["image.tif", [1, 2]]]]');
"""
"""What version 0.1.0 has written, but for its fingerprint and windows."""


@pytest.mark.parametrize("same_run", [True, False])
def test_a_journal_of_an_older_version_opens(same_run, journal, tmp_path):
    """It is another run's, since the fingerprint holds the code; its windows could be read all the same."""
    with contextlib.closing(sqlite3.connect(journal_path(tmp_path / "map.tif"))) as database:
        database.executescript(OLD_JOURNAL)
        text = fingerprint({"settings": "as ever" if same_run else "of an older version"})
        database.execute("INSERT INTO settled VALUES ('fingerprint', ?)", (text,))
        database.execute("INSERT INTO windows VALUES (1, 64, 0, 4, 2, 77)")
        for layer, value in (("ids", 2), ("confidence", 90)):
            packed = zlib.compress(bytes([value]) * 8, 1)
            database.execute("INSERT INTO chunks VALUES (1, ?, 0, ?)", (layer, packed))
        database.commit()
    with journal() as opened:
        assert opened.previous("sides") == ["/out/c.tif"] and opened.previous("temporary") is None
        assert opened.get("chosen") is None and opened.finished == (
            {Window(64, 0, 4, 2)} if same_run else set()
        )
        for part in opened.parts():
            assert part.valid_HW.all() and (part.ids_HW == 2).all() and (part.confidence_HW == 90).all()
    assert [said.warning for said in journal.said] == [not same_run]
