"""QGIS's layers: made ready for the engine to open, and made of its results; and their styles' classes."""
