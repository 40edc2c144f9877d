"""Programs that must not outlive the process that started them: how is that made sure?

A reader that is stopped for taking too long may have another program at work for it. Both are in one process
group and are killed together; where the system can (Linux), a program also ends when its parent does, however
that happened.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent() -> None:
    """Called in a child: the system ends it when its parent dies."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def lead_group() -> None:
    """Called in a child: what it starts belongs to it."""
    os.setpgid(0, 0)


def kill_group(leader: int) -> None:
    """A child that leads its group, and everything it has started."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
