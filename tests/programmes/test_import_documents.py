"""`manage.py import_documents` as a person uses it: what goes in, what is refused, and what is said of it."""

from __future__ import annotations

import io
import json
import unicodedata
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from programmes.models import Document, Municipality, Topic

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Programm\n\nWir wollen bis 2030 am Bahnhof {} Wohnungen bauen. Die Mieten sind hoch.\n"


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    settings.SEARCH_URL = f"whoosh:{tmp_path / 'index'}"


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "texte"
    folder.mkdir()
    return folder


def run(*words: str) -> tuple[int, dict, str]:
    """Exit code, report and what was said on standard error."""
    out, error = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("import_documents", *words, "--json", stdout=out, stderr=error)
    except SystemExit as left:
        code = int(left.code or 0)
    return code, json.loads(out.getvalue()), error.getvalue()


def test_the_first_import_needs_no_command_before_it(folder):
    (folder / "a.txt").write_text(TEXT.format(200))
    code, report, _ = run(str(folder))
    assert (code, report["totals"]["imported"], report["totals"]["pledges"]) == (0, 1, 1)
    assert Topic.objects.count() == 20
    assert Document.objects.get().status == "draft"


def test_the_same_file_twice_changes_nothing_and_says_so(folder):
    (folder / "a.txt").write_text(TEXT.format(200))
    run(str(folder), "--publish")
    before = Document.objects.values().get()
    code, report, _ = run(str(folder), "--publish")
    assert code == 0
    assert [file["status"] for file in report["files"]] == ["unchanged"]
    assert Document.objects.values().get() == before
    out = io.StringIO()
    call_command("import_documents", str(folder), stdout=out)
    assert "war schon da, nichts geändert" in out.getvalue()


def test_the_same_text_under_two_names_goes_in_once(folder):
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(TEXT.format(200))
    _, report, _ = run(str(folder))
    assert [file["status"] for file in report["files"]] == ["imported", "unchanged"]
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("leer.txt", b"", "leer"),
        ("luft.txt", b" \n\t\n", "leer"),
        ("bild.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), ""),
        ("programm.exe", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" * 20, ""),
        ("kaputt.pdf", b"%PDF-1.7\nnothing more", ""),
        ("fehlt.txt", None, "gibt es nicht"),
        ("liste.json", b'{"title": "WP", "motion_links": [{"prefix": "A1"}]}', "ohne deren Text"),
    ],
)
def test_a_bad_file_is_one_sentence_and_the_others_still_go_in(folder, name, data, words):
    (folder / "gut.txt").write_text(TEXT.format(200))
    if data is not None:
        (folder / name).write_bytes(data)
    code, report, said = run(str(folder / name), str(folder / "gut.txt"))
    assert code == 2
    refused, good = report["files"]
    assert (refused["status"], good["status"]) == ("refused", "imported")
    assert name in said and words in said
    assert len(refused["error"]) < 300 and refused["error"].rstrip().endswith((".", ")"))
    assert "Traceback" not in said
    assert Document.objects.count() == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_umlauts_arrive_whatever_the_encoding(folder, encoding):
    text = "Wir fördern Bücherei, Fußwege und Straßenbäume. Wir wünschen schöne Grüße.\n" * 4
    (folder / "a.txt").write_bytes(text.encode(encoding))
    assert run(str(folder))[0] == 0
    assert "Wir fördern Bücherei, Fußwege und Straßenbäume." in Document.objects.get().text


def test_a_dry_run_stores_nothing(folder):
    (folder / "a.txt").write_text(TEXT.format(200))
    _, report, _ = run(str(folder), "--dry-run")
    assert report["files"][0]["status"] == "would-import"
    assert not Document.objects.exists()


def test_a_catalogue_says_what_the_text_does_not(folder):
    (folder / "a.txt").write_text(TEXT.format(200))
    rows = [{"file": "a.txt", "ags": "05913000", "party": "spd", "year": 2020}, {"file": "b.txt"}]
    (folder.parent / "katalog.json").write_text(json.dumps(rows))
    code, _, said = run(str(folder), "--catalogue", str(folder.parent / "katalog.json"))
    document = Document.objects.get()
    assert (code, document.year) == (0, 2020)
    assert [place.name for place in document.municipalities.all()] == ["Dortmund"]
    assert [party.short_name for party in document.parties.all()] == ["SPD"]
    assert "zu „b.txt“ wurde keine Datei gefunden" in said


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_manifesto_catalogue_works_as_it_is(folder, separator):
    uses = [
        "municipality;ags;party;party_abbreviation;election_year;document_type;source_filename;content_hash",
        "Dortmund;;Bündnis 90/Die Grünen;gru;1994.0;Kommunalwahlprogramm Gemeinde;a.txt;"
        + "0" * 64,
        "Moenchengladbach;;Bündnis 90/Die Grünen;gru;1994.0;Grundsatzprogramm;a.txt;",
        "Dortmund;;Liste Gänseblümchen;lgb;;Grundsatzprogramm;b.txt;",
        "Dortmund;;SPD;spd;2009;Kommunalwahlprogramm Gemeinde;fehlt.txt;",
    ]
    (folder / "a.txt").write_text(TEXT.format(200))
    (folder / "b.txt").write_text("Programm\n\nWir pflanzen Bäume an der Straße.\n")
    table = folder.parent / "katalog.csv"
    table.write_text("\n".join(uses).replace(";", separator), encoding="utf-8")
    _, _, said = run(str(folder), "--catalogue", str(table))
    one, other = Document.objects.order_by("original_name")
    assert (one.year, other.year) == (1994, None)
    assert {place.name for place in one.municipalities.all()} == {"Dortmund", "Mönchengladbach"}
    assert [party.short_name for party in one.parties.all()] == ["GRÜNE"]
    assert other.parties.get().municipality.name == "Dortmund"
    assert other.parties.get().short_name == "Liste Gänseblümchen"
    assert "„a.txt“ hat einen anderen Inhalt" in said
    assert "zu „fehlt.txt“ wurde keine Datei gefunden" in said


HEAD = "municipality;state;ags;party;election_year;document_type;source_filename;license;program_scope\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_broken_row_is_a_sentence_and_the_rest_of_the_table_counts(folder, encoding):
    rows = (
        "Lüneburg;;3355022;SPD;2021.0;Kommunalwahlprogramm Gemeinde;A.TXT;CC BY 4.0;Gemeinde\n"
        'Nirgendwo;;99999999;"Bürgerliste\nCelle";neulich;Flugblatt;b.txt;;\n'
        "Celle;;;SPD;2021;Grundsatzprogramm;fehlt.txt;;\n"
        "Celle;;;SPD;2021;Grundsatzprogramm;;;\n"
    )
    for number, name in enumerate("abc"):
        (folder / f"{name}.txt").write_text(TEXT.format(number + 200))
    (folder.parent / "k.csv").write_text(HEAD + rows, encoding=encoding)
    code, report, said = run(str(folder), "--catalogue", str(folder.parent / "k.csv"))
    one = Document.objects.get(original_name="a.txt")
    assert (code, Document.objects.count(), one.year) == (0, 3, 2021)
    assert (one.municipalities.get().name, one.rights, one.scope) == (
        "Lüneburg",
        "CC BY 4.0",
        "Gemeinde",
    )
    for sentence in (
        "Zeile 3: der Ort „Nirgendwo“ ist nicht bekannt.",
        "import_municipalities",
        "Zeile 3: „neulich“ ist kein Jahr.",
        "Zeile 3: die Art „flugblatt“ ist nicht bekannt.",
        "Zeile 5 nennt keine Datei.",
        "zu „fehlt.txt“ wurde keine Datei gefunden.",
        "„c.txt“ steht nicht im Katalog",
    ):
        assert sentence in said
    assert report["catalogue"]["rows"][-1] == "Zeile 5 nennt keine Datei."


def test_a_second_import_with_a_catalogue_misses_no_file(folder):
    (folder / "a.txt").write_text(TEXT.format(200))
    (folder.parent / "k.csv").write_text("file;year\na.txt;2021\n")
    words = (str(folder), "--catalogue", str(folder.parent / "k.csv"))
    run(*words)
    _, report, said = run(*words)
    assert report["totals"]["unchanged"] == 1
    assert "keine Datei gefunden" not in said


def test_a_name_is_found_by_its_folder_and_however_a_file_system_writes_umlauts(folder):
    for town, year in (("celle", 2016), ("gifhorn", 2021)):
        (folder / town).mkdir()
        (folder / town / unicodedata.normalize("NFD", "grüne.txt")).write_text(TEXT.format(year))
    (folder.parent / "k.csv").write_text(
        "file;jahr\ncelle/grüne.txt;2016\ngifhorn/grüne.txt;2021\n"
    )
    run(str(folder), "--catalogue", str(folder.parent / "k.csv"))
    assert [one.year for one in Document.objects.order_by("year")] == [2016, 2021]


def test_a_short_name_means_the_place_in_the_state_that_the_row_names(folder):
    for name in "ab":
        (folder / f"{name}.txt").write_text(TEXT.format(ord(name)))
    rows = "Halle;Sachsen-Anhalt;;SPD;2019;;a.txt;;\nFrankfurt;Brandenburg;;SPD;2019;;b.txt;;\n"
    (folder.parent / "k.csv").write_text(HEAD + rows)
    run(str(folder), "--catalogue", str(folder.parent / "k.csv"))
    assert {one.name for one in Municipality.objects.exclude(documents=None)} == {
        "Halle (Saale)",
        "Frankfurt (Oder)",
    }


def test_a_list_of_motions_says_what_exported_motions_are(folder):
    links = [{"prefix": "A1", "title": "Radwege", "url_html": "https://antraege.example/a1"}]
    (folder / "A1_Radwege.txt").write_text(TEXT.format(200))
    (folder.parent / "liste.json").write_text(json.dumps({"title": "x", "motion_links": links}))
    run(str(folder), "--catalogue", str(folder.parent / "liste.json"))
    document = Document.objects.get()
    assert (document.title, document.source_url) == ("Radwege", "https://antraege.example/a1")


def test_the_name_of_a_consultation_and_a_motions_address_say_what_it_is(folder):
    address = "https://antraege.example/kmv/Radwege-12"
    change = {"prefix": "WP1-007", "url_html": "https://antraege.example/kmv/Radwege-12/7"}
    link = {"prefix": "WP1", "title": "Radwege", "url_html": address, "amendment_links": [change]}
    listed = {"title": "Kommunalwahlprogramm SPD Dortmund 2025", "motion_links": [link]}
    (folder / "Radwege-12.txt").write_text(TEXT.format(200))
    (folder / "WP1-007.txt").write_text(TEXT.format(300))
    (folder / "liste.json").write_text(json.dumps(listed))
    code, report, said = run(str(folder), "--catalogue", str(folder / "liste.json"))
    assert (code, report["totals"]["imported"], said) == (0, 2, "")
    motion, amendment = Document.objects.order_by("original_name")
    assert (motion.source_url, motion.kind, motion.year) == (address, "programme", 2025)
    assert [one.name for one in motion.municipalities.all()] == ["Dortmund"]
    assert [one.short_name for one in motion.parties.all()] == ["SPD"]
    assert (amendment.kind, amendment.source_url) == ("motion", change["url_html"])


def test_what_the_archive_keeps_for_itself_is_never_offered_to_it(folder, settings):
    settings.DATA_DIR = folder / "var"
    settings.DATA_DIR.mkdir()
    (settings.DATA_DIR / "secret_key").write_text("geheim " * 20)
    (folder / "a.txt").write_text(TEXT.format(200))
    assert run(str(folder))[1]["totals"]["files"] == 1
    assert run(str(settings.DATA_DIR))[1]["totals"]["files"] == 0


def test_a_person_sees_what_was_recognised_of_each_file(folder, capsys):
    (folder / "a.txt").write_text("SPD Dortmund\n\nWahlprogramm zur Kommunalwahl 2020\n\n" + TEXT)
    (folder / "b.txt").write_text(TEXT.format(300))
    call_command("import_documents", str(folder))
    said = capsys.readouterr().out
    assert "    Dortmund · SPD · 2020 · Wahlprogramm\n" in said
    assert "    Ort unbekannt · Partei unbekannt · Jahr unbekannt · " in said
    assert "2 Dateien (aufgenommen: 2); " in said
    assert "\nNoch unbekannt: Ort bei 1, Partei bei 1, Jahr bei 1.\n" in said


def test_a_missing_index_is_said_once(folder, settings, caplog):
    settings.SEARCH_URL = "whoosh:/proc/nowhere"
    for number in (200, 300, 400):
        (folder / f"{number}.txt").write_text(TEXT.format(number))
    assert run(str(folder), "--publish")[0] == 0
    said = [one for one in caplog.records if one.name == "search.indexing"]
    assert len(said) == 1


def test_a_local_list_that_is_new_is_made_with_its_place_and_reported(folder):
    row = "## Verkehr\n\nWir bauen Radwege an allen Straßen der Stadt.\n"
    (folder / "a.md").write_text(f"# BÜRGERLISTE DORTMUND e.V.\n\nWahlprogramm 2020\n\n{row}")
    (folder / "b.md").write_text(f"# Wählergemeinschaft Nirgendwo\n\nWahlprogramm\n\n{row}")
    _, report, _ = run(str(folder))
    made = Document.objects.get(original_name="a.md").parties.get()
    assert (made.short_name, made.municipality.name) == ("Bürgerliste Dortmund", "Dortmund")
    assert report["files"][0]["warnings"][-1] == (
        "Örtliche Liste neu angelegt: „Bürgerliste Dortmund“."
    )
    assert not Document.objects.get(original_name="b.md").parties.exists()


def test_without_a_path_or_with_an_unusable_catalogue_nothing_happens(folder):
    (folder / "k.csv").write_text("eins;zwei\n1;2\n")
    for words in ([], [str(folder), "--catalogue", str(folder / "k.csv")], ["--about", "x"]):
        with pytest.raises(CommandError) as refused:
            call_command("import_documents", *words)
        assert refused.value.returncode == 2
    assert not Document.objects.exists()


def test_the_five_real_texts_go_in_with_what_is_known_of_them(shared):
    code, report, _ = run(str(shared / "seeds"), "--publish")
    assert (code, report["totals"]["imported"]) == (0, 5)
    gold = json.loads((shared / "gold" / "structure.json").read_text(encoding="utf-8"))
    for text in gold:
        known, document = text["metadata"], Document.objects.get(original_name=text["seed"])
        assert [place.name for place in document.municipalities.all()] == [known["place"]]
        assert [p.short_name for p in document.parties.all()] == (known["parties"] or [])
        assert (document.year, document.date or None) == (known["year"], known["date"])
        assert document.kind == known["kind"]
    assert not Municipality.objects.filter(invented=True).exists()
    again = run(str(shared / "seeds"), "--publish")
    assert again[1]["totals"]["unchanged"] == 5


def test_searching_the_five_texts_finds_housing_in_three_places(shared):
    run(str(shared / "seeds"), "--publish")
    out = io.StringIO()
    call_command("search", "bezahlbarer Wohnraum", "--json", "--limit", "60", stdout=out)
    hits = json.loads(out.getvalue())["hits"]
    places = {place["name"] for hit in hits for place in hit["document"]["municipalities"]}
    assert {"Dortmund", "Aachen", "Region Hannover"} <= places


@pytest.fixture
def outdated(folder):
    """A document in which earlier rules had found a pledge in a sentence that is none."""
    (folder / "a.txt").write_text(TEXT.format(200))
    run(str(folder))
    pledge = Document.objects.get().pledges.get()
    pledge.pk, pledge.key, pledge.text = None, "alt", "Die Mieten sind hoch."
    pledge.start = pledge.section.text.index(pledge.text)
    pledge.end = pledge.start + len(pledge.text)
    pledge.save()
    return folder


def test_a_dry_re_reading_shows_what_would_go_and_changes_nothing(outdated):
    out = io.StringIO()
    call_command("import_documents", "--reparse", "--dry-run", stdout=out, stderr=io.StringIO())
    assert "- Versprechen Die Mieten sind hoch." in out.getvalue()
    assert Document.objects.get().pledges.count() == 2


@pytest.mark.parametrize(("answer", "left"), [("n", 2), ("j", 1), ("a", 1)])
def test_at_a_terminal_a_person_is_asked_after_the_changes_are_shown(
    outdated, monkeypatch, answer, left
):
    out = io.StringIO()
    shown = []

    def asked(_question: str) -> str:
        shown.append(out.getvalue())
        return answer

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", asked)
    call_command("import_documents", "--reparse", stdout=out, stderr=io.StringIO())
    assert "Die Mieten sind hoch." in shown[0]
    assert Document.objects.get().pledges.count() == left


def test_a_script_is_not_asked(outdated):
    _, report, _ = run("--reparse")
    assert report["files"][0]["changes"]["pledges_gone"] == ["Die Mieten sind hoch."]
    assert Document.objects.get().pledges.count() == 1
