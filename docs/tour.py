"""A user's way through QGIS, with a picture at each stop. ``make_pictures.py`` runs it inside QGIS."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget
from qgis.utils import iface, plugins

ROOT, PHOTOS = Path(os.environ["RASTER_SEGMENTER_ROOT"]), Path(os.environ["RASTER_SEGMENTER_PHOTOS"])
OUT, HELP = ROOT / "docs" / "images", ROOT / "resources" / "help" / "images"
IMAGE_PX = 3_145_728
Wait = Callable[[], Any]


class Tour:
    """The user: waits, looks, presses. ``steps`` yields what to wait for, or seconds."""

    def __init__(self) -> None:
        self.iface, self.window, self.canvas = iface, iface.mainWindow(), iface.mapCanvas()
        self._timer, self._left_ms, self._until = QTimer(), 0, None
        self._timer.timeout.connect(self._tick)
        self._steps = self.steps()

    def begin(self) -> None:
        self._timer.start(50)

    def _tick(self) -> None:
        self._left_ms -= 50
        if self._until is not None and not self._until() and self._left_ms > 0:
            return
        if self._until is None and self._left_ms > 0:
            return
        if self._until is not None and self._left_ms <= 0:
            self.fail(f"waited in vain: {self._until}")
        try:
            wish = next(self._steps)
        except StopIteration:
            self._timer.stop()
            os._exit(0)
        except Exception:
            self.fail(traceback.format_exc())
        self._until, self._left_ms = (wish, 180_000) if callable(wish) else (None, int(wish * 1000))

    def fail(self, why: str) -> None:
        print(why, file=sys.stderr, flush=True)
        os._exit(1)

    def photo(self, folder: Path, name: str) -> None:
        folder.mkdir(exist_ok=True)
        assert QApplication.primaryScreen().grabWindow(0).save(str(folder / name), quality=100), name
        with PHOTOS.open("a", encoding="utf-8") as photos:
            photos.write(f"{folder / name}\n")

    def dialog(self) -> Any:
        """The algorithm's dialog that is open."""
        found = [w for w in QApplication.topLevelWidgets() if w.isVisible() and hasattr(w, "runAlgorithm")]
        return found[0] if found else None

    def press(self, name: str) -> None:
        """An entry of the toolbar; what it opens may be modal, so it is pressed in a moment."""
        QTimer.singleShot(0, self.window.findChild(QAction, f"raster_segmenter_{name}").trigger)

    def run_in(self, dialog: Any, place: tuple[int, int, int, int]) -> None:
        dialog.setGeometry(*place)
        dialog.runAlgorithm()

    def shown(self) -> Any:
        """The panel and overlay of the run that is under way; None if there is none."""
        controller = plugins["raster_segmenter"]._window[0]
        return next((shown for shown in controller._shown.values() if shown.overlay), None)

    def share_done(self) -> float:
        shown = self.shown()
        picture = shown.overlay._pictures.get(0) if shown else None
        return sum(w * h for *_, w, h in picture._counts) / IMAGE_PX if picture else 0.0

    def hide(self, dock: str) -> None:
        for found in self.window.findChildren(QDockWidget):
            if dock in (found.objectName(), type(found).__name__):
                found.hide()

    def layer(self, name: str) -> Any:
        return QgsProject.instance().mapLayersByName(name)[0]

    def steps(self) -> Iterator[float | Wait]:
        self.window.setGeometry(0, 0, 1440, 900)
        self.iface.messageBar().clearWidgets()
        self.hide("Browser")
        yield 2
        yield from self.demo()
        yield from self.evaluate()
        yield from self.train()

    def demo(self) -> Iterator[float | Wait]:
        self.press("demo")
        yield self.dialog
        dialog = self.dialog()
        dialog.setGeometry(560, 270, 880, 630)
        yield 4
        self.photo(HELP, "tutorial_demo.jpg")
        self.iface.messageBar().clearWidgets()
        dialog.mainWidget().setParameters({"TILE_PX": 256, "AUGMENT": True})
        self.run_in(dialog, (900, 560, 540, 340))
        yield lambda: self.share_done() > 0.25
        self.photo(OUT, "canvas_classify_begun.jpg")
        yield lambda: self.share_done() > 0.55
        self.photo(HELP, "tutorial_classify.jpg")
        extent = self.canvas.extent()
        closer = self.canvas.extent()
        closer.scale(0.4)
        self.canvas.setExtent(closer)
        self.canvas.refresh()
        yield 1
        self.photo(OUT, "canvas_classify_panned.jpg")
        yield lambda: self.shown() is None
        self.canvas.setExtent(extent)
        self.canvas.refresh()
        dialog.close()
        yield 3
        self.photo(OUT, "canvas_classify_done.jpg")

    def evaluate(self) -> Iterator[float | Wait]:
        self.press("evaluate")
        yield self.dialog
        dialog = self.dialog()
        values = {
            "INPUT": self.layer("Class map").id(), "REFERENCE": [self.layer("Buildings").id()],
            "UNLABELLED": 1,
            "AREA": self.layer("Test area").id(), "REPORT": f"{PHOTOS.parent}/evaluation.html",
        }  # fmt: skip
        dialog.mainWidget().setParameters(values)
        self.run_in(dialog, (560, 270, 880, 630))
        yield lambda: not dialog.cancelButton().isEnabled()
        yield 2
        self.photo(HELP, "tutorial_evaluate.jpg")
        dialog.close()
        self.hide("ResultsDock")
        yield 1

    def train(self) -> Iterator[float | Wait]:
        QgsProject.instance().layerTreeRoot().findLayer(self.layer("Class map")).setItemVisibilityChecked(
            False
        )
        self.press("train")
        yield self.dialog
        dialog = self.dialog()
        values = {
            "INPUT": [self.layer("Banepa, aerial image").id()],
            "REFERENCE": [self.layer("Buildings").id()], "UNLABELLED": 1,
            "MINUTES": 2, "AREA": self.layer("Training area").id(), "OPTIONS": "width=8", "PATCH_PX": 128,
            "MODEL": f"{PHOTOS.parent}/own.safetensors",
        }  # fmt: skip
        dialog.mainWidget().setParameters(values)
        dialog.setGeometry(560, 180, 880, 720)
        yield 2
        self.photo(OUT, "train_dialog.png")
        self.run_in(dialog, (900, 560, 540, 340))
        yield self.shown
        yield 75
        self.photo(HELP, "tutorial_train.jpg")
        dialog.cancelButton().click()
        yield lambda: self.shown() is None
        yield 2
        self.photo(OUT, "canvas_train_cancelled.jpg")


tour = Tour()
tour.begin()
