"""The archive's own settings, writing into a folder of their own that is thrown away."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="versprochen-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DATA_DIR"] = _folder
os.environ.pop("SEARCH_URL", None)

from archive.settings import *  # noqa: E402, F403

STATIC_ROOT.mkdir()  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
READING_PROCESSES = 1
# Nothing is remembered from one test to the next, nor within one whose changes are never committed.
CACHES = {
    "limits": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
} | {
    name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    for name in ("default", "pages", "searches", "held")
}
