"""Make the line model of pasted text from pages whose lines people marked.

A tool for developers, run by hand; needs scikit-learn and numpy (``uv pip install scikit-learn``), which Briefer
itself does not. Reads ``pasted_pages.jsonl`` of a folder ``shared/data`` beside the checkout (or the folder given)
and writes ``resources/intake/line_model.json``. The same pages and versions give the same file. Run it from the
checkout's folder; ``benchmarks/intake_pasted.py`` measures what comes of it, cross-validated too.

    python -m benchmarks.train_line_model [DATA]

Each page is learnt whole and in four trimmed copies (head cut off, foot cut off, both, nothing but the article),
because a model that has only seen whole pages believes that every end is a footer.
"""

from __future__ import annotations

import bisect
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from benchmarks.pasted_pages import DATA, PARTS, SEED, Page, copies, folds, read_pages
from briefer.intake.pasted.line_features import features
from briefer.intake.pasted.line_model import LineModel, Tree, from_json
from briefer.intake.pasted.lines import judge, split
from briefer.intake.pasted.reading import rough_reading
from briefer.intake.pasted.wrapping import unwrap
from briefer.intake.pasted.zones import find_zone

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "resources" / "intake" / "line_model.json"
THEN = datetime(2025, 1, 1, tzinfo=UTC)
WEIGHTS = dict(zip(PARTS, (1.0, 0.4, 0.6, 0.6, 0.3), strict=True))
SETTINGS: dict[str, Any] = {
    "max_iter": 100, "max_leaf_nodes": 8, "learning_rate": 0.08, "min_samples_leaf": 60, "l2_regularization": 10.0,
    "max_features": 0.15, "early_stopping": False, "random_state": SEED,
}  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """The lines of a page as the model is told of them, and what it should answer."""

    page: Page
    names: tuple[str, ...]
    rows: np.ndarray
    body: np.ndarray
    place: tuple[int, int]
    weights: np.ndarray


def sample(page: Page) -> Sample | None:
    text = "\n".join(page.lines)
    lines = list(unwrap(list(split(text)), text))
    judged = [judge(line) for line in lines]
    zone = find_zone(judged)
    if zone is None:
        return None
    rough = rough_reading(judged, zone, THEN)
    names, columns = features(rough.lines, zone, rough.title)
    starts = [0]
    for line in page.lines:
        starts.append(starts[-1] + len(line) + 1)
    body = np.array([bisect.bisect_right(starts, line.start) - 1 in page.gold for line in lines])
    sizes = np.array([len(line.text) for line in lines])
    share = (0.4 + np.log1p(sizes) / 5) / np.sqrt(len(lines) / 100)
    return Sample(page, names, np.array(columns).T, body, article(body, sizes), WEIGHTS[page.part] * share)


def article(body: np.ndarray, sizes: np.ndarray) -> tuple[int, int]:
    """Return the ends of the stretch that holds most of the article (some pages have a line of it elsewhere too)."""
    best, total, start, found = 0.0, 0.0, 0, (0, len(body) - 1)
    for i, (is_body, size) in enumerate(zip(body, sizes, strict=True)):
        if total <= 0:
            total, start = 0.0, i
        total += 1 + min(size, 300) / 100 if is_body else -0.35
        if total > best:
            best, found = total, (start, i)
    return found


def learn(samples: Sequence[Sample]) -> LineModel:
    """Return a model, by way of the text that is written, so that what is measured is what is shipped."""
    return from_json(as_json(samples))


def as_json(samples: Sequence[Sample]) -> str:
    rows = np.vstack([s.rows for s in samples])
    weights = np.concatenate([s.weights for s in samples])
    body = np.concatenate([s.body for s in samples])
    inside, near = [], []
    for s in samples:
        index = np.arange(len(s.body))
        inside.append((index >= s.place[0]) & (index <= s.place[1]))
        near.append((index >= s.place[0] - 1) & (index <= s.place[1] + 1))
    within = np.concatenate(near)
    data = {
        "about": "Made by benchmarks/train_line_model.py; read by briefer/intake/pasted/line_model.py.",
        "features": samples[0].names,
        "place": forest(rows, np.concatenate(inside), weights),
        "inside": forest(rows[within], body[within], weights[within]),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def forest(rows: np.ndarray, wanted: np.ndarray, weights: np.ndarray) -> dict[str, Any]:
    model = HistGradientBoostingClassifier(**SETTINGS).fit(rows, wanted, sample_weight=weights)
    # The library shows its trees nowhere else.
    trees = [branch(step[0].nodes, 0) for step in model._predictors]  # noqa: SLF001
    return {"base": round(float(model._baseline_prediction.item()), 4), "trees": trees}  # noqa: SLF001


def branch(nodes: np.ndarray, at: int) -> Tree:
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]), 4)
    low, high = branch(nodes, node["left"]), branch(nodes, node["right"])
    return [int(node["feature_idx"]), round(float(node["num_threshold"]), 5), low, high]


def cross_validate(pages: Sequence[Page]) -> Iterator[tuple[LineModel, list[Page]]]:
    """Yield, fold by fold, a model and the pages that it has never seen, nor any of their sites."""
    parts = folds(pages)
    samples = {page.name: [s for copy in copies(page) if (s := sample(copy))] for page in pages}
    for held in parts:
        names = {page.name for page in held}
        yield learn([s for page in pages if page.name not in names for s in samples[page.name]]), held


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not data.is_dir():
        sys.exit(f"no data at {data}")
    samples = [s for page in read_pages(data) for copy in copies(page) if (s := sample(copy))]
    TARGET.write_text(as_json(samples) + "\n", encoding="utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size / 1000:.0f} kB, {sum(len(s.body) for s in samples)} lines")


if __name__ == "__main__":
    main()
