"""The demo's baseline: a random forest that sees single pixels, trained where the network is trained.

usage: python -m resources.demo.random_forest TRAINING_IMAGE REFERENCE IMAGE CLASS_MAP
(in the repository's root and the engine's interpreter; run.py calls it)
"""

from __future__ import annotations

import sys

import numpy as np
from sklearn.ensemble import RandomForestClassifier

from engine import labels, raster
from engine.core import windows

PIXELS = 200_000
TREES = 100


def main(training_image: str, reference: str, image: str, class_map: str) -> None:
    rng = np.random.default_rng(0)
    with raster.RasterFile.open(training_image) as source:
        image_CHW, valid_HW = source.read(source.grid.window)
        options = labels.ReferenceOptions(unlabelled="background")
        with labels.rasterize([reference], source.grid, options, emit=lambda event: None) as truth:
            ids_HW, classes = truth.read(source.grid.window), truth.classes
    chosen = rng.choice(np.flatnonzero(valid_HW & (ids_HW != 255)), PIXELS, replace=False)
    forest = RandomForestClassifier(TREES, min_samples_leaf=5, n_jobs=-1, random_state=0)
    forest.fit(image_CHW.reshape(len(image_CHW), -1)[:, chosen].T, ids_HW.ravel()[chosen])
    values = np.array([c.value for c in classes], np.uint8)
    with (
        raster.RasterFile.open(image) as source,
        raster.ClassMapWriter(class_map, source.grid, classes) as writer,
    ):
        for window in windows.cover(source.grid.width, source.grid.height, 512):
            image_CHW, _ = source.read(window)
            ids = forest.predict(image_CHW.reshape(len(image_CHW), -1).T)
            writer.write_codes(window, values[ids].reshape(window.height, window.width))


if __name__ == "__main__":
    main(*sys.argv[1:])
