"""How long each target was searched, over all runs that kept what they learnt: `SPENT.tsv`."""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).with_name("SPENT.tsv")
HEAD = "target\tprocessor_minutes\tinputs"


def spent() -> dict[str, tuple[float, int]]:
    """Minutes of the processor and inputs tried, by target."""
    if not FILE.exists():
        return {}
    rows = [line.split("\t") for line in FILE.read_text().splitlines()[1:]]
    return {target: (float(minutes), int(inputs)) for target, minutes, inputs in rows}


def add(target: str, minutes: float, inputs: int) -> None:
    sums = spent()
    before = sums.get(target, (0.0, 0))
    sums[target] = (round(before[0] + minutes, 1), before[1] + inputs)
    lines = [f"{name}\t{sums[name][0]}\t{sums[name][1]}" for name in sorted(sums)]
    FILE.write_text("\n".join([HEAD, *lines]) + "\n")
