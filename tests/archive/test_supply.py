"""What the archive is made of is pinned and listed, and what SECURITY.md promises has its test."""

from __future__ import annotations

import ast
import re

import pytest
from running import ROOT

REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))


def pinned(text: str) -> dict[str, list[str]]:
    """For each requirement `name==version` the hashes that follow it."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line and line[0].isalnum():
            name = line.split(";")[0].strip(" \\")
            found[name] = []
        elif "--hash=" in line:
            found[name].append(line)
    return found


@pytest.mark.parametrize("file", REQUIREMENTS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_with_its_hashes(file):
    text = file.read_text()
    assert "://" not in text, "an address of a package index"
    for requirement, hashes in pinned(text).items():
        assert "==" in requirement and hashes, requirement


def test_every_library_we_ship_with_is_on_the_list_of_licences():
    table = (ROOT / "archive" / "deployment" / "LICENCES.md").read_text()
    listed = {row.split("|")[1].strip().lower().replace("_", "-") for row in table.splitlines()}
    text = (ROOT / "requirements.txt").read_text()
    # What is only for other systems cannot be asked for its licence here.
    ours = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==[^;\n]+$", text, re.M)
    missing = {name for name in ours if name.lower().replace("_", "-") not in listed}
    assert missing == set(), "run `make licences`"


def test_every_promise_of_security_has_a_test_that_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "SECURITY.md").read_text())
    assert len(named) > 30
    for file, test in named:
        tree = ast.parse((ROOT / file).read_text())
        assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, test
