"""Rasters, read and written window by window. The only package, with `engine.labels`, that knows GDAL, and lazily."""

from .class_map import ClassMapWriter, read_classes
from .grid import Grid
from .library import gdal_version
from .source import ArraySource, RasterFile, Source
from .stack import Stack, open_stack

__all__ = [
    "ArraySource",
    "ClassMapWriter",
    "Grid",
    "RasterFile",
    "Source",
    "Stack",
    "gdal_version",
    "open_stack",
    "read_classes",
]
