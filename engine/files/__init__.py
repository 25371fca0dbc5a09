"""Output files, written completely or not at all; locks, fingerprints, downloads, and QGIS's side files.

Side files are the layer styles (``.qml``) and the layer metadata (``.qmd``) that QGIS reads beside a raster.
"""
