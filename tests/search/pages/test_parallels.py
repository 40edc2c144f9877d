"""Near-identical wordings: found for the whole archive, kept, and shown with their measure."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from programmes.models import Municipality, Party, Pledge
from search import parallels
from search.models import Parallel, Wording

COMMON = "Wir schaffen bis 2030 in {} 200 neue Kitaplätze für alle Kinder unter drei Jahren."


@pytest.fixture
def towns(index, add_document):
    """Three programmes with one sentence in common, each with one of its own."""
    documents = []
    for number, (name, own) in enumerate(
        [
            ("Bergheim", "Der Marktplatz bekommt bis zum nächsten Sommer neue Bänke und Bäume."),
            ("Talhausen", "An der alten Mühle entsteht ein Lehrpfad für Schulklassen und Gäste."),
            ("Seedorf", "Die Freiwillige Feuerwehr erhält ein neues Haus an der Bundesstraße."),
        ]
    ):
        place = Municipality.objects.create(ags=f"9900020{number}", name=name, kind="town")
        party = Party.objects.create(short_name=f"Liste {name}", name=f"Liste {name}")
        documents.append(
            add_document(f"{name} 2020", (COMMON.format(name), own), place=place, party=party)
        )
    index()
    return documents


def test_pledges_worded_nearly_alike_in_different_documents_are_pairs(towns):
    assert parallels.find() == parallels.Count(compared=6, pairs=3)
    pairs = Parallel.objects.values_list("first__text", "second__text")
    assert {one for pair in pairs for one in pair} == {
        COMMON.format(name) for name in ("Bergheim", "Talhausen", "Seedorf")
    }


def test_a_second_run_compares_only_what_is_new(towns, add_document):
    parallels.find()
    add_document("Neudorf 2020", (COMMON.format("Neudorf"),))
    assert parallels.find() == parallels.Count(compared=1, pairs=6)
    assert parallels.find() == parallels.Count(compared=0, pairs=6)


def test_a_stopped_run_goes_on_where_it_was(towns, monkeypatch):
    monkeypatch.setattr(parallels, "CHUNK", 2)

    def stop(stage, done, total):
        if stage == "compare":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        parallels.find(stop)
    assert Wording.objects.filter(compared=False).count() == 4
    assert parallels.find() == parallels.Count(compared=4, pairs=3)


def test_a_reworded_pledge_loses_its_pairs(towns):
    parallels.find()
    Pledge.objects.filter(text=COMMON.format("Seedorf")).update(
        text="Etwas ganz anderes steht nun hier drin."
    )
    assert parallels.find() == parallels.Count(compared=1, pairs=1)


def test_the_same_programme_twice_is_no_parallel(towns):
    towns[1].twin_of = towns[0]
    towns[1].save()
    towns[2].delete()
    assert parallels.find().pairs == 0


def test_the_command_says_what_it_found(towns, capsys):
    call_command("find_parallels")
    assert "6 Versprechen neu verglichen; 3 Paare" in capsys.readouterr().out


def test_the_pledge_page_shows_its_parallels_with_their_measure(towns, client):
    parallels.find()
    page = client.get(Pledge.objects.get(text=COMMON.format("Bergheim")).get_absolute_url()).text
    assert "Fast derselbe Wortlaut anderswo" in page
    assert "% gleiche Wortfolgen" in page
    assert COMMON.format("Talhausen") in page


def test_the_document_and_party_pages_show_parallels(towns, client):
    parallels.find()
    for thing in (towns[0], towns[0].parties.get()):
        page = client.get(thing.get_absolute_url()).text
        assert "Fast derselbe Wortlaut anderswo" in page
        assert COMMON.format("Seedorf") in page


def test_what_is_withdrawn_is_no_longer_shown(towns, client):
    parallels.find()
    for document in towns[1:]:
        document.status = "withdrawn"
        document.save()
    assert "Fast derselbe" not in client.get(towns[0].get_absolute_url()).text


def test_a_pledge_shows_similar_ones_with_shared_and_differing_words(index, add_document, client):
    one = add_document("Eins", ("Wir bauen einen breiten Radweg zum Bahnhof.",))
    add_document("Zwei", ("Wir bauen einen Radweg zum See.",))
    add_document("Drei", ("Die Bücherei öffnet samstags.",))
    index()
    page = client.get(one.pledges.get().get_absolute_url()).text
    assert "<mark>Radweg</mark> zum See" in page
    assert "Bücherei" not in page
    assert "% gemeinsame Wörter" in page
    assert "nur hier:" in page


def test_the_pledge_page_stays_whole_without_an_index(
    index, add_document, client, settings, tmp_path
):
    one = add_document("Eins", ("Wir bauen einen breiten Radweg zum Bahnhof.",))
    settings.SEARCH_URL = f"whoosh:{tmp_path / 'nowhere'}"
    assert client.get(one.pledges.get().get_absolute_url()).status_code == 200
