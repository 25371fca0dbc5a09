"""Labels on an image's grid, from vector layers and rasters in any CRS."""

from .area_of_interest import AreaOfInterest
from .labels import ArrayLabels, Labels
from .rasterize import rasterize
from .vector_layer import layer_content

__all__ = ["AreaOfInterest", "ArrayLabels", "Labels", "layer_content", "rasterize"]
