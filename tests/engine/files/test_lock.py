"""An output belongs to one run at a time, and to nobody once that run is gone, however it went."""

import itertools
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from engine.classification.journal import Journal
from engine.files import lock
from engine.files.atomic import check_writable
from engine.files.lock import locked
from engine.protocol import EngineError, journal_path, partial_path

ROOT = Path(__file__).parents[3]
HOLDS = """
import sys, time
sys.path.insert(0, sys.argv[1])
from engine.files.lock import locked
with locked(sys.argv[2]):
    print("has it", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def output(tmp_path):
    return str(tmp_path / "Karte [1].tif")


@pytest.fixture
def other_process(output):
    """Another process that has claimed the output."""
    command = [sys.executable, "-c", HOLDS, str(ROOT), output]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "has it\n"
        yield process
        process.kill()


def refused(claim):
    with pytest.raises(EngineError) as caught, claim:
        pytest.fail("the block ran")
    return caught.value


def test_a_claim_leaves_nothing_and_can_be_made_again(output, tmp_path):
    for _ in range(3):
        with locked(output):
            assert len(list(tmp_path.iterdir())) == 1
        assert list(tmp_path.iterdir()) == []


def test_one_run_at_a_time(output, other_process, tmp_path):
    error = refused(locked(output))
    assert error.code == "busy" and output in error.message
    assert refused(Journal(output, "", print)).code == "busy", (
        "the same file as the main output of another run"
    )
    other_process.communicate("go\n")
    with locked(output):
        pass
    assert list(tmp_path.iterdir()) == []


def test_in_one_process_too(output, tmp_path):
    with locked(output):
        assert refused(locked(output)).code == "busy"
        assert refused(locked(output)).code == "busy"
    with Journal(output, "", print):
        assert refused(locked(output)).code == "busy"
    assert list(tmp_path.iterdir()) == []


def test_a_killed_run_locks_nobody_out(output, other_process, tmp_path):
    other_process.kill()
    other_process.wait()
    assert journal_path(output).exists()
    with locked(output):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_of_a_lock_is_no_journal_and_needs_no_warning(output, other_process):
    other_process.kill()
    other_process.wait()
    said = []
    with Journal(output, "", said.append):
        pass
    assert said == [] and not journal_path(output).exists()


def test_the_journal_of_another_run_is_left_alone(output):
    """Its output is about to be replaced, but that it was asked for is no reason to lose a day's work."""
    journal_path(output).write_bytes(b"")
    with pytest.raises(OSError), Journal(output, "", print) as journal:
        journal.store("finished", 1)
        journal.finished.add("a window")
        raise OSError
    content = journal_path(output).read_bytes()
    with locked(output):
        pass
    assert journal_path(output).read_bytes() == content != b""


def test_what_is_no_lock_is_in_the_way(output):
    journal_path(output).write_bytes(b"no database at all" * 100)
    error = refused(locked(output))
    assert error.code == "unwritable" and "unfinished" in error.message
    assert journal_path(output).exists()


def test_a_folder_that_is_not_there_is_said(tmp_path):
    assert refused(locked(str(tmp_path / "nowhere" / "c.tif"))).code == "unwritable"


def connects_as(monkeypatch, answer):
    """SQLite's connections to files for which ``answer`` gives an error's words fail with them at the first
    lock.
    """
    real = sqlite3.connect

    class Connection(sqlite3.Connection):
        words = ""

        def execute(self, text, *values):
            if self.words and text == "BEGIN EXCLUSIVE":
                raise sqlite3.OperationalError(self.words)
            return super().execute(text, *values)

    def connect(path, **options):
        database = real(path, factory=Connection, **options)
        database.words = answer(Path(path))
        return database

    monkeypatch.setattr(sqlite3, "connect", connect)


def test_a_drive_without_locks_is_not_another_run(output, monkeypatch, tmp_path):
    """As NFS without its lock service answers: no lock can be had of any file."""
    connects_as(monkeypatch, lambda path: "database is locked")
    for claim in (locked(output), Journal(output, "", print)):
        error = refused(claim)
        assert error.code == "no_locks" and str(tmp_path) in error.message and "this computer" in error.remedy
    assert [path.name for path in tmp_path.iterdir()] == [journal_path(output).name]


def test_another_run_on_a_drive_with_locks_is_one(output, monkeypatch, tmp_path):
    connects_as(monkeypatch, lambda path: "database is locked" if path == journal_path(output) else "")
    assert refused(locked(output)).code == "busy"
    assert [path.name for path in tmp_path.iterdir()] == [journal_path(output).name]


def test_a_drive_that_numbers_files_anew_each_time_is_refused(output, monkeypatch):
    numbers = itertools.count()
    monkeypatch.setattr(lock, "_file_number", lambda path: next(numbers))
    error = refused(locked(output))
    assert error.code == "unwritable" and "other numbers each time" in error.message


def test_looking_whether_an_output_can_be_written_leaves_the_partial_file_of_another_run(output):
    partial = partial_path(output)
    partial.write_bytes(b"half a map")
    check_writable(output)
    assert partial.read_bytes() == b"half a map" and list(partial.parent.iterdir()) == [partial]
