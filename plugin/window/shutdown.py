"""The clean-up before the provider is removed: its runs end, and dialogs with its algorithms close.

QGIS deletes a provider that is removed, but algorithms in dialogs or tasks still point to it: their next
access to it would crash QGIS.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication, QgsProcessingAlgRunnerTask
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QApplication

from ..engine_client.runs import runs
from ..provider import Provider

_CANCEL_S, _END_S = 10.0, 2.0
"""Seconds that cancelled runs may take to stop, and their tasks to inform their dialogs."""


def close_all(provider: Provider) -> None:
    """Cancel all runs, wait for them, and close everything that could use ``provider`` later.

    Call it in the window's thread.
    """
    dialogs = _dialogs(provider)
    if runs.active:
        runs.cancel()
        _wait(lambda: not runs.active, _CANCEL_S)
        _wait(lambda: not _tasks(), _END_S)
    for dialog in dialogs:
        if not sip.isdeleted(dialog):
            dialog.close()
        if not sip.isdeleted(dialog):
            dialog.deleteLater()


def _dialogs(provider: Provider) -> list[Any]:
    """The dialogs of QGIS's Processing that show one of the provider's algorithms.

    Batches and docked dialogs are among them.
    """
    windows: list[Any] = [
        window for window in QApplication.topLevelWidgets() if callable(getattr(window, "algorithm", None))
    ]
    # Since QGIS 4.2 a dialog may be docked: then it is no window. A search of all widgets could meet one that
    # is half deleted.
    docked = [dialog for dialog in provider.dialogs if not sip.isdeleted(dialog) and not dialog.isWindow()]
    ours = [window for window in windows if window.algorithm() and window.algorithm().provider() == provider]
    return ours + docked


def _tasks() -> list[QgsProcessingAlgRunnerTask]:
    return [
        task
        for task in QgsApplication.taskManager().activeTasks()
        if isinstance(task, QgsProcessingAlgRunnerTask)
    ]


def _wait(until: Callable[[], bool], seconds: float) -> None:
    end_s = time.monotonic() + seconds
    while not until() and time.monotonic() < end_s:
        QApplication.processEvents()
        time.sleep(0.01)
    QApplication.processEvents()
