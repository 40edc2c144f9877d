"""Whatever the archive is at when it is killed: nothing is lost, nothing half in, nothing left lying about."""

from __future__ import annotations

import json
import random
import subprocess
import sys

from running import ROOT

TIMES = 16  # `make kills TIMES=500` goes on for as long as one likes


def test_nothing_is_lost_by_kills_at_random_moments():
    seed = str(random.SystemRandom().randrange(10**6))
    done = subprocess.run(
        [sys.executable, "-m", "tests.kills", "--times", str(TIMES), "--seed", seed],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"seed {seed}: {done.stderr}"
    report = json.loads(done.stdout)
    assert report["times"] == TIMES
    assert report["died_in_all"] >= TIMES // 4
