"""The gates see what they are there for, and nothing in the plugin is hidden from them without a reason."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / ".venv-gates" / "bin" / "python"
CLEAN = '"""A module."""\n'
PLANTED = {
    "checked.py": (CLEAN + "assert __name__\n", "bandit", "checked.py:2 B101"),
    "torn.py": ("def broken(:\n", "bandit", "torn.py syntax error"),
    "key.txt": ("-----BEGIN RSA PRIVATE KEY-----\n", "detect_secrets", "key.txt:1 Private Key"),
    "unused.py": (CLEAN + "import json\n", "flake8", "unused.py:2:1: F401"),
    "long.py": (f"{CLEAN}text = '{'x' * 130}'\n", "flake8", "long.py:2:111: E501"),
}
SUPPRESSED = re.compile(r"# nosec.*|pragma: allowlist.*|# noqa(?!: [A-Z]+\d).*|flake8[:=].*")
WITH_REASON = re.compile(r"# nosec B\d{3}(, B\d{3})* \(.+\)|pragma: allowlist nextline secret \(.+\)")
OF_ONE = re.compile(r"# nosec B\d{3}(, B\d{3})*")


def told(folder: Path, files: dict[str, str]) -> tuple[int, dict[str, str]]:
    """Exit status of the gates over a zip of ``files``, and what each check said."""
    if not PYTHON.exists():
        pytest.skip("the checkers are not installed: `make gates` installs them into .venv-gates")
    with zipfile.ZipFile(folder / "plugin.zip", "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    command = [PYTHON, ROOT / "tests" / "gates.py", folder / "plugin.zip"]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return run.returncode, dict(re.findall(r"^(\w+): (\d+ finding.*(?:\n  .*)*)", run.stdout, re.MULTILINE))


def test_what_is_sound_passes(tmp_path):
    nothing = "0 finding(s)"
    assert told(tmp_path, {"sound.py": CLEAN}) == (
        0,
        {"bandit": nothing, "detect_secrets": nothing, "flake8": nothing},
    )


def test_what_is_planted_is_found(tmp_path):
    status, said = told(tmp_path, {name: text for name, (text, _, _) in PLANTED.items()})
    assert status == 1
    for _, check, finding in PLANTED.values():
        assert finding in said[check]


def test_each_suppression_is_of_one_finding_and_has_its_reason():
    """In brackets behind it, or as a comment on the line above."""
    suppressed, without_reason = 0, []
    for folder in ("engine", "plugin", "resources", "i18n"):
        for path in (ROOT / folder).rglob("*.py"):
            lines = path.read_text(encoding="utf-8").splitlines()
            for above, line in zip(["", *lines], lines):
                if found := SUPPRESSED.search(line):
                    suppressed += 1
                    below_a_comment = OF_ONE.fullmatch(found[0]) and above.lstrip().startswith("# ")
                    if not WITH_REASON.fullmatch(found[0]) and not below_a_comment:
                        without_reason.append((path, line))
    assert suppressed > 5 and without_reason == []


def test_no_check_is_switched_off_by_a_file():
    files = (".bandit", ".flake8", "setup.cfg", "tox.ini", ".secrets.baseline")
    assert [name for name in files if (ROOT / name).exists()] == []
    assert "[tool.bandit" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
