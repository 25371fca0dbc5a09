"""Labels on an image's grid, from vector layers and rasters in any CRS."""

from .burned import ArrayLabels, Labels
from .burning import burn
from .layer import are_points, layer_content
from .region import Region

__all__ = ["ArrayLabels", "Labels", "Region", "are_points", "burn", "layer_content"]
