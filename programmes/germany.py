"""Germany as a drawing: where a coordinate lies on it, and its outline.

An equirectangular drawing, one degree of longitude as wide as it is at 51° north. The outline is our own,
some eighty points by hand: enough to be recognised, not a survey.
"""

from __future__ import annotations

from collections.abc import Iterable

WEST, EAST, SOUTH, NORTH = 5.5, 15.4, 47.1, 55.2
STRETCH = 0.629  # cos(51°)
HEIGHT = 100.0
WIDTH = round((EAST - WEST) * STRETCH / (NORTH - SOUTH) * HEIGHT, 1)

# Longitude and latitude, clockwise from the Danish border in the west.
OUTLINE = (
    (8.60, 54.90), (9.45, 54.82), (9.95, 54.75), (10.03, 54.55), (10.20, 54.42), (10.75, 54.32), (11.05, 54.44), (11.20, 54.38),
    (10.90, 54.10), (10.82, 53.98), (11.20, 53.97), (11.45, 53.93), (11.75, 54.12), (12.15, 54.20), (12.50, 54.46), (12.95, 54.43),
    (13.25, 54.60), (13.45, 54.67), (13.68, 54.52), (13.62, 54.28), (13.80, 54.12), (14.20, 53.92), (14.28, 53.65), (14.42, 53.25),
    (14.15, 52.88), (14.62, 52.58), (14.55, 52.35), (14.73, 52.06), (14.62, 51.78), (14.73, 51.55), (15.02, 51.28), (14.82, 50.88),
    (14.60, 50.92), (14.30, 51.02), (13.95, 50.78), (13.50, 50.66), (13.05, 50.48), (12.55, 50.38), (12.15, 50.30), (12.25, 50.08),
    (12.50, 49.93), (12.42, 49.72), (12.65, 49.45), (13.00, 49.28), (13.40, 49.02), (13.82, 48.77), (13.48, 48.57), (12.95, 48.22),
    (12.80, 48.05), (12.98, 47.85), (12.92, 47.70), (13.05, 47.52), (12.78, 47.65), (12.25, 47.66), (11.95, 47.58), (11.50, 47.50),
    (11.15, 47.40), (10.88, 47.52), (10.45, 47.57), (10.20, 47.32), (10.05, 47.52), (9.60, 47.54), (9.20, 47.66), (8.85, 47.72),
    (8.45, 47.60), (7.65, 47.56), (7.58, 48.00), (7.78, 48.50), (8.20, 48.96), (7.45, 49.17), (6.80, 49.17), (6.42, 49.45),
    (6.50, 49.78), (6.15, 50.05), (6.35, 50.33), (6.05, 50.73), (5.95, 51.03), (6.20, 51.40), (5.97, 51.82), (6.70, 51.90),
    (6.85, 52.10), (7.05, 52.30), (6.75, 52.55), (7.05, 52.65), (7.20, 53.20), (7.02, 53.35), (7.10, 53.62), (7.80, 53.72),
    (8.05, 53.65), (8.25, 53.50), (8.50, 53.55), (8.55, 53.85), (8.95, 53.88), (8.88, 54.12), (8.65, 54.30), (8.95, 54.50),
    (8.65, 54.70),
)  # fmt: skip

# Where a state is named on the drawing: its key, latitude, longitude, and the usual two letters.
STATES = (
    ("01", 54.15, 9.70, "SH"), ("02", 53.52, 10.00, "HH"), ("03", 52.65, 9.20, "NI"), ("04", 53.08, 8.80, "HB"),
    ("05", 51.50, 7.50, "NW"), ("06", 50.60, 9.00, "HE"), ("07", 49.95, 7.35, "RP"), ("08", 48.55, 9.10, "BW"),
    ("09", 48.95, 11.50, "BY"), ("10", 49.35, 6.95, "SL"), ("11", 52.48, 13.40, "BE"), ("12", 51.90, 13.60, "BB"),
    ("13", 53.75, 12.60, "MV"), ("14", 51.00, 13.35, "SN"), ("15", 51.90, 11.70, "ST"), ("16", 50.85, 11.00, "TH"),
)  # fmt: skip


def point(latitude: float, longitude: float) -> tuple[float, float]:
    """Where it lies on a drawing of `WIDTH` by `HEIGHT`: x from the left, y from above."""
    x = (longitude - WEST) * STRETCH / (NORTH - SOUTH) * HEIGHT
    y = (NORTH - latitude) / (NORTH - SOUTH) * HEIGHT
    return round(x, 1), round(y, 1)


def outline() -> str:
    """The path of the outline."""
    points = [point(latitude, longitude) for longitude, latitude in OUTLINE]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def dots(places: Iterable[tuple[float, float]]) -> str:
    """One path with a dot for each (latitude, longitude)."""
    return "".join(
        f"M{x:g} {y:g}h0" for x, y in sorted({point(latitude, long) for latitude, long in places})
    )
