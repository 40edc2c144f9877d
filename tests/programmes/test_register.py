"""The official register goes in once, whatever its encoding; new names and merged places are told."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from programmes import register
from programmes.ingest.pieces import Refused
from programmes.models import Document, Municipality

pytestmark = pytest.mark.django_db


def line(ags: str, name: str, kind: str = "64", population: int = 0) -> str:
    """A line of the fixed-width register."""
    record = "40" if len(ags) == 5 else "60"
    return f"{record}20301231{ags:8}{'':4}{name:50}{'':50}{kind}{'':15}{population:011}{'':70}"


def table(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


HILLS = line("15999", "Hügelland", "44")
BIG = line("15999001", "Großhügel, Stadt", "63", 12000)
SMALL = line("15999002", "Kleinhügel", "64", 800)


def update(*lines: str, **successors: str) -> register.Report:
    return register.update(register.read(table(*lines)), successors.get("merged") or {})  # type: ignore[arg-type]


def test_places_get_their_name_kind_and_people():
    update(HILLS, BIG, SMALL, line("15999003", "Moor, M", "60", 5), line("15999004", "Wald", "66"))
    assert list(Municipality.objects.values_list("ags", "name", "kind", "population")) == [
        ("15999001", "Großhügel", "town", 12000),
        ("15999002", "Kleinhügel", "municipality", 800),
        ("15999", "Landkreis Hügelland", "county", 12805),
        ("15999003", "Moor", "municipality", 5),
    ]


def test_the_same_register_twice_changes_nothing():
    assert update(HILLS, BIG, SMALL).new == 3
    again = update(HILLS, BIG, SMALL)
    assert (again.read, again.new, again.changed) == (3, 0, 0)


def test_latin_1_gives_the_same_as_utf_8():
    text = table(HILLS, BIG, SMALL).decode()
    assert register.read(text.encode("latin-1")) == register.read(text.encode())


def test_a_new_name_is_told_and_the_old_one_still_leads_there():
    update(BIG)
    report = update(line("15999001", "Hügelstadt, Stadt", "63", 12000))
    assert report.renamed == ["Großhügel heißt jetzt Hügelstadt (15999001)"]
    place = Municipality.objects.get()
    assert (place.name, place.slug, place.aliases) == ("Hügelstadt", "huegelstadt", ["Großhügel"])


def test_coordinates_stay():
    update(BIG)
    Municipality.objects.update(latitude=51.5, longitude=11.5)
    update(line("15999001", "Großhügel, Stadt", "63", 12345))
    place = Municipality.objects.get()
    assert (place.latitude, place.longitude, place.population) == (51.5, 11.5, 12345)


def test_a_merged_place_takes_its_documents_to_its_successor():
    update(BIG, SMALL)
    document = Document.objects.create(title="Programm")
    document.municipalities.add("15999002")
    report = update(BIG, merged={"15999002": "15999001"})
    assert report.merged == ["Kleinhügel (15999002) gehört jetzt zu Großhügel (15999001)"]
    assert [place.ags for place in document.municipalities.all()] == ["15999001"]
    assert Municipality.objects.get(pk="15999001").aliases == ["Kleinhügel"]
    assert update(BIG).gone == []


def test_a_place_under_a_new_key_of_its_county_is_the_same_place():
    update(BIG, SMALL)
    update(BIG, line("15999077", "Kleinhügel", "64", 800))
    assert Municipality.objects.get(pk="15999002").merged_into_id == "15999077"


def test_a_vanished_place_without_a_known_successor_is_told_and_stays():
    update(BIG, SMALL)
    assert update(BIG).gone == ["Kleinhügel (15999002)"]
    assert Municipality.objects.get(pk="15999002").merged_into is None


def test_a_register_of_one_land_says_nothing_of_the_others():
    update(BIG, line("14999001", "Fernstadt", "63", 9))
    assert update(BIG).gone == []


def test_invented_places_are_left_alone():
    Municipality.objects.create(ags="90001000", name="Falkenmünde", kind="city", invented=True)
    assert update(BIG).gone == []
    assert Municipality.objects.filter(pk="90001000").exists()


@pytest.mark.parametrize("data", [b"ags;name\n01;x\n", b"PK\x03\x04 a spreadsheet", b"60"])
def test_another_file_is_refused_in_one_sentence(data):
    with pytest.raises(Refused, match="GV100AD"):
        register.read(data)


def test_the_command_tells_what_it_did_and_refuses_what_it_cannot_read(tmp_path):
    out = io.StringIO()
    file = tmp_path / "GV100AD.txt"
    file.write_bytes(table(HILLS, BIG, SMALL))
    call_command("import_municipalities", str(file), stdout=out)
    call_command("import_municipalities", str(file), stdout=out)
    assert "Stand 2030-12-31: 3 Orte gelesen, 3 neu" in out.getvalue()
    assert out.getvalue().endswith("3 Orte gelesen, nichts zu ändern.\n")
    for words in ([str(tmp_path / "none.txt")], [str(file), "--merged", "x"]):
        with pytest.raises(CommandError) as refused:
            call_command("import_municipalities", *words)
        assert refused.value.returncode == 2


def test_the_real_register_knows_the_places_that_ship_with_the_archive(shared):
    call_command("load_reference", verbosity=0)
    before = dict(Municipality.objects.exclude(kind="state").values_list("ags", "name"))
    report = register.update(
        register.read((shared / "reference" / "GV100AD_301123.txt").read_bytes())
    )
    after = dict(Municipality.objects.filter(pk__in=before).values_list("ags", "name"))
    assert after == before
    assert (report.renamed, report.merged, report.gone) == ([], [], [])
    assert report.new == report.read - len(before) > 10_000
