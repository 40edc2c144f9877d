"""Which labelled units and which files belong together, and what does the pipeline read in each?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from programmes import evaluation
from programmes.ingest.pieces import Known, Parsed, Refused, Source
from programmes.ingest.workers import parse_all
from programmes.management import offered

_SECONDS = 120.0  # a labelled text is one's own: a busy machine is likelier than a hostile file


def gold(path: Path) -> tuple[evaluation.Unit, ...]:
    """The units of a gold file; a `CommandError` with one clear sentence if it is none."""
    try:
        return evaluation.read_gold(path.read_text(encoding="utf-8-sig").splitlines())
    except FileNotFoundError:
        raise CommandError(f"{path}: Diese Datei gibt es nicht.", returncode=2) from None
    except IsADirectoryError:
        raise CommandError(f"{path}: Das ist ein Ordner, keine Gold-Datei.", returncode=2) from None
    except OSError as error:
        raise CommandError(f"{path}: nicht lesbar ({error.strerror}).", returncode=2) from None
    except UnicodeDecodeError:
        raise CommandError(f"{path}: kein UTF-8-Text.", returncode=2) from None
    except evaluation.BadGold as error:
        raise CommandError(f"{path}: {error}", returncode=2) from None


def paths_by_seed(seeds: Sequence[str], paths: Sequence[Path]) -> dict[str, Path]:
    """Which file belongs to which `seed`: by name, or by name without its ending."""
    by_name = {path.name: path for path in paths}
    by_stem = {path.stem: path for path in paths}
    pairs = {seed: by_name.get(Path(seed).name) or by_stem.get(Path(seed).stem) for seed in seeds}
    return {seed: path for seed, path in pairs.items() if path is not None}


def near(gold: Path) -> list[Path]:
    """The files that lie with a gold file or in a folder beside its own: where its texts may be."""
    folder = gold.resolve().parent
    folders = [folder, *sorted(one for one in folder.parent.iterdir() if one.is_dir())]
    found = [
        file
        for one in dict.fromkeys(folders)
        for file in sorted(one.iterdir())
        if file.is_file() and file != gold.resolve() and not file.name.startswith(".")
    ]
    return [file for file in found if file.suffix not in (".jsonl", ".json")]


def parsed(
    paths: dict[str, Path], known: Known, say: Callable[[str], object]
) -> Iterator[tuple[str, Parsed]]:
    """Each document by its seed, read to the end; what is refused is said and left out."""
    sources: dict[str, Source] = {}
    for seed, path in paths.items():
        try:
            sources[seed] = Source(offered.load(path, settings.MAX_DOCUMENT_BYTES), str(path))
        except Refused as refusal:
            say(f"{path}: {refusal}")
    processes = min(len(sources), settings.READING_PROCESSES) or 1
    results = parse_all(list(sources.values()), known, processes=processes, seconds=_SECONDS)
    for seed, result in zip(sources, results, strict=True):
        if isinstance(result, Refused):
            say(f"{paths[seed]}: {result}")
        else:
            yield seed, result
