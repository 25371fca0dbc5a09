"""Labels on an image's grid, from vector layers and rasters in any CRS."""

from .burned import ArrayLabels, Labels
from .burning import burn
from .layer import layer_content
from .region import Region

__all__ = ["ArrayLabels", "Labels", "Region", "burn", "layer_content"]
