"""The lines of a page in the order a person reads them: columns one after the other.

Recursive cuts (after Nagy and Seth 1984): a white gutter that nearly no line crosses parts a region in two;
the lines that do cross it (headlines) part it into bands. Lines side by side without a gutter are one line.
"""

from __future__ import annotations

from programmes.ingest.readers.pdf.glyphs import Line, merged

MIN_GUTTER = 7.0  # points
STEP = 2.0


def ordered(lines: list[Line]) -> list[list[Line]]:
    """Regions of a page in reading order, each a list of lines from top to bottom."""
    return _cut(sorted(lines, key=lambda line: (line.y, line.x0)), 0)


def _cut(lines: list[Line], depth: int) -> list[list[Line]]:
    if not lines:
        return []
    gutter = _gutter(lines) if depth < 4 and len(lines) >= 6 else None
    if gutter is None:
        return [_rows(lines)]
    left, right = gutter
    regions: list[list[Line]] = []
    band: list[Line] = []

    def close() -> None:
        if band:
            regions.extend(_cut([line for line in band if line.x1 <= right], depth + 1))
            regions.extend(_cut([line for line in band if line.x1 > right], depth + 1))
            band.clear()

    spanning: list[Line] = []
    for line in lines:
        if line.x0 < left and line.x1 > right:
            if band:
                close()
            spanning.append(line)
        else:
            if spanning:
                regions.append(_rows(spanning))
                spanning = []
            band.append(line)
    if spanning:
        regions.append(_rows(spanning))
    close()
    return regions


def _gutter(lines: list[Line]) -> tuple[float, float] | None:
    """The widest white strip with text of column size on both sides, if there is one."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    width = x1 - x0
    if width < 120:
        return None
    bins = int(width / STEP) + 1
    cover = [0] * (bins + 1)
    for line in lines:
        cover[max(int((line.x0 - x0) / STEP), 0)] += 1
        cover[min(int((line.x1 - x0) / STEP) + 1, bins)] -= 1
    total, allowed = 0, max(1, len(lines) // 8)
    free: list[tuple[int, int]] = []
    start = -1
    for at in range(bins):
        total += cover[at]
        if total <= allowed and 0.12 * bins < at < 0.88 * bins:
            start = at if start < 0 else start
        elif start >= 0:
            free.append((start, at))
            start = -1
    best: tuple[float, float] | None = None
    for first, last in sorted(free, key=lambda strip: strip[0] - strip[1]):
        left, right = x0 + first * STEP, x0 + last * STEP
        if right - left < MIN_GUTTER:
            break
        middle = _clear_strip(lines, left, right)
        if middle and _is_column_pair(lines, *middle):
            best = middle
            break
    return best


def _clear_strip(lines: list[Line], left: float, right: float) -> tuple[float, float] | None:
    """The strip narrowed to what the lines beside it leave free."""
    centre = (left + right) / 2
    before = [line.x1 for line in lines if line.x1 <= centre]
    after = [line.x0 for line in lines if line.x0 >= centre]
    if not before or not after:
        return None
    left, right = max(before), min(after)
    return (left, right) if right - left >= MIN_GUTTER else None


def _is_column_pair(lines: list[Line], left: float, right: float) -> bool:
    before = [line for line in lines if line.x1 <= left]
    after = [line for line in lines if line.x0 >= right]
    if min(len(before), len(after)) < 3:
        return False
    for side in (before, after):
        letters = sum(len(line.text) for line in side) / len(side)
        words = sum(line.text.count(" ") + 1 for line in side) / len(side)
        if letters < 10 or words < 1.7:
            return False  # bullets, line numbers, amounts of a table
    # Rows of a table stand on common baselines and have short cells on both sides.
    top = max(min(line.y for line in before), min(line.y for line in after))
    bottom = min(max(line.y for line in before), max(line.y for line in after))
    return bottom - top > 2 * max(before[0].size, after[0].size)


def _rows(lines: list[Line]) -> list[Line]:
    """Lines of one column: what stands on one baseline is one line."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.y):
        # A drop cap or a chapter number is larger than the line that it stands beside.
        if rows and abs(rows[-1][0].y - line.y) <= 0.35 * min(rows[-1][0].size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [row[0] if len(row) == 1 else merged(row) for row in rows]
