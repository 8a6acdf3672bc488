"""A corpus to measure search with: words of a Zipf distribution, every fifth excerpt Japanese, tags, publishers, dates.

The same seed gives the same texts and queries each time.
"""

from __future__ import annotations

import bisect
import itertools
import json
import random
from collections.abc import Callable, Iterator

VOCABULARY, JAPANESE_VOCABULARY, WORDS, PER_SOURCE = 60_000, 12_000, 60, 4
QUERIES = 40
SYLLABLES = [
    c + v
    for c in ["b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "tr", "st", "ch", ""]
    for v in "aeiou"
]
KANJI = "日本政府経済産業省半導体輸出管理強化協力会議発表安全保障供給網資源鉱物電力海底通信研究開発投資関係国際市場技術企業制度法律防衛外交対策計画予算地域港湾空港鉄道食料水素原子再生可能炭素排出教育医療情報機関委員首相大臣局長調査報告"
KANA = [
    "の",
    "を",
    "が",
    "に",
    "は",
    "と",
    "で",
    "した",
    "する",
    "など",
    "から",
    "まで",
    "サプライ",
    "チェーン",
    "データ",
    "エネルギー",
]


class Corpus:
    """Makes texts; the same seed gives the same ones."""

    def __init__(self, seed: int = 4) -> None:
        self.random = random.Random(seed)
        self.words = self._vocabulary(VOCABULARY, self._word)
        self.japanese = KANA + self._vocabulary(JAPANESE_VOCABULARY, self._kanji)
        self._weights = [
            list(itertools.accumulate(1 / n for n in range(1, len(v) + 1)))
            for v in (self.words, self.japanese)
        ]

    def _vocabulary(self, size: int, make: Callable[[], str]) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < size:
            found[make()] = None
        return list(found)

    def _word(self) -> str:
        return "".join(
            self.random.choices(SYLLABLES, k=self.random.choice([1, 2, 2, 3, 3, 4]))
        ) + self.random.choice(["", "", "n", "s", "r"])

    def _kanji(self) -> str:
        return "".join(self.random.choices(KANJI, k=self.random.choice([1, 2, 2, 2, 3, 4])))

    def pick(self, kind: int) -> str:
        """Return a word: 0 for English, 1 for Japanese."""
        weights = self._weights[kind]
        return (self.words, self.japanese)[kind][bisect.bisect(weights, self.random.random() * weights[-1])]

    def text(self, kind: int) -> str:
        """Return the text of an excerpt."""
        if kind:
            return "".join(self.pick(1) for _ in range(WORDS)) + "。"
        return " ".join(self.pick(0) for _ in range(WORDS)).capitalize() + "."

    def lines(self, excerpts: int, tags: dict[str, list[str]]) -> Iterator[bytes]:
        """Yield lines of the bulk form."""
        draw = self.random
        for _ in range(excerpts // PER_SOURCE):
            kind = int(draw.random() < 0.2)
            texts = [self.text(kind) for _ in range(PER_SOURCE)]
            day = [draw.randint(2011, 2025), draw.randint(1, 12), draw.randint(1, 28)]
            csl = {
                "type": "article-newspaper",
                "title": " ".join(self.pick(kind) for _ in range(6)),
                "publisher": f"Publisher {int(draw.paretovariate(0.6)) % 180}",
                "issued": {"date-parts": [day[: draw.choice([3, 3, 3, 2, 1])]]}
                if draw.random() < 0.97
                else {},
                "language": ["en", "ja"][kind],
            }
            made = [
                {"quote": text, "kind": draw.choice(["quotation", "fact"]), "tags": self._tags(tags)}
                for text in texts
            ]
            yield json.dumps(
                {"csl": csl, "text": "\n\n".join(texts), "excerpts": made}, ensure_ascii=False
            ).encode()

    def _tags(self, tags: dict[str, list[str]]) -> list[str]:
        draw = self.random
        return [
            f"{kind}:{keys[min(int(draw.paretovariate(0.7)) - 1, len(keys) - 1)]}"
            for kind, keys in tags.items()
            for _ in range(draw.choice([0, 1, 1, 2]))
        ]


def queries(corpus: Corpus) -> dict[str, list[str]]:
    """Return queries by class, in the query language."""
    english, japanese = corpus.words, corpus.japanese[len(KANA) :]
    draw = random.Random(7)
    long = [w for w in english if len(w) >= 4]
    hot = english[:QUERIES]
    middle = english[100:1000]
    two = [(draw.choice(english[:300]), draw.choice(english[20:2000])) for _ in range(QUERIES)]
    return {
        "one letter": [f"{c}*" for c in "abcdefghilmnoprstu"] * 2,
        "two letters": [f"{draw.choice(english[:2000])[:2]}*" for _ in range(QUERIES)],
        "four letters": [f"{draw.choice(long[:2000])[:4]}*" for _ in range(QUERIES)],
        "hot word": hot,
        "middle word": draw.sample(middle, QUERIES),
        "rare word": draw.sample(english[20_000:], QUERIES),
        "two words": [f"{a} {b}" for a, b in two],
        "phrase": [f'"{draw.choice(english[:60])} {draw.choice(english[:60])}"' for _ in range(QUERIES)],
        "word + prefix": [f"{a} {b[:2]}*" for a, b in two],
        "either": [f"{a} OR {b}" for a, b in two],
        "Japanese 1": draw.sample(sorted(set(KANJI)), QUERIES),
        "Japanese 2": [draw.choice([w for w in japanese[:3000] if len(w) == 2]) for _ in range(QUERIES)],
        "Japanese 4": [draw.choice([w for w in japanese[:6000] if len(w) == 4]) for _ in range(QUERIES)],
    }
