"""Every cue that can find a pledge is explained to readers in words, not by the name of a rule."""

from __future__ import annotations

import pytest
from django.utils import translation

from programmes.ingest.pledges.decision import RULES
from programmes.templatetags.reading import CUES, cue_meaning, cue_words


@pytest.mark.parametrize("name", [*(rule.name for rule in RULES if rule.weight > 0), "judge"])
def test_a_cue_has_a_meaning_for_readers(name):
    assert cue_meaning(f"{name}: wollen wir")


def test_no_meaning_is_kept_for_a_rule_that_is_gone():
    assert set(CUES) - {rule.name for rule in RULES} == {"judge"}


def test_what_only_the_judge_found_has_no_words_of_its_own():
    assert cue_words("judge") == ""
    with translation.override("de"):
        assert "Umgebung" in str(cue_meaning("judge"))
