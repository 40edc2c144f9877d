"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the five real texts and their gold; tests that need it skip where it is missing."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the real texts and their gold (../shared) are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def seeds(shared: Path) -> dict[str, Path]:
    """The five real texts by the first three digits of their names."""
    return {path.name[:3]: path for path in sorted((shared / "seeds").glob("*.txt"))}
