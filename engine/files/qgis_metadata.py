"""The provenance of a result as QGIS layer metadata: beside a raster (``.qmd``) or inside a GeoPackage."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree  # nosec B405 (writes XML, and reads none)

from ..core.legend import LegendClass
from .qgis_style import printable, write_ours

_SECRET = re.compile(
    r"(?<=//)[^/@\s]*@|\?.*|"
    r"\b(?:password|token|user|authcfg)=(?:'[^']*'|\"[^\"]*\"|\S+)|<UserPwd>.*?</UserPwd>",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class UsedModel:
    """A model that a result was made with.

    ``training`` is a description; ``accuracy`` has figures from 0 to 1 by name, None where undefined.
    """

    path: str
    sha256: str
    network: str
    training: str
    accuracy: Mapping[str, float | None]


@dataclass(frozen=True)
class Provenance:
    """The provenance of all results of a run: ``images`` as GDAL opens them, ``date`` in ISO 8601."""

    images: tuple[str, ...]
    models: tuple[UsedModel, ...]
    classes: tuple[LegendClass, ...]
    settings: Mapping[str, str]
    device: str
    versions: Mapping[str, str]
    date: str

    @property
    def history(self) -> tuple[str, ...]:
        """The lines that say how a result was made: images, models, settings and accuracy."""
        return (
            *(f"Image: {source_name(image)}" for image in self.images),
            *(
                f"Model: {source_name(m.path)} (SHA-256 {m.sha256}): {m.network}; {m.training}"
                for m in self.models
            ),
            f"Settings: {'; '.join(f'{name} {value}' for name, value in self.settings.items())}",
            f"Device: {self.device}",
            f"Engine: {', '.join(f'{name} {version}' for name, version in self.versions.items())}",
            f"Made: {self.date}",
            *map(_accuracy, self.models),
        )


def source_name(source: str) -> str:
    """A file's absolute path; another source's name without user names, passwords and signed queries."""
    return os.path.abspath(source) if os.path.exists(source) else _SECRET.sub("", source)


def _accuracy(model: UsedModel) -> str:
    figures = ", ".join(
        f"{name} {'unknown' if v is None else f'{v:.1%}'}" for name, v in model.accuracy.items()
    )
    kept_apart = "Accuracy in validation (part of the training data kept apart)"
    return f"{kept_apart}: {figures or 'the model file has no record of it'}; model {Path(model.path).name}"


def metadata(
    provenance: Provenance, path: str, meaning: str, crs_wkt: str, box: tuple[float, float, float, float]
) -> ElementTree.Element:
    """The metadata of the result at ``path``, whose values have that ``meaning``, for QGIS 3.22 or newer.

    ``box`` is xmin, ymin, xmax, ymax in the CRS, which may be "" for none.
    """
    title, classes = Path(path).stem, ", ".join(f"{c.value} {c.name}" for c in provenance.classes)
    root = ElementTree.Element("qgis", version="3.22.0")
    for tag, text in (
        ("identifier", Path(path).absolute().as_uri()), ("language", "ENG"), ("type", "dataset"),
        ("title", title),
        ("abstract", f"{meaning}. Classes: {classes}."),
    ):  # fmt: skip
        _add(root, tag, text)
    for vocabulary, words in (
        ("Classes", [c.name for c in provenance.classes]),
        ("Software", ["Raster Segmenter"]),
    ):
        keywords = ElementTree.SubElement(root, "keywords", vocabulary=vocabulary)
        for word in words:
            _add(keywords, "keyword", word)
    for line in provenance.history:
        _add(root, "history", line)
    if crs_wkt:
        _add(ElementTree.SubElement(ElementTree.SubElement(root, "crs"), "spatialrefsys"), "wkt", crs_wkt)
    sides = {side: repr(float(value)) for side, value in zip(("minx", "miny", "maxx", "maxy"), box)}
    crs = printable(f"WKT:{crs_wkt}") if crs_wkt else ""
    extent = ElementTree.SubElement(root, "extent")
    ElementTree.SubElement(
        extent, "spatial", {**sides, "minz": "0", "maxz": "0", "dimensions": "2", "crs": crs}
    )
    return root


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = printable(text)


def write_qmd(path: Path, root: ElementTree.Element) -> None:
    """Write a result's `metadata` as the file that QGIS looks for beside it."""
    write_ours(path, root, "metadata")
