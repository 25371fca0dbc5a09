"""Rasters, read and written window by window.

Only this package and `engine.labels` import GDAL, and they do so when they first need it.
"""

from .array_source import ArraySource
from .class_map import ClassMapWriter, read_classes
from .gdal import gdal_version
from .grid import Grid
from .image import begin_image, wkt_of
from .percent_map import ConfidenceWriter, ProbabilityWriter
from .pixel_area import row_areas_m2
from .polygons import require_areas, write_polygons
from .source import RasterFile, Source
from .stack import Stack, open_stack
from .tiff_writer import TiffWriter

__all__ = [
    "ArraySource",
    "ClassMapWriter",
    "ConfidenceWriter",
    "Grid",
    "ProbabilityWriter",
    "RasterFile",
    "Source",
    "Stack",
    "TiffWriter",
    "begin_image",
    "gdal_version",
    "open_stack",
    "read_classes",
    "require_areas",
    "row_areas_m2",
    "wkt_of",
    "write_polygons",
]
