"""A hypothesis in plain words: a supposition with its figures, never a verdict."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.audit import trail
from traektoria.core.boxes import readable
from traektoria.core.boxes import sentence as not_shown
from traektoria.core.figures import signed
from traektoria.diagnostics.findings.enums import Finding
from traektoria.diagnostics.problem_field.dot_line import Picture, results_picture, work_picture
from traektoria.diagnostics.problem_field.enums import Origin, Strength
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.diagnostics.problem_field.permissions import is_anothers_word
from traektoria.diagnostics.problem_field.result_sentences import (
    among_of,
    grounds_of,
    pieces_of,
    profile_of,
    result_line,
    result_sentence,
    retold_sentence,
)
from traektoria.diagnostics.problem_field.work_sentences import BORN, source_of, work_line, work_sentence
from traektoria.people.actor import Actor
from traektoria.people.history import HistoryLine

NEWS = timedelta(days=60)
"""For how long a withdrawal stands open on the page."""


@dataclass(frozen=True)
class Card:
    """One hypothesis as its page and its place in the list show it. ``mine``: it is the reader's own."""

    hypothesis: Hypothesis
    mine: bool
    sentence: str
    evidence: str
    source: str
    picture: Picture | None
    can_reopen: bool
    retold: str = ""

    @property
    def kind(self) -> str:
        """«вопрос» or «предположение»: what of the two it is."""
        return _("question") if self.hypothesis.is_question else _("supposition")

    @property
    def is_news(self) -> bool:
        """Withdrawn by the system of late: shown open, and not among what a person has dropped."""
        decided = self.hypothesis.decided_at
        return self.hypothesis.was_withdrawn and decided is not None and timezone.now() - decided < NEWS

    @property
    def strength_words(self) -> str:
        """How much it says; of what the figures no longer carry, that."""
        if self.hypothesis.origin == Origin.RESULTS and not self.hypothesis.strength:
            return _("the figures do not carry it")
        return str(Strength(self.hypothesis.strength).label)

    @property
    def among(self) -> str:
        return among_of(self.hypothesis.evidence)

    @property
    def profile(self) -> list[tuple[str, str]]:
        return profile_of(self.hypothesis.evidence)

    @property
    def grounds(self) -> str:
        return grounds_of(self.hypothesis.evidence)

    @property
    def pieces(self) -> list[str]:
        return pieces_of(self.hypothesis.evidence)

    @property
    def tasks(self) -> str:
        return ", ".join(self.hypothesis.evidence.get("tasks", []))

    @property
    def source_line(self) -> str:
        """«ВПР 2021, математика, 4 класс; задания 3, 9; КЭС 1.1»."""
        tasks = self.hypothesis.evidence.get("tasks", [])
        named = ngettext("task %(tasks)s", "tasks %(tasks)s", len(tasks)) % {"tasks": ", ".join(tasks)} if tasks else ""
        return "; ".join(filter(None, (self.source, named, self.codes)))

    @property
    def difference(self) -> str:
        """«−16 п. п. (95 %: от −27 до −5)», or nothing."""
        found = self.hypothesis.evidence
        if found.get("difference") is None:
            return ""
        values = {name: signed(found[name]) for name in ("difference", "low", "high")}
        return _("%(difference)s p. p. (95%% interval: from %(low)s to %(high)s)") % values

    @property
    def finding_words(self) -> str:
        """«выражен», of a supposition from a work."""
        found = self.hypothesis.evidence.get("finding", "")
        return str(Finding(found).label) if found else ""

    @property
    def codes(self) -> str:
        """«КЭС 2.1; КТ 1.3», what is known of them."""
        found = self.hypothesis.evidence
        named = ((_("content elements"), found.get("kes")), (_("requirements"), found.get("kt")))
        return "; ".join(f"{name} {', '.join(codes)}" for name, codes in named if codes)

    @property
    def decided(self) -> str:
        """Who decided, where somebody did."""
        decider = self.hypothesis.decided_by_id
        if decider is None:
            return ""
        return _("the teacher") if decider == self.hypothesis.person_id else _("the tutor")


def card(hypothesis: Hypothesis, actor: Actor) -> Card:
    """The card as ``actor`` reads it. Reads ``person``, ``dataset``, the sitting with its work (select them)."""
    mine = hypothesis.person_id == actor.person_id
    return Card(
        hypothesis=hypothesis,
        mine=mine,
        sentence=sentence(hypothesis, mine),
        evidence=evidence_line(hypothesis, mine) if hypothesis.origin == Origin.RESULTS else _work_line(hypothesis),
        source=source_of(hypothesis),
        picture=readable("evidence", lambda: _picture(hypothesis.evidence), None),
        can_reopen=not hypothesis.is_proposed and not is_anothers_word(actor, hypothesis),
        retold=readable("evidence", lambda: retold_sentence(hypothesis), not_shown()),
    )


def sentence(hypothesis: Hypothesis, mine: bool) -> str:
    """What is supposed, and how much it says."""
    if hypothesis.origin == Origin.BY_HAND:
        return hypothesis.evidence.get("note", "") or (
            _("Added without figures, from your experience or the talk with the tutor.")
            if mine
            else _("Added without figures, from experience or a talk.")
        )
    if hypothesis.sitting_id:
        return work_sentence(hypothesis, mine)
    return readable("evidence", lambda: result_sentence(hypothesis), not_shown())


def _picture(found: dict[str, Any]) -> Picture | None:
    return results_picture(found) or work_picture(found)


def evidence_line(hypothesis: Hypothesis, mine: bool) -> str:
    """The figures under it in a line."""
    return readable("evidence", lambda: result_line(hypothesis.evidence, mine), not_shown())


def _work_line(hypothesis: Hypothesis) -> str:
    return readable("evidence", lambda: work_line(hypothesis), not_shown())


def history(hypothesis: Hypothesis) -> list[HistoryLine]:
    """How it came here and what was decided, oldest first. One query."""
    born = str(BORN[Origin(hypothesis.origin)])
    names = {
        "hypothesis.confirm": _("Confirmed"),
        "hypothesis.drop": _("Dropped"),
        "hypothesis.reopen": _("Taken back"),
        "hypothesis.explain": _("The reason was added"),
        "hypothesis.change_block": _("Moved to another block of competences"),
        "hypothesis.withdraw": _("Withdrawn after a recount"),
        "hypothesis.retell": _("Recounted"),
    }
    events = [event for event in trail(hypothesis) if event.event in names]
    return [
        HistoryLine(hypothesis.created_at, "", born),
        *(HistoryLine(event.at, "", names[event.event]) for event in events),
    ]
