"""Labels on an image's grid, from vector layers and rasters in any CRS."""

from .area_of_interest import AreaOfInterest
from .labels import ArrayLabels, Labels
from .rasterizer import rasterize
from .reference import ReferenceOptions
from .vector_layer import geometry_sha256

__all__ = ["AreaOfInterest", "ArrayLabels", "Labels", "ReferenceOptions", "geometry_sha256", "rasterize"]
