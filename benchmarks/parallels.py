"""How long does it take to find near-identical wording in a whole archive, and does it grow with its square?

Two archives, one ten times the other. In the smaller one a run is also stopped halfway and called again: what that
costs more than a run in one go.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.pages import FILL, SETUP, _python

PLEDGES = 100_000  # of the larger archive; the smaller has a tenth
FIND = """
import json, sys, time
from search import parallels
from search.models import Parallel, Wording

class Stopped(Exception):
    pass

def find(stop=None):
    def say(stage, done, total):
        if stop and (stage, done * 2 >= total) == (stop, True):
            raise Stopped
    begin = time.perf_counter()
    try:
        parallels.find(say)
    except Stopped:
        pass
    return time.perf_counter() - begin

def forget():
    Parallel.objects.all().delete()
    Wording.objects.all().delete()

told = {"seconds": find(), "pairs": Parallel.objects.count()}
if sys.argv[1] == "stopping":
    forget()
    told["again"] = find()
    forget()
    told["stopped"] = find("read") + find("compare") + find()
    assert told["pairs"] == Parallel.objects.count()
print(json.dumps(told))
"""


def run(size: int | None = None) -> Iterator[dict[str, Any]]:
    large = size or PLEDGES
    found = {}
    for count, how in ((large // 10, "stopping"), (large, "once")):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for words in (("migrate", "-v0"), ("load_reference", "-v0")):
                _python(folder, "manage.py", *words)
            _python(folder, "-c", SETUP + FILL, str(count))
            found[count] = json.loads(_python(folder, "-c", SETUP + FIND, how))
    small = found[large // 10]
    detail = {
        "seconds": {count: round(one["seconds"], 1) for count, one in found.items()},
        "pairs": {count: one["pairs"] for count, one in found.items()},
        "pledges_a_second": round(large / found[large]["seconds"]),
    }
    for name, value, goal in (
        ("parallels_growth", found[large]["seconds"] / small["seconds"] / 10, 1.5),
        ("parallels_stopped_and_resumed", small["stopped"] / small["again"], 1.3),
    ):
        yield {
            "bench": name,
            "value": round(value, 2),
            "unit": "× a pledge in a tenth of the archive" if "growth" in name else "× in one go",
            "goal": goal,
            "better": "lower",
            "detail": detail,
        }
