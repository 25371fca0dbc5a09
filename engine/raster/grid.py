"""The grid of a raster: its size and where its pixels lie on the ground."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from ..core.windows import Window
from ..protocol import Message, message
from .gdal import spatial_reference, transformation

Box = tuple[float, float, float, float]
"""xmin, ymin, xmax, ymax, in units of some CRS."""
NO_GEOREFERENCE = (0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
_NEGLIGIBLE_PX = 0.001


@dataclass(frozen=True)
class Grid:
    """The size of a raster in pixels, its affine transform and its CRS (WKT, "" for none).

    The transform is in GDAL's order: x0, dx/dcolumn, dx/drow, y0, dy/dcolumn, dy/drow.
    """

    width: int
    height: int
    transform: tuple[float, ...]
    crs_wkt: str

    @property
    def window(self) -> Window:
        """The window of the whole grid."""
        return Window(0, 0, self.width, self.height)

    def to_map(self, column: float, row: float) -> tuple[float, float]:
        """Map coordinates of a position in pixels; (0, 0) is the outer corner of the first pixel."""
        x0, x_column, x_row, y0, y_column, y_row = self.transform
        return x0 + column * x_column + row * x_row, y0 + column * y_column + row * y_row

    def to_pixels(self, x: float, y: float) -> tuple[float, float]:
        """Column and row of map coordinates: the inverse of `to_map`."""
        x0, x_column, x_row, y0, y_column, y_row = self.transform
        determinant = x_column * y_row - x_row * y_column
        return (
            ((x - x0) * y_row - (y - y0) * x_row) / determinant,
            ((y - y0) * x_column - (x - x0) * y_column) / determinant,
        )

    def bounds(self, window: Window) -> Box:
        """(xmin, ymin, xmax, ymax) in map units of the box around the window's four corners."""
        corners = [
            self.to_map(column, row)
            for column in (window.x, window.right)
            for row in (window.y, window.bottom)
        ]
        xs, ys = zip(*corners)
        return min(xs), min(ys), max(xs), max(ys)

    def around(self, box: Box) -> Window:
        """The smallest window that holds ``box``, within a thousandth of a pixel; may lie beyond the grid."""
        corners = [self.to_pixels(x, y) for x in box[::2] for y in box[1::2]]
        columns, rows = zip(*corners)
        x, y = (math.floor(min(side) + _NEGLIGIBLE_PX) for side in (columns, rows))
        right, bottom = (math.ceil(max(side) - _NEGLIGIBLE_PX) for side in (columns, rows))
        return Window(x, y, max(1, right - x), max(1, bottom - y))

    def window_transform(self, window: Window) -> tuple[float, ...]:
        """The affine transform of the window as a raster of its own."""
        x, y = self.to_map(window.x, window.y)
        return x, *self.transform[1:3], y, *self.transform[4:6]

    def bounds_in(self, crs: Any, window: Window | None = None) -> Box | None:
        """`bounds` of a window, or of the whole grid, in another CRS (``osr.SpatialReference``).

        None if that CRS cannot describe them.
        """
        try:
            box = transformation(spatial_reference(self.crs_wkt), crs).TransformBounds(
                *self.bounds(window or self.window), 21
            )
        except RuntimeError:
            return None
        return tuple(box) if all(map(math.isfinite, box)) else None

    def same_pixels(self, other: Grid) -> bool:
        """True if both have the same size and CRS, and no corner differs by a hundredth of a pixel."""
        if (self.width, self.height) != (other.width, other.height) or not (self.crs_wkt and other.crs_wkt):
            return False
        if not spatial_reference(self.crs_wkt).IsSame(spatial_reference(other.crs_wkt)):
            return False
        near = 0.01 * min(math.hypot(*self.transform[1::3]), math.hypot(*self.transform[2::3]))
        corners = [(0, 0), (self.width, 0), (0, self.height)]
        return all(math.dist(self.to_map(*corner), other.to_map(*corner)) < near for corner in corners)

    def pixel_size_m(self) -> tuple[float, float] | None:
        """Ground width and height of the pixel at the centre, in metres; None without a CRS.

        They are measured on the ellipsoid. If a projected CRS's own metres differ from that by less than 1 %,
        they are taken instead, so that UTM's 30 m stay 30 m. Web Mercator's metres are replaced by real ones.
        """
        if not self.crs_wkt:
            return None
        crs = spatial_reference(self.crs_wkt)
        if crs.IsGeographic():
            return self._ground_size_m(crs, crs)
        unit_m = crs.GetLinearUnits()
        _, x_column, x_row, _, y_column, y_row = self.transform
        plane = math.hypot(x_column, y_column) * unit_m, math.hypot(x_row, y_row) * unit_m
        if not crs.IsProjected():
            return plane
        ground = self._ground_size_m(crs, crs.CloneGeogCS())
        # Off the projection's domain PROJ answers with infinities: there only the CRS's own metres are known.
        if not all(map(math.isfinite, ground)) or all(abs(g / p - 1) < 0.01 for g, p in zip(ground, plane)):
            return plane
        return ground

    def _ground_size_m(self, crs: Any, geographic: Any) -> tuple[float, float]:
        """Lengths on the ellipsoid of one step to the right and one down from the centre.

        Radii of curvature of the meridian and the prime vertical: Snyder, Map Projections (USGS PP 1395,
        1987), p. 24.
        """
        to_degrees = transformation(crs, spatial_reference(geographic.ExportToWkt()))
        column, row = self.width / 2, self.height / 2
        (lon, lat), right, down = (
            to_degrees.TransformPoint(*self.to_map(c, r))[:2]
            for c, r in ((column, row), (column + 1, row), (column, row + 1))
        )
        unit_rad = geographic.GetAngularUnits()
        flattening = 1 / geographic.GetInvFlattening() if geographic.GetInvFlattening() else 0.0
        e2 = flattening * (2 - flattening)
        curve = 1 - e2 * math.sin(lat * unit_rad) ** 2
        east_m = geographic.GetSemiMajor() / math.sqrt(curve) * math.cos(lat * unit_rad) * unit_rad
        north_m = geographic.GetSemiMajor() * (1 - e2) / curve**1.5 * unit_rad
        x_m, y_m = (math.hypot((p[0] - lon) * east_m, (p[1] - lat) * north_m) for p in (right, down))
        return x_m, y_m


def share_area(one: Box, other: Box) -> bool:
    """Whether two boxes in the same CRS touch or overlap."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def box_text(box: Box) -> Message:
    """A box as text for users."""
    xmin, ymin, xmax, ymax = (f"{value:.7g}" for value in box)
    return message("x {xmin} to {xmax}, y {ymin} to {ymax}", xmin=xmin, ymin=ymin, xmax=xmax, ymax=ymax)
