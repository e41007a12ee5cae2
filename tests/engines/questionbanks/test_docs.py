"""docs/questionbanks.md names every code, every column and every kind."""

from pathlib import Path

from traektoria.engines.questionbanks import PROBLEM_CODES, UNREADABLE_CODES, QuestionKind
from traektoria.engines.questionbanks.table_columns import COLUMNS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "questionbanks.md"


def rows(codes: dict[str, str]) -> str:
    return "\n".join(f"| `{code}` | {meaning.replace('|', chr(92) + '|')} |" for code, meaning in codes.items())


def test_codes_are_listed_as_in_the_source() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert rows(UNREADABLE_CODES) in page
    assert rows(PROBLEM_CODES) in page


def test_columns_and_kinds_are_named() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [column.title for column in COLUMNS if f"«{column.title}»" not in page] == []
    assert [str(kind) for kind in QuestionKind if f"`{kind}`" not in page] == []
