"""The ground area of pixels, row by row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .gdal import spatial_reference, transformation
from .grid import Grid

_SAMPLED_ROWS = 1025
_TOLERANCE = 0.02


def row_areas_m2(grid: Grid) -> NDArray[np.float64] | None:
    """Ground area of one pixel of each row, at its middle column, in square metres; None without a CRS.

    Measured on the ellipsoid, as `Grid.pixel_size_m`: a projected CRS's own metres stand where their squares
    are within 2 % of that at the centre. So a degree's rows shrink towards the poles, and UTM's 30 m stay 30
    m.
    """
    if not grid.crs_wkt:
        return None
    crs = spatial_reference(grid.crs_wkt)
    _, x_column, x_row, _, y_column, y_row = grid.transform
    plane_m2 = abs(x_column * y_row - x_row * y_column) * (
        1.0 if crs.IsGeographic() else crs.GetLinearUnits() ** 2
    )
    if not (crs.IsGeographic() or crs.IsProjected()):
        return np.full(grid.height, plane_m2)
    rows = np.linspace(0.5, grid.height - 0.5, min(grid.height, _SAMPLED_ROWS))
    sampled_m2 = _ground_areas_m2(grid, rows)
    if not crs.IsGeographic():
        centre_m2 = sampled_m2[len(rows) // 2]
        if not np.isfinite(sampled_m2).all() or abs(centre_m2 / plane_m2 - 1) < _TOLERANCE:
            return np.full(grid.height, plane_m2)
    return np.interp(np.arange(grid.height) + 0.5, rows, sampled_m2)


def _ground_areas_m2(grid: Grid, rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Areas on the ellipsoid of the pixels around the middles of ``rows``.

    Each is a parallelogram: its sides' steps in longitude and latitude times the radii of curvature of the
    prime vertical and the meridian: Snyder, Map Projections (USGS PP 1395, 1987), p. 24.
    """
    crs = spatial_reference(grid.crs_wkt)
    geographic = crs if crs.IsGeographic() else crs.CloneGeogCS()
    to_degrees = transformation(crs, spatial_reference(geographic.ExportToWkt()))
    middle = grid.width / 2
    steps = ((-0.5, 0.0), (0.5, 0.0), (0.0, -0.5), (0.0, 0.5))
    corners = [grid.to_map(middle + columns, row + down) for columns, down in steps for row in rows]
    places_rad = np.array(to_degrees.TransformPoints(corners))[:, :2] * geographic.GetAngularUnits()
    left, right, top, bottom = places_rad.reshape(4, len(rows), 2)
    flattening = 1 / geographic.GetInvFlattening() if geographic.GetInvFlattening() else 0.0
    e2 = flattening * (2 - flattening)
    lat = (top[:, 1] + bottom[:, 1]) / 2
    curve = 1 - e2 * np.sin(lat) ** 2
    east_m = geographic.GetSemiMajor() / np.sqrt(curve) * np.cos(lat)
    north_m = geographic.GetSemiMajor() * (1 - e2) / curve**1.5
    across, down = right - left, bottom - top
    return np.asarray(np.abs(across[:, 0] * down[:, 1] - across[:, 1] * down[:, 0]) * east_m * north_m)
