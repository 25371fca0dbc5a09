"""Ratios against a stated baseline, measured in pairs in one run. ``make bench`` prints them."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import torch
from sklearn.metrics import confusion_matrix

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import classify  # noqa: E402 (beside this file)
import evaluate  # noqa: E402
import train  # noqa: E402

from engine.metrics import confusion  # noqa: E402

PAIRS = 3


def seconds(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


def pairs(ours: Callable[[], object], baseline: Callable[[], object]) -> tuple[float, float, float]:
    """Medians of both, and of the ratio of each pair: above 1 where ours is faster."""
    both = [(seconds(ours), seconds(baseline)) for _ in range(PAIRS)]
    return median(a for a, _ in both), median(b for _, b in both), median(b / a for a, b in both)


def bench_confusion() -> None:
    rng = np.random.default_rng(0)
    truth, found = (rng.integers(0, 8, (2048, 2048), np.uint8) for _ in range(2))
    ours, theirs, ratio = pairs(
        lambda: confusion.confusion(truth, found, 8),
        lambda: confusion_matrix(truth.ravel(), found.ravel(), labels=range(8)),
    )
    print(
        f"confusion matrix, 4.2 Mpx, 8 classes: {ours:.3f} s, scikit-learn {theirs:.3f} s; ratio {ratio:.0f}"
    )


def main() -> None:
    print(
        f"{platform.processor() or platform.machine()}, {torch.get_num_threads()} threads, torch "
        f"{torch.__version__}"
    )
    bench_confusion()
    train.main([])
    evaluate.main([])
    classify.main([])


if __name__ == "__main__":
    main()
