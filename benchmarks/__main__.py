"""`python -m benchmarks [--only NAME] [--size N]`: what `make bench` runs.

Every module here with a `run(size)` is a benchmark and yields its lines. Standard output holds them as JSON, a
line each as soon as it is known, and nothing else; whatever a benchmark or a program it starts prints goes to
standard error.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import sys
from types import ModuleType

import benchmarks


def main() -> int:
    modules = {name: module for name, module in _modules() if hasattr(module, "run")}
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--only", help=f"one of {', '.join(sorted(modules))}, or how some begin")
    parser.add_argument("--size", type=int, help="how much, where a benchmark has a size")
    options = parser.parse_args()
    wanted = (options.only or "").replace("-", "_")
    chosen = [name for name in modules if name == wanted] or [
        name for name in modules if name.startswith(wanted)
    ]
    if not chosen:
        parser.error(f"no benchmark is called {options.only}; there are {', '.join(modules)}")
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as lines:
        os.dup2(2, 1)
        for name in chosen:
            print(f"{name} …", file=sys.stderr)
            for line in modules[name].run(options.size):
                lines.write(json.dumps(line, ensure_ascii=False) + "\n")
                lines.flush()
    return 0


def _modules() -> list[tuple[str, ModuleType]]:
    return [
        (found.name, importlib.import_module(f"benchmarks.{found.name}"))
        for found in pkgutil.iter_modules(benchmarks.__path__)
        if found.name != "__main__"
    ]


if __name__ == "__main__":
    sys.exit(main())
