"""Why a file was not taken, in words: where the trouble is and what to do about it.

Codes and their parameters come from ``engines.results.errors``; a test holds that each of them is worded here.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.errors import Invalid
from traektoria.core.figures import figure, file_size, percent
from traektoria.engines.results.errors import NeedsAnswers
from traektoria.engines.tables.errors import ImportRefused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise

SENTENCES: Mapping[str, Promise] = {
    "empty": gettext_lazy("«%(file)s» is empty. Open it in Excel, check that the table is there, and save it again."),
    "all_hidden": gettext_lazy(
        "All sheets of «%(file)s» that hold anything are hidden. Open it in Excel, right-click a sheet below, "
        "choose «Unhide», and save the file again."
    ),
    "too_large": gettext_lazy(
        "«%(file)s» is larger than we take: %(size)s of %(limit)s. Split it by municipalities or by grades."
    ),
    "zip_bomb": gettext_lazy(
        "«%(file)s» unpacks into far more than its size promises; for safety we do not open it. "
        "Copy the table alone into a new workbook and save it as XLSX."
    ),
    "damaged": gettext_lazy(
        "«%(file)s» is damaged: it was not downloaded or saved to the end. Download it once more, "
        "or open it in Excel and save it again as XLSX."
    ),
    "encrypted": gettext_lazy(
        "«%(file)s» is protected by a password. Open it in Excel, take the protection off and save it again."
    ),
    "old_excel": gettext_lazy(
        "«%(file)s» is in the old format of Excel 97–2003. "
        "Open it in Excel and choose «Save as», «Excel workbook (*.xlsx)»."
    ),
    "binary_workbook": gettext_lazy(
        "«%(file)s» is a binary workbook (XLSB). Open it in Excel and choose «Save as», «Excel workbook (*.xlsx)»."
    ),
    "open_document": gettext_lazy(
        "«%(file)s» is in the format of LibreOffice (ODS). Save it there as «Excel 2007–365 (.xlsx)»."
    ),
    "macros": gettext_lazy(
        "«%(file)s» contains macros; for safety we do not open it. "
        "Save it in Excel as a workbook without macros (*.xlsx)."
    ),
    "html": gettext_lazy(
        "«%(file)s» is a web page, not a table: most likely the sign-in page was saved instead of the file. "
        "Download the file once more."
    ),
    "not_a_table": gettext_lazy("«%(file)s» is not a table. We take XLSX and CSV files."),
    "too_many_rows": gettext_lazy(
        "«%(file)s» has %(rows)s filled rows or more, we take up to %(limit)s. Split it by municipalities or by grades."
    ),
    "too_many_columns": gettext_lazy(
        "In «%(file)s», row %(row)s, %(columns)s cells are filled, we take up to %(limit)s columns. "
        "Delete the columns that are not of the table."
    ),
    "too_sparse": gettext_lazy(
        "In «%(file)s» filled cells stand very far from the table, such as %(cell)s. "
        "Copy the table alone into a new workbook and save it as XLSX."
    ),
    "encoding": gettext_lazy("The letters of «%(file)s» can't be read. Save it in Excel as «CSV UTF-8» or as XLSX."),
    "quoting": gettext_lazy(
        "In «%(file)s», row %(row)s, a quotation mark is opened and not closed. Correct it, or save the table as XLSX."
    ),
    "unknown_layout": gettext_lazy(
        "«%(file)s» is a table, but not one of those that we know. We saw: %(seen)s. We know the exports of results, "
        "the collection forms, Ф1, Ф3, the comparison with the journal, and a table with the columns "
        "«school, class, participant, 1, 2, 3…»."
    ),
    "no_participants": gettext_lazy(
        "«%(file)s» has headings of results, but not one filled row of a participant under them. "
        "Check that this is the filled form and not the empty one."
    ),
    "ambiguous_layout": gettext_lazy(
        "In «%(file)s» several sheets look like results: %(seen)s. Leave one of them and save the file again."
    ),
    "needs_answers": gettext_lazy("«%(file)s» does not say everything about itself: answer a short question."),
}
_SEEN_LIMIT = 6


class FileRefused(Invalid):
    """A file that could not be taken; ``code`` is the engine's."""

    def __init__(self, sentence: str, *, code: str, filename: str) -> None:
        super().__init__(sentence, code=code)
        self.filename = filename


class AnswersNeeded(FileRefused):
    """The file is good, but does not say ``missing``; ``seen`` is what it does say, ``suggestions`` are guesses."""

    def __init__(self, sentence: str, *, filename: str, needed: NeedsAnswers) -> None:
        super().__init__(sentence, code="needs_answers", filename=filename)
        self.missing = needed.missing
        self.seen = needed.seen
        self.suggestions = needed.suggestions

    @property
    def told(self) -> dict[str, Any]:
        """For ``of_told``."""
        facts = {"missing": list(self.missing), "seen": self.seen, "suggestions": self.suggestions}
        return {**facts, "sentence": self.sentence}

    @classmethod
    def of_told(cls, told: Mapping[str, Any], filename: str) -> AnswersNeeded:
        needed = NeedsAnswers(tuple(told["missing"]), told["seen"], told["suggestions"])
        return cls(told["sentence"], filename=filename, needed=needed)


def differing_sentence(seen: Mapping[str, Any]) -> str:
    """Why it is asked which points count; «» where it is not."""
    if "differing" not in seen:
        return ""
    rows, of = seen["differing"]["value"]
    facts = {"rows": figure(rows), "of": figure(of), "share": percent(Decimal(100 * rows) / of, 1)}
    words = ngettext(
        "In %(rows)s of %(of)s row (%(share)s) the stated total is not the sum of the tasks.",
        "In %(rows)s of %(of)s rows (%(share)s) the stated total is not the sum of the tasks.",
        of,
    )
    return words % facts


def refused(refusal: ImportRefused, filename: str) -> FileRefused:
    """The engine's refusal as a sentence for people."""
    words = sentence_of(refusal.code, refusal.params, filename)
    if isinstance(refusal, NeedsAnswers):
        return AnswersNeeded(words, filename=filename, needed=refusal)
    return FileRefused(words, code=refusal.code, filename=filename)


def sentence_of(code: str, params: Mapping[str, Any], filename: str) -> str:
    """The sentence of a code; parameters that the engine did not give read as a dash."""
    sizes = {name: file_size(params.get(name, 0)) for name in ("size", "limit") if code == "too_large"}
    counts = {name: figure(params[name]) for name in ("rows", "columns", "limit") if isinstance(params.get(name), int)}
    facts = {
        "rows": "–",
        "columns": "–",
        "limit": "–",
        "row": params.get("row", "–"),
        "cell": params.get("cell", "–"),
        **counts,
        **sizes,
    }
    sentence: str = SENTENCES[code] % {**facts, "file": filename, "seen": _seen(params.get("seen"))}
    return sentence


def _seen(seen: Any) -> str:
    """What stood in the sheets, short enough for a sentence."""
    if not seen:
        return _("nothing that looks like a heading")
    parts = [f"{name}: {_short(what)}" for name, what in seen.items()] if isinstance(seen, dict) else map(_short, seen)
    return "; ".join(list(parts)[:_SEEN_LIMIT])


def _short(what: Any) -> str:
    words = what if isinstance(what, list | tuple) else [what]
    return ", ".join(f"«{str(word)[:40]}»" for word in list(words)[:_SEEN_LIMIT])
