"""Search finds what readers mean, over queries that a person judged."""

from __future__ import annotations

import pytest

from benchmarks import search_quality


@pytest.mark.skipif(
    not search_quality.GOLD.is_dir(), reason="the judged texts (../shared) are missing"
)
def test_most_of_what_readers_mean_stands_first(tmp_path):
    ask = search_quality.ours(tmp_path, search_quality.units(), search_quality.shipped())
    found = search_quality.quality(search_quality.judged(), ask)
    assert found.ndcg10 >= 0.80
    assert found.recall20 >= 0.60
    assert not found.empty


def test_without_judged_texts_the_benchmark_says_so(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(search_quality, "GOLD", tmp_path / "gold")
    assert list(search_quality.run()) == []
    assert "is missing" in capsys.readouterr().err
