"""A paper that nobody could wait for is measured before it is set, and says what to shorten."""

from dataclasses import replace
from datetime import date

import pytest
from django.http import HttpRequest, HttpResponse

from traektoria.core.errors import Invalid
from traektoria.documents.views import within_budget
from traektoria.engines.papers import PRINTERS, Paper, PaperTooLong, Paragraph, check_budget
from traektoria.engines.papers.budget import PIECES, SIGNS

PAPER = Paper(
    kind="protocol", file_name="Протокол", title=("Протокол",), issuer=("Центр",), day=date(2026, 9, 1), blocks=()
)


@pytest.mark.parametrize("form", sorted(PRINTERS))
def test_eight_notes_of_a_megabyte_and_a_half_are_refused_before_they_are_set(form: str) -> None:
    blocks = tuple(Paragraph(f"Записка {number} " + "слово " * 250_000) for number in range(8))
    with pytest.raises(PaperTooLong) as refused:
        PRINTERS[form](replace(PAPER, blocks=blocks))
    assert refused.value.longest.startswith("Записка")
    assert refused.value.total > SIGNS


def test_what_counts_is_all_of_it() -> None:
    check_budget({"a": ["я" * (SIGNS // 2), ("я" * (SIGNS // 2),)], "n": 1, "none": None})
    with pytest.raises(PaperTooLong):
        check_budget(["я" * SIGNS, "я"])
    with pytest.raises(PaperTooLong):
        check_budget([""] * (PIECES + 1))


def test_sentence_names_the_longest_text() -> None:
    @within_budget
    def view(request: HttpRequest) -> HttpResponse:
        check_budget(["Как всё было " + "я" * SIGNS, "коротко"])
        return HttpResponse()

    with pytest.raises(Invalid) as refused:
        view(HttpRequest())
    assert "«Как всё было" in refused.value.sentence
    assert "400" in refused.value.sentence
