"""``python -m tests.bench.engines``: engines against floors of the same run; prints JSON. No Django."""

import io
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

REPEATS = 3


def best(work: Callable[[], Any], repeats: int = REPEATS) -> float:
    """Seconds of the fastest of ``repeats`` runs: the machine is shared, its noise only ever adds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def imports() -> dict[str, Any]:
    """A regional export of about 26 000 pupils × 24 columns: importing it against reading it with calamine."""
    from python_calamine import CalamineWorkbook

    from tests.bench.files import regional_file
    from traektoria.engines.results import import_dataset

    content = regional_file()

    def read() -> int:
        return len(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python())

    with tempfile.TemporaryDirectory() as folder:
        rows = read()
        reading = best(read)
        importing = best(lambda: import_dataset(content, "region_2021_math_4.xlsx", Path(folder)))
    return {"rows": rows, "reading": reading, "importing": importing, "ratio": importing / reading, "goal": 2.0}


def tables(copies: int = 5) -> dict[str, Any]:
    """Completion by school over about two million answers: our table against hand-written SQL on the same Parquet."""
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq

    from tests.bench.files import regional_file
    from traektoria.engines.results import import_dataset
    from traektoria.engines.results.tables import By, ResultsSource, Selection, completion

    with tempfile.TemporaryDirectory() as folder:
        imported = import_dataset(regional_file(), "region_2021_math_4.xlsx", Path(folder))
        answers = imported.path / "answers.parquet"
        pq.write_table(pa.concat_tables([pq.read_table(answers)] * copies), answers)
        rows = pq.read_metadata(answers).num_rows
        dataset = ResultsSource(imported.path)
        connection = duckdb.connect(config={"threads": 2, "memory_limit": "512MB"})
        sql = (
            "select municipality, school, position, count(score) n, sum(score) total, sum(score * score) squares, "  # noqa: S608
            "count(*) filter (state = 'not_started') not_started "
            f"from read_parquet('{answers}') where counted and state in ('scored', 'not_started') group by all"
        )
        completion(dataset, Selection(By.SCHOOL))
        floor = best(lambda: connection.execute(sql).fetchall(), 5)
        ours = best(lambda: completion(dataset, Selection(By.SCHOOL)), 5)
    return {"rows": rows, "sql": floor, "table": ours, "ratio": ours / floor, "goal": 1.5}


def cards(number: int = 60) -> dict[str, Any]:
    """Route cards of two landscape pages in PDF and DOCX, each with another content, a second of one core; beside them
    what Typst takes for the same words and the same table with hardly a rule of looks (``bare.typ``)."""
    from tests.engines.cards.samples import INDIVIDUAL
    from traektoria.engines.cards import paper_of
    from traektoria.engines.papers import docx, pdf
    from traektoria.engines.papers.as_pdf import content_of
    from traektoria.engines.papers.typesetting import typeset

    different = [paper_of(replace(INDIVIDUAL, goals=(f"Цель {i}", *INDIVIDUAL.goals))) for i in range(number)]
    contents = [content_of(card)[0] for card in different]
    bare = Path(__file__).with_name("bare.typ")
    pdf(different[0])
    typeset(bare, contents[0], different[0].day)
    floors, pdfs = [], []
    for card, content in zip(different, contents, strict=True):  # by turns: who else is at work slows both
        floors.append(_cpu(lambda content=content, card=card: typeset(bare, content, card.day)))  # type: ignore[misc]
        pdfs.append(_cpu(lambda card=card: pdf(card)))  # type: ignore[misc]
    docxs = [_cpu(lambda card=card: docx(card)) for card in different[:20]]  # type: ignore[misc]
    ours, floor = statistics.median(pdfs), statistics.median(floors)
    return {
        "pdf_per_second": 1 / ours,
        "floor_per_second": 1 / floor,
        "ratio": ours / floor,
        "docx_per_second": 1 / statistics.median(docxs),
        "goal": 60,
    }


def _cpu(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    print(json.dumps({"import": imports(), "tables": tables(), "cards": cards()}))
