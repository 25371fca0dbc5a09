"""Labels on an image's grid, from vector layers and rasters in any CRS."""

from .area_of_interest import Region
from .labels import ArrayLabels, Labels
from .rasterize import burn
from .vector_layer import layer_content

__all__ = ["ArrayLabels", "Labels", "Region", "burn", "layer_content"]
