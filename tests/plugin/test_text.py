"""Translations, help pages and icons."""

import os
import re
import shutil
import string
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from qgis.core import QgsApplication, QgsProcessingException, QgsProcessingFeedback
from qgis.PyQt.QtCore import QLocale
from raster_segmenter.engine.protocol import EngineError, message
from raster_segmenter.plugin import text

from .conftest import ROOT

sys.path.insert(0, str(ROOT / "i18n"))
import update

sys.path.remove(str(ROOT / "i18n"))

LANGUAGES = sorted((ROOT / "i18n").glob("*.ts"))
FRENCH = ROOT / "i18n" / "raster_segmenter_fr.ts"
PAGES = sorted((ROOT / "resources" / "help").glob("*.md"))
GUIDES = ("tutorial", "troubleshooting")
"""Pages that are no algorithm's."""
OF_ALGORITHMS = [page for page in PAGES if page.name.split(".")[0] not in GUIDES]


@pytest.fixture
def in_french(monkeypatch):
    monkeypatch.setattr(text.QgsApplication, "locale", lambda: "fr_CA")


def test_contexts_agree():
    assert text.CONTEXT == update.CONTEXT


def test_languages():
    assert [file.stem for file in LANGUAGES] == [
        f"raster_segmenter_{language}" for language in ("de", "es", "fr")
    ]


FOR_A_RELEASE = pytest.mark.skipif(
    "PACKAGE" not in os.environ, reason="translations are complete in a release: make release"
)
"""What is not translated yet is shown in English meanwhile."""


@FOR_A_RELEASE
@pytest.mark.parametrize("file", LANGUAGES, ids=lambda file: file.stem)
def test_each_language_is_complete(file):
    texts = set(update.texts(ROOT))
    translated = update.translations(file)
    assert len(texts) > 60 and set(translated) == texts, "run i18n/update.py"
    missing = [source for source, target in translated.items() if not target]
    assert missing == [], f"{len(missing)} texts to translate"


@pytest.mark.parametrize("file", LANGUAGES, ids=lambda file: file.stem)
def test_placeholders_survive_translation(file):
    def placeholders(words):
        return sorted(f"{name}:{form}" for _, name, form, _ in string.Formatter().parse(words) if name)

    for source, target in update.translations(file).items():
        assert placeholders(source) == placeholders(target) or not target, source


def test_update_keeps_what_is_translated(tmp_path):
    file = tmp_path / "raster_segmenter_fr.ts"
    update.write(file, ["a & b", "new"], {"a & b": "a et <b>", "gone": "parti"})
    assert update.translations(file) == {"a & b": "a et <b>", "new": ""}
    assert [m.find("translation").get("type") for m in ET.parse(file).iter("message")] == [None, "unfinished"]


@pytest.fixture
def translated_by(interpreter, in_french, tmp_path, monkeypatch):
    """Starts the plugin in French with a translation file, compiled as for a package."""
    import raster_segmenter

    lrelease = shutil.which("lrelease")
    if lrelease is None:
        pytest.skip("lrelease is not installed")
    plugin = raster_segmenter.classFactory(None)

    def start(source):
        (tmp_path / "i18n").mkdir()
        compiled = tmp_path / "i18n" / "raster_segmenter_fr.qm"
        subprocess.run([lrelease, "-silent", str(source), "-qm", str(compiled)], check=True)
        with monkeypatch.context() as packaged:
            packaged.setattr(interpreter, "ROOT", tmp_path)
            plugin.initProcessing()
        return plugin

    yield start
    plugin.unload()


def test_translation_comes_and_goes_with_the_plugin(translated_by):
    """Found for the locale fr_CA, and gone after unload."""
    plugin = translated_by(FRENCH)
    assert plugin._provider.algorithm("classify").displayName() == "Classer un raster"
    plugin.unload()
    assert text.tr("Classify raster") == "Classify raster"


@pytest.fixture
def in_words_of(translated_by, tmp_path):
    """Starts the plugin with this dictionary as its French."""

    def start(words):
        update.write(tmp_path / "raster_segmenter_fr.ts", list(words), words)
        translated_by(tmp_path / "raster_segmenter_fr.ts")

    return start


def test_a_french_user_reads_log_and_error_of_the_engine_in_french(in_words_of):
    """A real engine process. Each sentence is translated by its template."""
    from raster_segmenter.engine.protocol import CheckJob
    from raster_segmenter.plugin.engine_client.run_job import run_job

    in_words_of(
        {
            "Starting the engine.": "Démarrage du moteur.",
            "This PyTorch finds no Apple GPU (Metal).": "Ce PyTorch ne trouve aucun GPU d’Apple (Metal).",
            "Set the device to auto or cpu.": "Choisissez l’appareil auto ou cpu.",
        }
    )
    feedback = QgsProcessingFeedback()
    with pytest.raises(QgsProcessingException) as error:
        run_job(CheckJob("mps", only_device=True), feedback)
    assert "Démarrage du moteur." in feedback.textLog()
    assert str(error.value) == (
        "Ce PyTorch ne trouve aucun GPU d’Apple (Metal).\nChoisissez l’appareil auto ou cpu."
    )


def test_an_error_of_the_plugin_is_in_french_with_its_values(in_words_of, interpreter, monkeypatch, tmp_path):
    in_words_of(
        {
            "The engine's Python {path}, named in {source}, does not exist.": "Sans {path}, voir {source}.",
            "the environment variable {name}": "la variable {name}",
            "Correct it there.": "Corrigez-la.",
        }
    )
    monkeypatch.setenv(interpreter.SETTING, str(tmp_path / "none"))
    with pytest.raises(EngineError) as error:
        interpreter.find()
    assert text.error_text(error.value).startswith(
        f"Sans {tmp_path / 'none'}, voir la variable {interpreter.SETTING}. Corrigez-la. Run this"
    )
    assert str(error.value).startswith("The engine's Python"), "English is what programs see"


def test_a_translation_that_does_not_fit_is_passed_over(in_words_of):
    in_words_of({"{n:,} are left.": "{nombre} restent.", "{m} are left.": "{m:,} restent.", "px": "pixels"})
    assert text.translated(message("{n:,} are left.", n=1200)) == "1,200 are left."
    assert text.translated(message("{m} are left.", m="Two")) == "Two are left."
    assert text.translated("px") == "pixels" and text.translated("{n:,} are right.") == "{n:,} are right."


@pytest.mark.parametrize(
    ("language", "number"), [("en_US", "1,234.5"), ("de_DE", "1.234,5"), ("fr_FR", "1 234,5")]
)
def test_numbers_have_the_separators_of_qgis(language, number):
    QLocale.setDefault(QLocale(language))
    try:
        sentence = text.translated(message("{n:,.1f} ha of {path}", n=1234.5, path="1,5.tif"))
    finally:
        QLocale.setDefault(QLocale.c())
    assert re.sub(r"\s", " ", sentence) == f"{number} ha of 1,5.tif"


@FOR_A_RELEASE
@pytest.mark.parametrize("page", OF_ALGORITHMS, ids=lambda page: page.name)
def test_pages_of_all_languages_explain_the_same(page):
    def names(path):
        return re.findall(r"^- `([A-Z_]+)` ", path.read_text(encoding="utf-8"), re.MULTILINE)

    assert names(page) == names(page.with_name(page.name.split(".")[0] + ".md")) != []


def _emphasised(page):
    """What a page writes in italics, as it does with what the window says; steps of a path one by one."""
    found = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", page.read_text(encoding="utf-8"))
    return {_plain(step) for words in found for step in words.split(" > ")}


def _plain(words):
    return words.replace("’", "'")


def _begins(text, words):
    return re.match(re.escape(words) + r"(?![\w'])", _plain(text)) is not None


@pytest.mark.parametrize("file", LANGUAGES, ids=lambda file: file.stem)
@pytest.mark.parametrize("guide", GUIDES)
def test_guides_call_things_as_the_window_does(guide, file):
    """Each text of the window that the English page names, or how it begins, is named as translated."""
    english = ROOT / "resources" / "help" / f"{guide}.md"
    translated = _emphasised(english.with_suffix(f".{file.stem.rsplit('_', 1)[1]}.md"))
    texts = {
        source: target for source, target in update.translations(file).items() if "{" not in source
    }  # not messages
    missing = []
    for words in _emphasised(english):
        named = (
            [texts[words]]
            if words in texts
            else [target for source, target in texts.items() if _begins(source, words)]
        )
        if named and not any(_begins(target, theirs) for target in named for theirs in translated):
            missing.append((words, named))
    assert missing == []


def test_page_in_the_users_language(qgis_app, in_french):
    assert QgsApplication.locale() == "fr_CA"
    assert text.help_page("train").name == "train.fr.md"
    assert text.parameter_help("train")["SEED"].startswith("La même graine")


def test_a_parameter_that_is_not_translated_is_explained_in_english(
    qgis_app, in_french, tmp_path, monkeypatch
):
    (tmp_path / "help").mkdir()
    (tmp_path / "help" / "x.md").write_text("# X\n\n- `OLD` old\n- `NEW` is new\n")
    (tmp_path / "help" / "x.fr.md").write_text("# X\n\n- `OLD` vieux\n")
    monkeypatch.setattr(text, "RESOURCES", tmp_path)
    assert text.parameter_help("x") == {"OLD": "vieux", "NEW": "is new"}


def test_page_in_a_language_without_one(qgis_app, monkeypatch):
    monkeypatch.setattr(text.QgsApplication, "locale", lambda: "fi")
    assert text.help_page("train").name == "train.md"


def test_page_becomes_html(monkeypatch):
    page = "# Title\n\nOne <two>\nthree **four**.\n\n## Head\n\n- `NAME` is `x` & y\n- **z**: last\n\nEnd."
    monkeypatch.setattr(text, "_lines", lambda path: page.splitlines())
    assert text.help_text("any", {"NAME": "Label"}).splitlines() == [
        "<p>One &lt;two&gt; three <b>four</b>.</p>",
        "<h3>Head</h3>",
        "<ul><li><b>Label</b>: is <code>x</code> &amp; y</li><li><b>z</b>: last</li></ul>",
        "<p>End.</p>",
    ]
    assert text.parameter_help("any") == {"NAME": "is x & y"}


@pytest.mark.parametrize(
    "name", ["raster_segmenter", *sorted({page.name.split(".")[0] for page in OF_ALGORITHMS})]
)
def test_icon_is_drawn(qgis_app, name):
    picture = text.icon(name).pixmap(24, 24).toImage()
    colours = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    assert picture.width() == 24 and len(colours) > 5
