"""Files beside the pixels: outputs that appear whole, locks, fingerprints, downloads, QGIS's styles and
metadata.
"""
