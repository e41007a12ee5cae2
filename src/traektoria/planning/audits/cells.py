"""What stands a hundred times on a page of audits: chips of answers and of repeats, cells of the board. Each is drawn
once a language and day."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from django.utils.text import Truncator
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from traektoria.core.components.status import chip
from traektoria.core.templating import url
from traektoria.core.typography import counted, ru_moment, short_day
from traektoria.planning.audits.enums import Verdict
from traektoria.planning.audits.models import AuditFile
from traektoria.planning.audits.queries.audits import Answered, CriterionLine
from traektoria.planning.audits.queries.board import SOON, KindCell

LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(Verdict.values, ("neutral", "")),
    Verdict.YES: ("success", "circle-check"),
    Verdict.PARTLY: ("warning", "circle-dot"),
    Verdict.NO: ("danger", "circle-x"),
}
"""Kind and icon of the chip of an answer, in whoever's words: an auditor's, or those of a school of itself."""


@lru_cache(maxsize=8)
def _chips(_language: str | None) -> dict[str, Markup]:
    """By verdict; under the empty word that nobody looked at it."""
    found = {one.value: chip(LOOKS[one][0], str(one.label), LOOKS[one][1]) for one in Verdict}
    return {**found, "": found[Verdict.UNSEEN]}


@lru_cache(maxsize=64)
def _again(times: int, _language: str | None) -> Markup:
    return chip("warning", counted(times, "%(n)s time in a row", "%(n)s times in a row"), "repeat")


class BoardCells:
    """How it stands with one kind at one school, and what can be done: words are looked up once a page."""

    def __init__(self, today: date) -> None:
        self.today, self.language = today, get_language()
        self.held, self.planned = _("was held on %(day)s"), _("planned for %(day)s")
        self.over = _("was planned for %(day)s, there is no act yet")
        self.audit = url("planning:audit_detail", 0)

    def draw(self, cell: KindCell, school: int, school_name: str) -> Markup:
        """``school_name`` is escaped already."""
        parts: list[str] = [_due(cell.due, cell.kind.floor is not None, self.today, self.language)]
        planned = self.over if cell.planned and cell.planned[1] < self.today else self.planned
        for one, words in ((cell.last, self.held), (cell.planned, planned)):
            if one:
                parts.append(_linked(self.audit, *one, self.today, words, self.language))
        if not cell.planned:
            to, plan, say = _plan(cell.kind.slug, cell.kind.title, self.language)
            said = say.replace("\ue000", school_name)
            parts.append(f'<small><a href="{to}{school}" aria-label="{said}">{plan}</a></small>')
        return Markup("<br>".join(filter(None, parts)))  # noqa: S704 (escaped by the caller and here)


@lru_cache(maxsize=512)
def _linked(address: str, pk: int, day: date, today: date, words: str, _language: str | None) -> str:
    to = address.replace("/0/", f"/{pk}/")
    return f'<small><a href="{to}">{words % {"day": short_day(day, today)}}</a></small>'


@lru_cache(maxsize=64)
def _plan(slug: str, title: str, _language: str | None) -> tuple[str, str, str]:
    say = _("Plan: %(school)s, %(kind)s") % {"school": "\ue000", "kind": title}
    return f"{url('planning:audit_new')}?kind={escape(slug)}&amp;school=", pgettext("audit", "Plan"), str(escape(say))


@lru_cache(maxsize=256)
def _due(due: date | None, has_floor: bool, today: date, _language: str | None) -> str:
    if due is None:
        return chip("success", _("all held this year"), "circle-check") if has_floor else ""
    days = (due - today).days
    if days < 0:
        return chip("danger", counted(-days, "%(n)s day late", "%(n)s days late"), "triangle-alert")
    by = _("by %(day)s") % {"day": short_day(due, today)}
    return chip("warning", by, "clock") if days <= SOON else chip("neutral", by)


class Marks:
    """Chips of a page, and a criterion of an act as it is read: what was found, with what. Words are looked up once."""

    def __init__(self) -> None:
        self.chips, self.points = _chips(get_language()), _("%(given)s of %(most)s points")
        self.seen, self.last, self.advised = _("looked at %(when)s"), _("Last time, %(day)s:"), _("Was recommended:")
        self.file, self.audit = url("planning:audit_file", 0), url("planning:audit_detail", 0)
        self.language = get_language()

    def to_audit(self, pk: int) -> str:
        """Its address: a page may name hundreds."""
        return self.audit.replace("/0/", f"/{pk}/")

    def again(self, times: int) -> Markup:
        """«повторное: 2 раза подряд»; nothing of the first time."""
        return _again(times, self.language) if times > 1 else Markup("")

    def draw(self, line: CriterionLine) -> Markup:
        answer, most = line.answer, line.criterion.points
        said: list[str] = [self.chips[answer.verdict if answer else ""]]
        if line.points is not None and most > 1:
            said.append(f'<small class="muted">{self.points % {"given": line.points, "most": most}}</small>')
        if line.times > 1:
            said.append(self.again(line.times))
        parts = [f"<strong>{line.place}. {escape(line.criterion.title)}</strong>", f"<span>{' '.join(said)}</span>"]
        if answer is not None:
            parts += [f"<span>{_lines(one)}</span>" for one in (answer.why, answer.note, answer.concerns) if one]
            if answer.address:
                parts.append(self._address(answer))
        parts.append(self.files(line))
        return Markup(f'<div class="stack-s">{"".join(parts)}</div>')  # noqa: S704 (escaped above)

    def before(self, line: CriterionLine, day: date) -> Markup:
        """How it was the last time, beside the empty answer."""
        answer, finding = line.before, line.before_finding
        if answer is None:
            return Markup("")
        parts = [f'<small class="muted">{self.last % {"day": short_day(day)}}</small>', self.chips[answer.verdict]]
        if line.times > 1:
            parts.append(self.again(line.times))
        if answer.note:
            parts.append(f"<span>{_lines(answer.note)}</span>")
        if finding is not None:
            advice, state = _lines(finding.recommendation), escape(finding.get_state_display())
            parts.append(f"<span>{self.advised} {advice} ({state})</span>")
        if line.before_files:
            parts.append(f'<span class="audit-files">{"".join(map(self._file, line.before_files))}</span>')
        return Markup(f'<div class="audit-before">{"".join(parts)}</div>')  # noqa: S704 (escaped above)

    def files(self, line: CriterionLine) -> Markup:
        """What was attached."""
        if not line.files:
            return Markup("")
        return Markup(f'<span class="audit-files">{"".join(map(self._file, line.files))}</span>')  # noqa: S704

    def _address(self, answer: Answered) -> str:
        when = self.seen % {"when": ru_moment(answer.seen_at)} if answer.seen_at else ""
        address, shown = escape(answer.address), escape(Truncator(answer.address).chars(80))
        link = f'<a href="{address}" rel="noreferrer noopener">{shown}</a>'
        return f'<span>{link} <small class="muted">{when}</small></span>'

    def _file(self, file: AuditFile) -> str:
        to, name = self.file.replace("/0/", f"/{file.pk}/"), escape(file.name)
        if not file.is_picture:
            return f'<a href="{to}">{name}</a>'
        return f'<a href="{to}"><img src="{to}" alt="{name}" loading="lazy" width="96" height="96"></a>'


def _lines(text: str) -> str:
    return str(escape(text)).replace("\n", "<br>")
