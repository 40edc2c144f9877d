"""Look for inputs that break a reader, the query parser or the renderer: `python -m tests.fuzz --minutes 10`.

Guided by the coverage of our own modules (atheris), each target in a process of its own. What it learns stays
in `.fuzz/<target>`, so that the next run goes on from there; what breaks something is written to `.fuzz/found`
and belongs into `tests/fuzz/found/<target>` once it is mended. `--keep` writes the smallest set of inputs that
reaches everything reached so far to `tests/fuzz/corpus`, where `make test` replays it, and adds the time and
the inputs spent to `tests/fuzz/SPENT.tsv`, so that hours add up over many runs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

from tests.fuzz import changes, corpus, seeds, spent

LEARNT = Path(".fuzz")
# Whose coverage guides the search, where it is not the pipeline's.
GUIDED = {"query": ["search"], "render": ["programmes.rendering", "markdown"]}
SECONDS = 10.0  # of the processor for one input of at most LONGEST bytes
LONGEST = 8192
MEGABYTES = 2048
STATE = re.compile(r"^#(\d+)\s.*?cov: (\d+)", re.MULTILINE)


class TooSlow(AssertionError):
    """An input that takes far longer than its length explains."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=1.0, help="for each target")
    parser.add_argument("--only", choices=sorted(seeds.TARGETS))
    parser.add_argument("--keep", action="store_true", help="write tests/fuzz/corpus afterwards")
    parser.add_argument("--child", metavar="TARGET", help=argparse.SUPPRESS)
    arguments, rest = parser.parse_known_args()
    if arguments.child:
        return child(arguments.child, rest)
    broken = 0
    for target in [arguments.only] if arguments.only else seeds.TARGETS:
        report = search(target, arguments.minutes * 60)
        print(json.dumps(report), flush=True)
        broken += len(report["found"])  # type: ignore[arg-type]
        if arguments.keep:
            spent.add(target, report["processor_minutes"], report["runs"])  # type: ignore[arg-type]
            print(f"{target}: {keep(target)} Eingaben in {corpus.file_of(target)}", flush=True)
    return 1 if broken else 0


def search(target: str, seconds: float) -> dict[str, object]:
    """Search for so long, going on after each crash; what was reached and found."""
    inputs, found = LEARNT / target, LEARNT / "found"
    inputs.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    for data in (*seeds.seeds(target), *corpus.inputs(target)):
        (inputs / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
    words = LEARNT / f"{target}.dict"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in seeds.words(target)))
    before = set(found.glob(f"{target}-*"))
    began, used = time.monotonic(), _used()
    runs = reached = 0
    while (left := seconds - (time.monotonic() - began)) > 1:
        flags = [
            f"-max_total_time={int(left)}", f"-max_len={LONGEST}", f"-dict={words}", "-timeout=300",
            f"-artifact_prefix={found}/{target}-", f"-rss_limit_mb={MEGABYTES}", "-use_value_profile=0",
        ]  # fmt: skip
        done = _child(target, *flags, str(inputs))
        states = STATE.findall(done.stderr)
        runs += max((int(count) for count, _ in states), default=0)
        reached = max([reached, *(int(edges) for _, edges in states)])
        if done.returncode == 0:
            break
        said = done.stdout + done.stderr
        print(said[said.find(" === Uncaught") :][:4000], file=sys.stderr, flush=True)
        if not states:
            break  # it does not even start: the trace says why
    return {
        "target": target,
        "minutes": round((time.monotonic() - began) / 60, 1),
        "processor_minutes": round((_used() - used) / 60, 1),
        "runs": runs,
        "reached": reached,
        "inputs": len(list(inputs.iterdir())),
        "found": sorted(str(file) for file in set(found.glob(f"{target}-*")) - before),
    }


def keep(target: str) -> int:
    """Write the smallest set of inputs that reaches what all of them reach; how many they are."""
    smallest = LEARNT / f"{target}.smallest"
    smallest.mkdir(exist_ok=True)
    for old in smallest.iterdir():
        old.unlink()
    _child(target, "-merge=1", f"-max_len={LONGEST}", str(smallest), str(LEARNT / target))
    return corpus.write(target, [file.read_bytes() for file in smallest.iterdir()])


def child(target: str, flags: list[str]) -> int:
    """The process that is instrumented: libFuzzer's flags are its arguments."""
    import atheris

    with atheris.instrument_imports(include=GUIDED.get(target, ["programmes.ingest"])):
        from tests.fuzz.targets import prepared

        one = prepared(target)

    def timed(data: bytes) -> None:
        began = time.process_time()
        one(data)
        if time.process_time() - began > SECONDS:
            raise TooSlow(f"{time.process_time() - began:.1f} s")

    words = [word.encode() for word in seeds.words(target)]

    def change(data: bytes, longest: int, seed: int) -> bytes:
        if seed % 2:
            return changes.changed(data, words, seed, longest)
        return bytes(atheris.Mutate(data, longest))

    # To merge, libFuzzer starts itself again by its first argument.
    myself = f"{sys.executable} -m tests.fuzz --child {target}"
    atheris.Setup([myself, *flags], timed, custom_mutator=change)
    atheris.Fuzz()
    return 0


def _child(target: str, *flags: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--child", target, *flags],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def _used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _escaped(word: str) -> str:
    return "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}"
        for byte in word.encode()
    )


if __name__ == "__main__":
    sys.exit(main())
