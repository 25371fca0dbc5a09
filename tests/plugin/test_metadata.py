"""What the plugin says of itself, and what a package of it holds."""

import configparser
import re
import subprocess
import sys

import pytest

from .conftest import ROOT

sys.path.insert(0, str(ROOT / "tests"))
import changelog


@pytest.fixture(scope="module")
def metadata():
    """As QGIS reads it, interpolation included."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    return dict(parser["general"])


@pytest.fixture(scope="module")
def packaged():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "pb_tool.cfg", encoding="utf-8")
    files = parser["files"]
    return {key: files[key].split() for key in files}


def test_metadata_is_complete(metadata):
    keys = (
        "name", "description", "about", "version", "qgisMinimumVersion", "qgisMaximumVersion",
        "supportsQt6", "author", "email",
        "hasProcessingProvider", "homepage", "repository", "tracker", "category", "icon", "tags",
        "license", "changelog",
    )  # fmt: skip
    assert all(metadata.get(key.lower()) for key in keys)
    assert (metadata["name"], metadata["hasprocessingprovider"], metadata["supportsqt6"]) == (
        "Raster Segmenter",
        "yes",
        "True",
    )
    assert (metadata["qgisminimumversion"], metadata["qgismaximumversion"]) == ("3.22", "4.99")
    assert (ROOT / metadata["icon"]).is_file()


def test_one_version_everywhere(metadata):
    project = configparser.ConfigParser(interpolation=None)
    project.read_string((ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[tool.", maxsplit=1)[0])
    assert project["project"]["version"].strip('"') == metadata["version"]
    assert f'__version__ = "{metadata["version"]}"' in (ROOT / "engine" / "__init__.py").read_text(
        encoding="utf-8"
    )
    assert changelog.newest()[0] == metadata["version"]


def test_metadata_tells_the_newest_section_of_the_changelog(metadata):
    assert metadata["changelog"] == changelog.newest()[1], "python tests/changelog.py writes it"


def test_the_changelog_is_short_and_in_order():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    titles = re.findall(r"^## (.*)$", text, re.MULTILINE)
    dates = [title.split(" - ")[1] for title in titles[1:]]
    assert titles[0] == "Unreleased" and dates == sorted(dates, reverse=True)
    assert set(re.findall(r"^### (.*)$", text, re.MULTILINE)) <= {
        "Added",
        "Changed",
        "Deprecated",
        "Removed",
        "Fixed",
        "Security",
    }
    items = re.findall(r"^- .*(?:\n  .*)*", text, re.MULTILINE)
    assert len(items) > 10 and max(map(len, items)) < 400


def test_all_that_the_package_lists_exists(packaged):
    missing = [
        name for key in ("python_files", "extras") for name in packaged[key] if not (ROOT / name).is_file()
    ]
    missing += [name for name in packaged["extra_dirs"] if not (ROOT / name).is_dir()]
    missing += [name for name in packaged["locales"] if not (ROOT / "i18n" / f"{name}.ts").is_file()]
    assert missing == []


def test_the_package_holds_all_that_the_plugin_needs(packaged):
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so nothing says what belongs to the plugin")
    needed = ["__init__.py", "metadata.txt", "LICENSE", "plugin", "engine", "resources", "i18n"]
    tracked = subprocess.run(
        ["git", "ls-files", "--", *needed], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout.splitlines()
    assert len(tracked) > 50
    single = packaged["python_files"] + packaged["extras"]
    folders = tuple(f"{name}/" for name in packaged["extra_dirs"])
    assert [name for name in tracked if name not in single and not name.startswith(folders)] == []
    assert {path.stem for path in (ROOT / "i18n").glob("*.ts")} == set(packaged["locales"])
