"""The fields of a criterion on the page on which an audit is filled: the form of Django is drawn once a process and
filled for each of forty criteria, for to draw it forty times takes a second."""

import re
from functools import lru_cache
from typing import Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from traektoria.core.components.forms import keys_of
from traektoria.people.guard import ActorRequest
from traektoria.planning.audits.cells import Marks
from traektoria.planning.audits.content import Criterion
from traektoria.planning.audits.forms import AnswerForm
from traektoria.planning.audits.models import Audit
from traektoria.planning.audits.queries.audits import CriterionLine, FilledAudit

TEXTS: Final = ("why", "note", "concerns", "address")
_SHOTS: Final = "data-shots>"
_PLACE: Final = re.compile("\ue000([a-z]+)\ue001")


class Asks:
    """Draws the criteria of one page, which is looked up and signed once; the form that was ``wrong`` as it came."""

    def __init__(
        self, request: ActorRequest, sheet: FilledAudit, audit: Audit, wrong: AnswerForm | None = None
    ) -> None:
        self.request, self.wrong, self.marks, self.language = request, wrong, Marks(), get_language()
        self.day = sheet.last.day if sheet.last else None
        self.to = reverse("planning:audit_answer", args=[audit.pk, 0])

    def draw(self, line: CriterionLine) -> Markup:
        one, number = line.criterion, line.criterion.number
        looks = (one.yes_looks, one.partly_looks, one.no_looks)
        return Markup(  # noqa: S704 (each part is escaped where it is made)
            f'<section class="card audit-ask" id="c{line.place}" data-criterion="{number}">'
            f'<div class="card-body stack-s">{_head(line.place, one.title, one.hint, looks, self.language)}'
            f"{self.marks.before(line, self.day) if self.day else ''}"
            f'<form class="form" method="post" action="{self.to.replace("/0/", f"/{number}/")}" '
            f'enctype="multipart/form-data" novalidate>{keys_of(self.request)}'
            f"{self._with_files(line)}</form></div></section>"
        )

    def _with_files(self, line: CriterionLine) -> str:
        text = self._fields(line)
        return text.replace(_SHOTS, f"{_SHOTS}{self.marks.files(line)}", 1) if line.files else text

    def _fields(self, line: CriterionLine) -> str:
        """As ``planning/audit_fields.html`` draws the form with what was answered."""
        answer, number = line.answer, line.criterion.number
        if self.wrong is not None and self.wrong.number == number:
            return str(render_to_string("planning/audit_fields.html", {"form": self.wrong, "opened": True}))
        text = _pattern(line.criterion.asks_address, self.language).replace('"c0-', f'"c{number}-')
        if answer is None:
            return _PLACE.sub("", text)
        text = text.replace(f'value="{answer.verdict}"', f'value="{answer.verdict}" checked', 1)
        if answer.note or answer.why:
            text = text.replace('<details class="fold"', '<details class="fold" open', 1)
        return _PLACE.sub(lambda place: escape(getattr(answer, place[1])), text)


@lru_cache(maxsize=1024)
def _head(place: int, title: str, hint: str, looks: tuple[str, ...], _language: str | None) -> Markup:
    """The criterion and how its answers look."""
    words = (_("there is:"), _("in part:"), _("there is none:"))
    rows = [f"<li>{word} {escape(look)}</li>" for word, look in zip(words, looks, strict=True) if look]
    said = f"<h3>{place}. {escape(title)}</h3>"
    said += f'<p class="muted">{escape(hint)}</p>' if hint else ""
    return Markup(said + (f'<ul class="small">{"".join(rows)}</ul>' if rows else ""))  # noqa: S704 (escaped)


@lru_cache(maxsize=16)
def _pattern(asks_address: bool, _language: str | None) -> str:
    """Plain text: markup would escape what is put in its places."""
    places = {name: f"\ue000{name}\ue001" for name in TEXTS}
    form = AnswerForm(criterion=Criterion(0, "", asks_address=asks_address), initial=places)
    return str(render_to_string("planning/audit_fields.html", {"form": form, "opened": False}))
