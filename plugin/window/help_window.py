"""The help in a window: the tutorial, a page for each algorithm, troubleshooting."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QDialog,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ..text import help_page, tr

_SIZE_PX = (980, 720)
_PATH = Qt.ItemDataRole.UserRole


class HelpWindow(QDialog):  # type: ignore[misc]  # Qt has no types
    """A list of pages at the left, and the chosen page at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Raster Segmenter: help"))
        self.resize(*_SIZE_PX)
        self.pages, self.text = QListWidget(), QTextBrowser()
        self.pages.setAccessibleName(tr("Pages"))
        self.text.setAccessibleName(tr("Page"))
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        for title, name in self._titles().items():
            item = QListWidgetItem(title)
            item.setData(_PATH, str(help_page(name)))
            self.pages.addItem(item)
        self.pages.itemClicked.connect(self._open)
        self.pages.currentItemChanged.connect(lambda item, _before: self._open(item))
        self.back_button = QPushButton(tr("Back"))
        self.back_button.setEnabled(False)
        self.back_button.clicked.connect(self.text.backward)
        self.text.backwardAvailable.connect(self.back_button.setEnabled)
        splitter = QSplitter()
        splitter.addWidget(self.pages)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(splitter)
        layout.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.pages.setCurrentRow(0)

    def _titles(self) -> dict[str, str]:
        algorithms = QgsApplication.processingRegistry().providerById("rastersegmenter").algorithms()
        pages = {
            algorithm.displayName(): algorithm.name()
            for algorithm in algorithms
            if help_page(algorithm.name()).is_file()
        }
        return {
            tr("Tutorial: a first map in ten minutes"): "tutorial",
            **pages,
            tr("Troubleshooting"): "troubleshooting",
        }

    def _follow(self, url: QUrl) -> None:
        """Open links to our pages here, and all others in the browser."""
        if url.isRelative() or url.isLocalFile():
            self._show(self.text.source().resolved(url))
        else:
            QDesktopServices.openUrl(url)

    def _open(self, item: QListWidgetItem) -> None:
        self._show(QUrl.fromLocalFile(item.data(_PATH)))

    def _show(self, url: QUrl) -> None:
        if url != self.text.source():
            self.text.setSource(url)
