"""The door for web servers."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
application = get_wsgi_application()

# What was loaded stays until the end. Looking through all of it again and again for garbage made a page that is
# made for the first time up to a third slower.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
