"""One visitor may do a thing so often; another is not slowed by it."""

from __future__ import annotations

import pytest
from django.core.cache import caches

from programmes import limits


@pytest.fixture(autouse=True)
def forgotten():
    caches["limits"].clear()


def test_the_third_is_one_too_many_and_another_visitor_is_free():
    assert [limits.exceeded("Brief", "eins", 2, 60) for _ in range(3)] == [False, False, True]
    assert not limits.exceeded("Brief", "zwei", 2, 60)
    assert not limits.exceeded("Anruf", "eins", 2, 60)


def test_a_forged_header_counts_for_nothing_without_a_proxy(rf):
    request = rf.get("/", headers={"X-Forwarded-For": "1.2.3.4"}, REMOTE_ADDR="9.9.9.9")
    assert limits.visitor(request) == "9.9.9.9"


def test_behind_a_proxy_the_visitor_is_the_one_it_saw(rf, settings):
    settings.PROXIES = 1
    request = rf.get("/", headers={"X-Forwarded-For": "1.2.3.4, 5.6.7.8"}, REMOTE_ADDR="9.9.9.9")
    assert limits.visitor(request) == "5.6.7.8"
