"""What a process that reads strangers' files cannot reach: any network, this machine's own addresses included.

Where the system has it (Linux) and allows it, the process moves into a network of its own that has no way out.
"""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from pathlib import Path

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000  # linux/sched.h
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

logger = logging.getLogger(__name__)


def leave_the_network() -> bool:
    """Called in a child that has one thread; whether it is cut off now."""
    if _libc is None:
        return False
    user, group = os.geteuid(), os.getegid()
    if user == 0 and _libc.unshare(CLONE_NEWNET) == 0:
        return True
    # Whoever is not root may do it in a user namespace, in which the own files stay the own.
    if _libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        logger.info("readers keep the network: %s", os.strerror(ctypes.get_errno()))
        return False
    try:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    except OSError as error:
        logger.info("readers work without a name of their own: %s", error.strerror)
    return True
