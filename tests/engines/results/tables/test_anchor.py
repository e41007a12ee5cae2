"""A region's real export, from the file to the figures its own analysts published."""

from decimal import Decimal
from pathlib import Path

from tests.shared import shared
from traektoria.engines.results import import_dataset
from traektoria.engines.results.tables import By, ResultsSource, Selection, journal, marks


def test_math_4_of_2021(tmp_path: Path) -> None:
    source = shared("vpr/region_2021_math_4.xlsx")
    dataset = ResultsSource(import_dataset(source.read_bytes(), source.name, tmp_path).path)
    (row,) = marks(dataset, Selection(By.REGION))
    assert row.n == 24933
    assert row.percents == tuple(map(Decimal, ("3.31", "23.61", "46.18", "26.90")))
    (pair,) = journal(dataset, Selection(By.REGION))
    shares = (pair.lowered_percent, pair.confirmed_percent, pair.raised_percent)
    assert shares == tuple(map(Decimal, ("12.87", "65.30", "21.83")))
