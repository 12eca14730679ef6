"""A large library to measure with: the bundled decks, and decks made by script until there are so many passages.

The made decks have what training decks have: headings with their gains, drawbacks and duties, tables, charts of units,
steps, plain paragraphs. Their words and sentences are drawn, with a fixed seed, from the sets under ../shared/bench
where they are there, and from the decks of this repository. They go the way of every file: read by the limited child,
kept in the library's database, indexed by the builder.

Only their vectors are not real. The model embeds some 30 passages a second, which would take hours: ``BulkEncoder``
makes those of the made decks by hashing character pairs into a random projection, around the direction that all
vectors of the model share. Questions and the bundled decks have real vectors. So times and memory are those of a
library of that size; how good its answers are is not measured with it. The graph of the vectors is built with less
care than the product takes (``QUICKLY``), which saves most of an hour and does not change what a search costs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from kejian.assistant.evaluation.beir_data import Dataset
from kejian.corpus.terms import TermBase
from kejian.index import dense
from kejian.index.home import Home
from kejian.index.model import Encoder, Vectors
from kejian.index.segment import Segmenter
from kejian.ingest.model import Deck
from kejian.ingest.read import read_deck

ROOT = Path(__file__).parents[1]
OWN_DECKS = ("corpus/decks/bpr.md", "tests/decks/handbook.md", "tests/decks/products.md")
SETS = ("cmrc2018", "drcd", "dureader-sample")
SLIDES = 24  # of a made deck
TRIED = 6  # made decks that are read to see how many passages one has
SENTENCE = re.compile(r"[^。！？!?；;\n|<>#*\[\]]{6,60}[。！？!?；;]")
UNITS = ("部", "中心", "组", "室", "处", "科")
KINDS = ("型", "模式", "方案", "制度", "流程", "系统", "标准", "产品")
COLUMNS = ("负责人", "期限", "标准", "适用范围", "频次", "费用", "说明", "联系方式")
BUCKETS, SHARED = 4096, 0.9  # hashed character pairs; cosine of a made vector with what all vectors share
QUICKLY = 48  # neighbours looked at for each vector while the graph is built
DIRECTIONS = 64  # in which made vectors differ: those of a model, too, fill far fewer than it has dimensions


@dataclass(frozen=True)
class Material:
    """What decks are made of: short words for names, and whole sentences."""

    words: tuple[str, ...]
    sentences: tuple[str, ...]

    @classmethod
    def read(cls, bench: Path) -> Material:
        """From the sets in ``bench``, as many as there are, and this repository's decks."""
        texts = [(ROOT / name).read_text(encoding="utf-8") for name in OWN_DECKS]
        for name in SETS:
            if (bench / name).is_dir():
                texts += [document["text"] for document in Dataset.read(bench / name).documents]
        sentences = dict.fromkeys(found.group().strip() for text in texts for found in SENTENCE.finditer(text))
        cut = Segmenter()
        words = dict.fromkeys(
            word for sentence in list(sentences)[::3] for word in cut.search_words(sentence) if _is_name_part(word)
        )
        return cls(tuple(words), tuple(sentences))


@dataclass(frozen=True)
class BulkEncoder:
    """Real questions, made passages: see above. ``shared`` is the unit mean of real vectors of passages."""

    real: Encoder
    shared: Vectors
    projection: Vectors

    @classmethod
    def beside(cls, real: Encoder, texts: Sequence[str]) -> BulkEncoder:
        """``texts`` are real passages to learn the shared direction from."""
        mean = real.encode_passages(texts).mean(axis=0)
        drawn = np.random.default_rng(0)
        buckets = drawn.standard_normal((BUCKETS, DIRECTIONS), dtype=np.float32)
        projection = buckets @ drawn.standard_normal((DIRECTIONS, real.dimension), dtype=np.float32)
        return cls(real, mean / np.linalg.norm(mean), projection)

    @property
    def fingerprint(self) -> str:
        return self.real.fingerprint

    @property
    def dimension(self) -> int:
        return self.real.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.real.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        own = np.stack([self.projection[_buckets(text)].sum(axis=0) for text in texts])
        own /= np.linalg.norm(own, axis=1, keepdims=True)
        vectors: Vectors = SHARED * self.shared + np.sqrt(1 - SHARED**2, dtype=np.float32) * own
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def fill(home_folder: Path, encoder: Encoder, passages: int, bench: Path) -> None:
    """Make the library at ``home_folder``, or leave it as it is where it already has so many passages."""
    with Home.open(home_folder, encoder=lambda: encoder) as home:
        home.ingest([ROOT / "corpus/decks"])
        decks = home.snapshot().decks
        held = sum(deck.passages for deck in home.decks())
        texts = [text for deck in decks for slide in deck.slides for text in slide.indexed_texts]
    if held >= passages:
        return
    made = home_folder.with_name(f"{home_folder.name}-decks")
    write_decks(made, passages - held, Material.read(bench))
    dense.HNSW["ef_construction"] = QUICKLY
    with Home.open(home_folder, encoder=lambda: BulkEncoder.beside(encoder, texts[:256])) as home:
        home.ingest([made])


def write_decks(folder: Path, passages: int, material: Material) -> None:
    """Markdown decks in ``folder`` that together have about so many passages."""
    folder.mkdir(parents=True, exist_ok=True)
    terms, counted, number = TermBase.bundled(), 0, 0
    while counted < passages:
        path = folder / f"deck{number:05}.md"
        path.write_text(made_deck(number, material), encoding="utf-8")
        counted += _passages(read_deck(path, terms)) if number < TRIED else counted // number
        number += 1


def made_deck(number: int, material: Material) -> str:
    """One deck in Markdown; the same for the same number and material."""
    maker = DeckMaker(random.Random(number), material)
    title = f"{maker.name(KINDS)}培训（{number + 1}）"
    slides = [f"<!-- slide: {place} -->\n\n{maker.slide()}" for place in range(1, SLIDES + 1)]
    return "\n\n".join((f"---\ntitle: {title}\n---", *slides)) + "\n"


@dataclass(frozen=True)
class DeckMaker:
    """Draws the slides of one deck."""

    chance: random.Random
    material: Material

    def slide(self) -> str:
        kinds = (self.compared, self.compared, self.duties, self.table, self.chart, self.steps, self.prose, self.prose)
        return self.chance.choice(kinds)()

    def compared(self) -> str:
        """Two or three things side by side, each with its gains and drawbacks."""
        kind = self.chance.choice(KINDS)
        named = [self.name((kind,)) for _ in range(self.chance.randint(2, 3))]
        return "\n\n".join(
            (
                f"## {self.word()}{kind}的选择",
                *(f"### {name}\n\n#### 优点\n\n{self.bullets()}\n\n#### 缺点\n\n{self.bullets()}" for name in named),
            )
        )

    def duties(self) -> str:
        units = [self.name(UNITS) for _ in range(self.chance.randint(2, 4))]
        return "\n\n".join(
            (f"## {self.word()}各部门的职责", *(f"### {unit}\n\n#### 职责\n\n{self.bullets()}" for unit in units))
        )

    def table(self) -> str:
        columns = self.chance.sample(COLUMNS, 3)
        rows = [[self.name(KINDS), *(self.short() for _ in columns)] for _ in range(self.chance.randint(4, 8))]
        lines = [["名称", *columns], ["---"] * 4, *rows]
        return f"## {self.word()}{self.word()}一览\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in lines)

    def chart(self) -> str:
        lines = [f"- {self.name(('公司', '中心'))}"]
        for _ in range(self.chance.randint(3, 5)):
            lines.append(f"  - {self.name(UNITS)}")
            lines += [f"    - {self.name(UNITS)}" for _ in range(self.chance.randint(0, 3))]
        return f"## {self.word()}组织结构\n\n### {self.word()}{self.word()}的组织结构\n\n" + "\n".join(lines)

    def steps(self) -> str:
        lines = "\n".join(f"{number}. {self.sentence()}" for number in range(1, self.chance.randint(4, 7)))
        return f"## {self.name(('流程',))}\n\n### 流程\n\n{lines}"

    def prose(self) -> str:
        paragraphs = ("".join(self.sentence() for _ in range(self.chance.randint(2, 5))) for _ in range(3))
        return f"## {self.word()}{self.word()}概述\n\n" + "\n\n".join(paragraphs)

    def bullets(self) -> str:
        return "\n".join(f"- {self.sentence()}" for _ in range(self.chance.randint(2, 4)))

    def short(self) -> str:
        amounts = (f"{self.chance.randint(1, 60)}天", f"{self.chance.randint(1, 90) * 100}元", self.name(UNITS))
        return self.chance.choice((*amounts, self.sentence()[:14], self.word() + self.word()))

    def name(self, endings: Sequence[str]) -> str:
        return f"{self.word()}{self.word()}{self.chance.choice(endings)}"

    def word(self) -> str:
        return self.chance.choice(self.material.words)

    def sentence(self) -> str:
        return self.chance.choice(self.material.sentences)


def _is_name_part(word: str) -> bool:
    return len(word) == 2 and all("\u4e00" <= character <= "\u9fff" for character in word)


def _buckets(text: str) -> list[int]:
    return [crc32(text[i : i + 2].encode()) % BUCKETS for i in range(max(1, len(text) - 1))]


def _passages(deck: Deck) -> int:
    return sum(len(slide.passages) for slide in deck.slides)
