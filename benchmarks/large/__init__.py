"""What runs inside a configured Django on behalf of a benchmark: it may import models."""

from __future__ import annotations
