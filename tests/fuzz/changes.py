"""How an input is changed so that it stays near to what people write: by words, tags, numbers and lines.

libFuzzer's own changes of single bytes rarely make a second valid word, tag or list; half of all changes are
made here instead, from pieces of the input itself and the words that mean something to its reader.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

PIECE = re.compile(rb"<[^<>]{0,200}>|\"[^\"\n]{0,80}\"|\w+|[^\S\n]+|\n|.", re.DOTALL)
NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"2",
    b"7",
    b"99",
    b"1000000",
    b"4294967296",
    b"1e999",
    b"\xc2\xb2",
    b"\xd9\xa3",
)
LINES = (
    b"# ", b"## ", b"- ", b"  - ", b"    1. ", b"1. ", b"a) ", b"| ", b"|---|---|\n", b"> ", b"\t", b"   ", b"===\n", b"---\n",
    b"```\n", b"\\", b"&lt;", b"&#x3c;", b"&amp;amp;", b"<b>", b"[a](b)", b"\xee\x80\x80", b"\xee\x80\x81", b"\xee\x80\x82",
    b"\xe2\x80\xa8", b"\xc2\xad", b"\xe2\x80\x8b", b"\xcc\x88", b"\xef\xac\x81", b"\xe2\x80\xae", b"\xf0\x9f\x8f\xb3", b"\r", b"\x0c",
)  # fmt: skip
MOST = 4  # changes at once


def changed(data: bytes, words: Sequence[bytes], seed: int, longest: int) -> bytes:
    """The input after one to four changes by pieces; never longer than allowed."""
    chance = random.Random(seed)
    pieces = PIECE.findall(data) or [b""]
    for _ in range(chance.randint(1, MOST)):
        at = chance.randrange(len(pieces) + 1)
        end = min(len(pieces), at + chance.choice((1, 1, 2, 3, 8, 20)))
        run = pieces[at:end]
        what = chance.randrange(8)
        if what == 0:
            del pieces[at:end]
        elif what == 1:
            pieces[at:at] = run * chance.choice((1, 1, 2, 5, 40))
        elif what == 2:
            to = chance.randrange(len(pieces) + 1)
            pieces[to:to] = run
        elif what == 3 and words:
            pieces.insert(at, chance.choice(words))
        elif what == 4 and words:
            pieces[at:end] = [chance.choice(words)]
        elif what == 5:
            pieces.insert(at, chance.choice(LINES))
        elif what == 6 and run:
            pieces[at] = chance.choice(NUMBERS) if run[0].isdigit() else run[0].swapcase()
        else:
            chance.shuffle(run)
            pieces[at:end] = run
        pieces = pieces or [b""]
    return b"".join(pieces)[:longest]
