"""What goes out comes in again, whole and unaltered."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import bibtexparser
import frictionless
import pytest
import yaml
from django.core.management import call_command
from parsing import parsed

from programmes import bulk, edition, exports, importing, lines, releases
from programmes.ingest import pieces
from programmes.models import Document, Municipality, Party, Pledge, Section, Topic

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def archive():
    Topic.objects.create(slug="wohnen", label_de="Wohnen", label_en="Housing", marpor=["504"])
    Municipality.objects.create(ags="09999001", name="Musterstadt", kind="town", population=1234)
    Party.objects.create(short_name="MP", name="Musterpartei", aliases=["Muster"])
    about = pieces.About(
        title="=Titel mit Tücke",
        kind="programme",
        year=2026,
        municipalities=("09999001",),
        parties=("MP",),
    )
    shown = importing.store(
        parsed(
            ("1. Ziele", ["Wir bauen.", "Wir sparen."]),
            ("", ['Wir, die "Zitate", Kommas\nund Zeilen mögen.']),
            about=about,
        ),
        publish=True,
    ).document
    shown.pledges.filter(text="Wir sparen.").update(decision="rejected")
    shown.pledges.filter(text="Wir bauen.").update(decision="confirmed", years=[2030], due=2030)
    shown.decided = ["parties", "title"]
    shown.save()
    importing.recount(shown)
    importing.store(parsed(("Entwurf", ["Wir schweigen."]), data=b"noch nicht"))
    return shown


def content() -> list:
    """Everything that must survive the journey."""
    return [
        list(
            Document.objects.order_by("pk").values_list(
                "pk",
                "title",
                "kind",
                "year",
                "sha256",
                "text",
                "pledge_count",
                "decided",
                "municipalities",
                "parties__short_name",
            )
        ),
        list(
            Section.objects.order_by("document", "position").values_list(
                "document", "position", "level", "title", "anchor", "text", "page"
            )
        ),
        list(
            Pledge.objects.order_by("key").values_list(
                "key",
                "document",
                "section__position",
                "position",
                "text",
                "start",
                "end",
                "specificity",
                "decision",
                "years",
                "due",
                "quantities",
                "cue",
                "topics__slug",
            )
        ),
        list(Topic.objects.values_list("slug", "marpor")),
        list(Party.objects.values_list("slug", "short_name", "aliases")),
    ]


def test_a_release_read_into_an_empty_archive_gives_the_same_archive(archive, tmp_path):
    releases.make(tmp_path / "release", "1", today=TODAY)
    Document.objects.filter(status="draft").delete()
    before = content()
    Document.objects.all().delete()
    Topic.objects.all().delete()
    Party.objects.all().delete()
    Municipality.objects.all().delete()
    assert releases.load(tmp_path / "release")["documents"] == 1
    assert content() == before


def test_reading_a_release_twice_adds_nothing(archive, tmp_path):
    releases.make(tmp_path / "release", "1", today=TODAY)
    before = content()
    assert releases.load(tmp_path / "release") == {
        "documents": 0,
        "sections": 0,
        "pledges": 0,
        "skipped": 1,
    }
    assert content() == before


def test_drafts_stay_out(archive, tmp_path):
    releases.make(tmp_path / "release", "1", today=TODAY)
    everything = "".join(path.read_text() for path in (tmp_path / "release").rglob("*.*"))
    assert "Wir schweigen" not in everything


def test_a_rejected_pledge_is_told_apart(archive, tmp_path):
    counts = releases.make(tmp_path / "release", "1", today=TODAY)
    assert (counts["pledges"], counts["rejected"]) == (2, 1)


def test_a_changed_file_is_refused_and_nothing_is_read(archive, tmp_path):
    releases.make(tmp_path / "release", "1", today=TODAY)
    with (tmp_path / "release" / "pledges.csv").open("a") as file:
        file.write("x")
    with pytest.raises(releases.BadRelease, match=r"pledges\.csv ist verändert"):
        releases.load(tmp_path / "release")


def test_a_checksum_list_cannot_point_outside(archive, tmp_path):
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "SHA256SUMS").write_text("0000  ../fremd\n")
    with pytest.raises(releases.BadRelease, match="außerhalb"):
        releases.load(tmp_path / "release")


def test_a_release_is_never_overwritten(archive, tmp_path):
    releases.make(tmp_path / "release", "1", today=TODAY)
    with pytest.raises(releases.BadRelease, match="gibt es schon"):
        releases.make(tmp_path / "release", "2", today=TODAY)


def test_originals_go_in_only_with_rights_that_allow_it(archive, tmp_path):
    releases.make(tmp_path / "without", "1", originals=True, today=TODAY)
    assert not (tmp_path / "without" / "originals").exists()
    Document.objects.filter(pk=archive.pk).update(rights="CC BY 4.0")
    releases.make(tmp_path / "with", "1", originals=True, today=TODAY)
    assert (tmp_path / "with" / "originals" / archive.sha256).read_bytes() == b"Datei"


def test_a_text_that_may_not_be_handed_on_stays_here(archive, tmp_path):
    Document.objects.filter(pk=archive.pk).update(rights="Alle Rechte vorbehalten")
    counts = releases.make(tmp_path / "release", "1", today=TODAY)
    assert (counts["documents"], counts["sections"], counts["pledges"]) == (0, 0, 0)
    assert list((tmp_path / "release" / "texts").iterdir()) == []


def test_the_tables_leave_out_the_words_of_a_text_that_may_not_be_handed_on(archive, client):
    def table(name):
        return b"".join(client.get(f"/daten/{name}.csv").streaming_content).decode()

    assert "gelesen, aber nicht als Daten" not in client.get("/daten/").content.decode()
    before = {name: table(name).count("\n") for name in ("documents", "sections", "pledges")}
    Document.objects.filter(pk=archive.pk).update(rights="Nur lesen, sagt der Verlag")
    edition.renew()
    after = {name: table(name).count("\n") for name in before}
    assert before["sections"] > 1 < before["pledges"]
    assert after == {"documents": before["documents"], "sections": 1, "pledges": 1}
    assert "gelesen, aber nicht als Daten" in client.get("/daten/").content.decode()


def test_the_data_package_is_valid(archive, tmp_path, monkeypatch):
    releases.make(tmp_path / "release", "1", today=TODAY)
    monkeypatch.chdir(tmp_path / "release")
    report = frictionless.validate("datapackage.json")
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert report.valid


def test_a_release_says_how_to_cite_it(archive, tmp_path):
    releases.make(tmp_path / "release", "2026.11", today=TODAY)
    cited = yaml.safe_load((tmp_path / "release" / "CITATION.cff").read_text())
    assert (cited["cff-version"], cited["version"]) == ("1.2.0", "2026.11")
    assert cited["date-released"] == TODAY
    (entry,) = bibtexparser.loads((tmp_path / "release" / "citation.bib").read_text()).entries
    assert (entry["ENTRYTYPE"], entry["year"]) == ("misc", "2026")


def test_a_validator_of_citation_files_accepts_ours(archive, tmp_path):
    validator = Path(sys.prefix) / "citation" / "bin" / "cffconvert"
    if not validator.exists():
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("cffconvert is not installed: make .venv/.citation")
    releases.make(tmp_path / "release", "2026.11+2", today=TODAY)
    told = subprocess.run(
        [validator, "--validate", "-i", tmp_path / "release" / "CITATION.cff"],
        capture_output=True,
        text=True,
    )
    assert (told.returncode, told.stdout) == (
        0,
        "Citation metadata are valid according to schema version 1.2.0.\n",
    )


@pytest.mark.parametrize("version", ["", "../1", "a b", 'x"y'])
def test_a_name_that_is_no_version_is_refused(archive, tmp_path, version):
    with pytest.raises(releases.BadRelease):
        releases.make(tmp_path / "release", version, today=TODAY)


def test_the_package_describes_every_column_of_every_table(archive, tmp_path):
    releases.make(tmp_path / "release", "1", today=TODAY)
    package = json.loads((tmp_path / "release" / "datapackage.json").read_text())
    for resource in package["resources"]:
        with (tmp_path / "release" / resource["path"]).open(newline="") as file:
            header = next(csv.reader(file))
        assert header == [field["name"] for field in resource["schema"]["fields"]]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+49 231", "-5 %", "@mir", "'=x", "''=x", "\tx", "Text", "'Zitat'", ""]
)
def test_a_formula_is_disarmed_and_comes_back_as_it_was(cell):
    guarded = lines.guarded(cell)
    assert not guarded.startswith(("=", "+", "-", "@", "\t"))
    assert lines.unguarded(guarded) == cell


def test_json_lines_hold_an_object_a_row(archive):
    rows = [
        json.loads(line)
        for piece in exports.json_lines(exports.PLEDGES, Pledge.objects.published())
        for line in piece.splitlines()
    ]
    assert next((row["text"], row["topics"], row["marpor"]) for row in rows) == (
        "Wir bauen.",
        ["wohnen"],
        ["504"],
    )


def test_csv_and_json_lines_of_every_table_tell_the_same(archive):
    Pledge.objects.filter(text="Wir bauen.").update(
        years=[2030, 2031],
        quantities=[{"value": 3, "unit": "€ für „Grün“", "per": None, "text": "3 €"}],
        cue='=we "will"',
        page=7,
    )
    for name, table in exports.TABLES.items():
        rows = exports.everything()[name]
        told = csv.DictReader("".join(exports.csv_lines(table, rows)).splitlines(keepends=True))
        objects = [
            json.loads(line) for line in "".join(exports.json_lines(table, rows)).splitlines()
        ]
        assert [
            {column: lines.unguarded(cell) for column, cell in row.items()} for row in told
        ] == [{column: flat(value) for column, value in row.items()} for row in objects]
        assert all(list(row) == table.names for row in objects)


def flat(value) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "|".join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


@pytest.mark.parametrize("step", [1, 2, 5])
def test_a_table_goes_out_whole_however_its_keys_lie(archive, monkeypatch, step):
    monkeypatch.setattr(bulk, "CHUNK", 4)
    section = archive.sections.first()
    for number in range(22):
        Pledge(
            pk=1000 + number * step,
            key=f"n{number}",
            document=archive,
            section=section,
            position=number,
            text=f"Nummer {number}",
            start=0,
            end=0,
            decision="rejected" if number % 9 == 8 else "machine",
        ).save(force_insert=True)
    out = "".join(exports.json_lines(exports.PLEDGES, Pledge.objects.published()))
    keys = [json.loads(line)["key"] for line in out.splitlines()]
    kept = [f"n{number}" for number in range(22) if number % 9 != 8]
    assert [key for key in keys if key in kept] == kept
    assert not {"n8", "n17"} & set(keys)


@pytest.fixture
def shown(archive, settings, tmp_path):
    """A release that lies ready for visitors."""
    settings.DATA_DIR = tmp_path
    call_command("make_release", "2026.11", verbosity=0)
    return archive


def test_visitors_find_a_release_with_everything_to_cite_and_check_it(client, shown, tmp_path):
    page = client.get("/daten/").text
    links = re.findall(r'href="(/daten/ausgaben/[^"]+)"', page)
    assert "/daten/ausgaben/2026.11/CITATION.cff" in links
    assert all(client.get(link).status_code == 200 for link in links)
    whole = b"".join(client.get("/daten/ausgaben/2026.11.zip").streaming_content)
    ZipFile(io.BytesIO(whole)).extractall(tmp_path / "taken")
    Document.objects.all().delete()
    assert releases.load(tmp_path / "taken" / "versprochen-2026.11")["documents"] == 1


def test_a_release_with_a_text_withdrawn_since_is_handed_out_no_more(client, shown):
    Document.objects.filter(pk=shown.pk).update(status="withdrawn")
    assert client.get("/daten/ausgaben/2026.11.zip").status_code == 410
    assert client.get("/daten/ausgaben/2026.11/README.md").status_code == 410
    assert "/daten/ausgaben/" not in client.get("/daten/").text


@pytest.mark.parametrize(
    "address", ["1999.01.zip", "2026.11/documents.csv", "2026.11/..%2F..%2Fsecret_key", "..zip"]
)
def test_only_what_a_release_offers_is_handed_out(client, shown, address):
    assert client.get(f"/daten/ausgaben/{address}").status_code == 404


@pytest.mark.parametrize(
    ("column", "value"),
    [("key", 'a"b},{'), ("key", "../admin"), ("specificity", '"'), ("decision", "god")],
)
def test_a_pledge_that_is_none_is_refused_and_nothing_is_read(archive, tmp_path, column, value):
    releases.make(tmp_path / "release", "1", today=TODAY)
    table = tmp_path / "release" / "pledges.csv"
    rows = list(csv.DictReader(table.open(newline="")))
    rows[0][column] = value
    with table.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    sums = tmp_path / "release" / "SHA256SUMS"
    kept = [line for line in sums.read_text().splitlines(True) if "pledges.csv" not in line]
    sums.write_text("".join(kept))
    with pytest.raises(releases.BadRelease, match=r"nennt pledges\.csv nicht"):
        releases.load(tmp_path / "release")
    checksum = hashlib.sha256(table.read_bytes()).hexdigest()
    sums.write_text("".join([*kept, f"{checksum}  pledges.csv\n"]))
    Document.objects.all().delete()
    with pytest.raises(releases.BadRelease, match="ist keines"):
        releases.load(tmp_path / "release")
    assert not Document.objects.exists()


def test_a_table_without_rows_is_its_head(archive):
    for rows in (
        Pledge.objects.none(),
        Pledge.objects.filter(pk__in=[]),
        Pledge.objects.filter(pk=0),
    ):
        (head,) = "".join(exports.csv_lines(exports.PLEDGES, rows)).splitlines()
        assert head.startswith("key,document_id,")
        assert "".join(exports.json_lines(exports.PLEDGES, rows)) == ""
