"""`docs/papers.md` says what the engine says, and its jobs are jobs; links of all pages lead somewhere."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import runpy
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.protocol import choices, parse_job

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "papers.md").read_text(encoding="utf-8")
PUBLISHED = {name: entry.published for name, entry in choices("models").items() if entry.published}


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.slow
def test_tables_are_those_that_the_script_writes():
    spec = importlib.util.spec_from_file_location("papers", ROOT / "docs" / "papers.py")
    papers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(papers)
    assert papers.written(PAGE) == PAGE, "run: python docs/papers.py"


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_page_has_the_paper_of_each_network_that_is_published(name):
    rows = [line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |")]
    assert len(rows) == 3, (
        f"name {name} above a table of geometry, of settings and of results in docs/papers.md"
    )
    assert re.split(", IGARSS|, MIWAI|, poster", PUBLISHED[name].source)[0] in PAGE


def test_every_job_on_the_page_is_a_job():
    kinds = {"images": "train", "image": "classify", "class_map": "evaluate"}
    jobs = [json.loads(block) for block in blocks("json")]
    parsed = [
        parse_job(json.dumps({"job": next(kinds[key] for key in kinds if key in job), **job})) for job in jobs
    ]
    assert {job.kind for job in parsed} == set(kinds.values())


def test_the_recipe_turns_colours_into_classes(tmp_path, monkeypatch):
    gdal = pytest.importorskip("osgeo.gdal")
    colours = [
        (255, 255, 255),
        (0, 0, 255),
        (0, 255, 255),
        (0, 255, 0),
        (255, 255, 0),
        (255, 0, 0),
        (0, 0, 0),
    ]
    for folder, name in (("top", "area1"), ("gts", "area1_noBoundary")):
        (tmp_path / folder).mkdir()
        tile = gdal.GetDriverByName("GTiff").Create(str(tmp_path / folder / f"{name}.tif"), 7, 2, 3)
        tile.WriteArray(np.array(colours, np.uint8).T[:, None].repeat(2, 1))
        if folder == "top":
            tile.SetGeoTransform((497_000, 0.09, 0, 5_420_000, 0, -0.09))
        tile = None
    (tmp_path / "prepare.py").write_text(blocks("python")[0], encoding="utf-8")
    monkeypatch.setattr(
        sys, "argv", ["prepare.py", *(str(tmp_path / folder) for folder in ("top", "gts", "tiles"))]
    )
    runpy.run_path(str(tmp_path / "prepare.py"), run_name="__main__")
    image, labels = (gdal.Open(str(tmp_path / "tiles" / f"area1{end}")) for end in (".vrt", "_labels.tif"))
    assert labels.ReadAsArray().tolist() == 2 * [[1, 2, 3, 4, 5, 6, 0]]
    assert (labels.GetGeoTransform(), labels.GetProjection()) == (
        image.GetGeoTransform(),
        image.GetProjection(),
    )


FOLDERS = (ROOT, ROOT / "docs", ROOT / "resources" / "help")
PAGES = sorted(page for folder in FOLDERS for page in folder.glob("*.md") if page.name != "CHANGELOG.md")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_pictures_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    missing = [target for target in LINK.findall(text) if not (page.parent / target).exists()]
    assert not missing
    assert not re.findall(r"!\[\s*\]", text), "a picture without a text that says what it shows"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_of_the_code_that_are_named_are_there(page):
    named = re.findall(
        r"`((?:engine|plugin|tests|resources|i18n|docs)/[\w./-]+\.\w+)`", page.read_text(encoding="utf-8")
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_translated_pages_are_built_as_the_english_one(page):
    """A translation may lack items of a list, such as a new parameter's, until a release."""
    name, *language = page.stem.split(".")
    if language:

        def shape(path: Path) -> tuple[int, int, set[str]]:
            text = path.read_text(encoding="utf-8")
            targets = {target.replace(f".{language[0]}.", ".") for target in LINK.findall(text)}
            return len(re.findall(r"^#+ ", text, re.M)), len(re.findall(r"^- ", text, re.M)), targets

        here, english = shape(page), shape(page.with_name(f"{name}.md"))
        if "PACKAGE" in os.environ:
            assert here == english
        assert here[0] == english[0] and here[1] <= english[1] and here[2] <= english[2]


def test_the_index_leads_to_every_page():
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / target).resolve() for target in LINK.findall(index.read_text(encoding="utf-8"))}
    english = {page for page in PAGES if "." not in page.stem and page.name != "README.md"}
    assert english - linked == set()


@pytest.mark.parametrize("page", [page for page in PAGES if "." in page.stem], ids=lambda page: page.name)
def test_translated_pages_lead_to_translated_pages(page):
    """Where there are such; an English page only where there is no other."""
    language = page.stem.split(".")[1]
    targets = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if target.endswith(".md")]
    assert [
        target for target in targets if (page.parent / target).with_suffix(f".{language}.md").exists()
    ] == []
