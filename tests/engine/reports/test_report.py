"""Reports: complete in themselves, escaped, readable, and true to the figures they were given."""

import html.parser
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from engine.core.legend import LegendClass
from engine.evaluation.result import Evaluation
from engine.metrics.confusion import Metrics
from engine.model_files.model_file import Band, ModelCard
from engine.protocol import Epoch, EvaluateJob, TrainJob, parse_job
from engine.reports import html as report
from engine.reports.evaluation import evaluation_html
from engine.reports.training import learning_curves, training_html

ROOT = Path(__file__).parents[3]
CLASSES = (LegendClass(0, "background", (225, 225, 225)), LegendClass(1, '<b>"hut" & co', (213, 94, 0)))
MATRIX = ((900, 100), (50, 150))
VOID = {"meta", "img", "br", "line", "polyline", "circle"}


class Page(html.parser.HTMLParser):
    """Tags with their attributes, visible text, and a check that what is opened is closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.words = [], [], []
        self.feed(text)
        self.close()
        assert not self.open
        self.text = " ".join(" ".join(self.words).split()).replace("\u202f", " ")

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def evaluation(**changes):
    values = {
        "job": EvaluateJob(class_map="/maps/huts <1>.tif", references=("/truth/huts.gpkg",), field="kind"),
        "classes": CLASSES,
        "metrics": Metrics.of(np.array(MATRIX)),
        "without_class_px": 12_345,
        "pixel_size_m": (0.5, 0.5),
        "map_HW": np.zeros((40, 60), np.uint8),
        "reference_HW": np.ones((40, 60), np.uint8),
        "notes": ("Classes compared: all.",),
        "warnings": ("12,345 reference pixels are <left> out.",),
        "versions": {"raster_segmenter": "0.1.0", "numpy": "1.24"},
        "date": "2026-11-20T15:04:05+01:00",
    }
    return Evaluation(**{**values, **changes})


def card(epochs=12, **changes):
    job = TrainJob(
        images=("/data/bild ä.tif",),
        references=("/data/huts.gpkg",),
        model="/out/huts.safetensors",
        minutes=2,
    )
    history = [
        asdict(Epoch(n, 1 / n, 1 / n + 0.1, 1 - 1 / n, 0.9 - 0.9 / n, 0.5, {"background": 0.5}, 1e-3, 3.0))
        for n in range(1, epochs + 1)
    ]
    values = {
        "network": "unet",
        "options": {"width": 32.0, "depth": 4.0},
        "bands": (Band("Red", 110.5, 40.25), Band("", 90.0, 33.0)),
        "dtype": "uint8",
        "pixel_size_m": (0.13, 0.15),
        "classes": CLASSES,
        "job": asdict(job),
        "history": tuple(history),
        "best_epoch": epochs,
        "samples": {c.name: (4000 + i, 1000 + i) for i, c in enumerate(CLASSES)},
        "confusion": MATRIX,
        "versions": {"raster_segmenter": "0.1.0", "torch": "2.13.0"},
    }
    return ModelCard(**{**values, **changes})


@pytest.fixture(params=["evaluation", "training"])
def page_text(request):
    return evaluation_html(evaluation()) if request.param == "evaluation" else training_html(card())


def test_page_is_complete_in_itself(page_text):
    page = Page(page_text)
    assert not re.search(r"https?://|//www|url\(|@import", page_text)
    assert not {"script", "link", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert all(image["src"].startswith("data:image/png;base64,") for image in page.all("img"))
    assert page.all("html")[0]["lang"] == "en" and page.all("meta")[0]["charset"] == "utf-8"


def test_names_are_text_and_never_markup(page_text):
    assert "<b>" not in page_text
    assert CLASSES[1].name in Page(page_text).text


def test_pictures_and_charts_say_what_they_show(page_text):
    page = Page(page_text)
    shown = [image["alt"] for image in page.all("img")] + [svg["aria-label"] for svg in page.all("svg")]
    assert len(shown) in (2, 3) and all(len(text) > 30 for text in shown)
    assert all(table_header.get("scope") for table_header in page.all("th"))


def test_page_shows_the_figures_of_its_matrix(page_text):
    text = Page(page_text).text
    for shown in (
        "87.5 %",
        "90.0 %",
        "75.0 %",
        "60.0 %",
        "1 200",
    ):  # accuracy, both recalls, precision, total
        assert shown in text
    assert f"background mapped as {CLASSES[1].name} (66.7 % of all errors)" in text


def test_evaluation_tells_what_was_compared_and_what_was_not():
    text = Page(evaluation_html(evaluation())).text
    for shown in (
        "huts <1>.tif",
        "/truth/huts.gpkg",
        "kind",
        "12,345 reference pixels are <left> out.",
        "0.5 × 0.5 m",
        "300 m²",
    ):
        assert shown in text
    assert "20 November 2026, 15:04" in text and "agrees with huts.gpkg on 87.5 % of 1 200 pixels" in text


def test_undefined_figures_are_dashes():
    one_class = evaluation(
        metrics=Metrics.of(np.array([[7, 0], [0, 0]])), pixel_size_m=None, warnings=(), without_class_px=0
    )
    text = Page(evaluation_html(one_class)).text
    assert "undefined: see its meaning below" in text and "unknown: the map has no CRS" in text
    assert "kappa nan" not in text and "None" not in text and "Largest confusions" not in text


def test_training_shows_a_job_that_runs_again():
    page_text = training_html(card())
    page = Page(page_text)
    job = parse_job(re.search(r"\{ \"job\": .*? \}", page.text).group())
    assert job.images == ("/data/bild ä.tif",) and job.minutes == 2
    assert "python -m engine train job.json" in page.text
    assert (
        "best: epoch 12" in page.text
        and "36 s" in page.text
        and "width = 32, depth = 4" in page.text
        and "110.5" in page.text
    )


def test_training_of_one_epoch():
    charts = learning_curves(card(epochs=1).history, 1)
    assert [line.name for chart in charts for line in chart.lines] == [
        "training",
        "validation",
        "mean F1",
        "mean IoU",
    ]
    assert "of 1 run" in Page(training_html(card(epochs=1))).text


def test_text_has_contrast():
    """WCAG 2.1, 1.4.3: at least 4.5 : 1 on white, and on the deepest tints of the matrix."""
    css = (ROOT / "engine/reports/templates/report.css").read_text()
    colors = set(re.findall(r"(?<![-\w])color: #([0-9a-f]{6})", css))
    assert len(colors) > 3
    for color in colors:
        assert contrast(rgb(color), (255, 255, 255)) >= 4.5, color
    for right in (True, False):
        *tint, alpha = (float(part) for part in re.findall(r"[\d.]+", report.tint(1.0, right)))
        assert contrast(rgb("2b3442"), tuple(255 + (part - 255) * alpha for part in tint)) >= 4.5


def rgb(text):
    return tuple(int(text[i : i + 2], 16) for i in (0, 2, 4))


def contrast(one, other):
    def luminance(color):
        parts = [c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in color]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (report.percent(0.83141), "83.1 %"),
        (report.percent(None), "–"),
        (report.percent(0.0), "0.0 %"),
        (report.percent(0.0001), "< 0.1 %"),
        (report.count(1_234_567), "1 234 567"),
        (report.duration(0.4567), "0.457 s"),
        (report.duration(59.7), "1 min 0 s"),
        (report.duration(12_000), "3 h 20 min"),
        (report.area(0.03), "300 m²"),
        (report.area(12.3456), "12.35 ha"),
        (report.area(143_502.8), "1 435 km²"),
    ],
)
def test_numbers_read_well(shown, expected):
    assert shown.replace("\u202f", " ") == expected


@pytest.mark.slow
def test_reports_need_no_torch():
    check = "import sys, engine.reports.html; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=False).returncode == 0
