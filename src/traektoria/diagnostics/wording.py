"""A hypothesis in plain words: a supposition with its figures, never a verdict."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.audit import trail
from traektoria.core.typography import figure, percent
from traektoria.diagnostics.enums import Finding, Origin, Strength
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.pictures import Picture, results_picture, work_picture
from traektoria.diagnostics.work_words import BORN, source_of, work_line, work_sentence
from traektoria.people.actor import Actor

MINUS = "\u2212"


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
    teachers_word = hypothesis.decided_by_id == hypothesis.person_id
    return Card(
        hypothesis=hypothesis,
        mine=mine,
        sentence=sentence(hypothesis, mine),
        evidence=evidence_line(hypothesis, mine) if hypothesis.origin == Origin.RESULTS else work_line(hypothesis),
        source=source_of(hypothesis),
        picture=results_picture(hypothesis.evidence) or work_picture(hypothesis.evidence),
        can_reopen=not hypothesis.is_proposed and (mine or not teachers_word),
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
    if hypothesis.strength == Strength.WEAK:
        return _("Perhaps it is worth a look: this is hard here, but maybe just as hard in the whole municipality.")
    if hypothesis.strength == Strength.STRONG:
        return _("Perhaps support would help here: the gap to the other classes is large and hardly a chance.")
    return _("Perhaps support would help here: the other classes managed this more often.")


def evidence_line(hypothesis: Hypothesis, mine: bool) -> str:
    """«Ваш класс 52 %, район 68 %, 27 учеников, разница −16 п. п. (от −27 до −5)»."""
    found = hypothesis.evidence
    parts = [_own(found, mine)]
    if found.get("completion_municipality") is not None:
        parts.append(_("municipality %(share)s") % {"share": percent(found["completion_municipality"], 0)})
    parts.append(ngettext("%(n)s pupil", "%(n)s pupils", found["n"]) % {"n": figure(found["n"])})
    if found.get("difference") is not None:
        values = {name: signed(found[name]) for name in ("difference", "low", "high")}
        parts.append(_("difference %(difference)s p. p. (from %(low)s to %(high)s)") % values)
    return ", ".join(parts)


@dataclass(frozen=True)
class Entry:
    """A line of the history."""

    at: datetime
    who: str
    text: str
    icon: str = ""


def history(hypothesis: Hypothesis) -> list[Entry]:
    """How it came here and what was decided, oldest first. One query."""
    born = str(BORN[Origin(hypothesis.origin)])
    names = {
        "hypothesis.confirm": _("Confirmed"),
        "hypothesis.drop": _("Dropped"),
        "hypothesis.reopen": _("Taken back"),
        "hypothesis.explain": _("The reason was added"),
        "hypothesis.change_block": _("Moved to another block of competences"),
    }
    events = [event for event in trail(hypothesis) if event.event in names]
    return [Entry(hypothesis.created_at, "", born), *(Entry(event.at, "", names[event.event]) for event in events)]


def signed(value: float) -> str:
    """«−16», «+3», «0»."""
    whole = round(value)
    sign = MINUS if whole < 0 else "+" if whole > 0 else ""
    return f"{sign}{figure(abs(whole))}"


def _own(found: dict[str, Any], mine: bool) -> str:
    classes = found.get("classes", [])
    values = {"share": percent(found["completion"], 0), "classes": ", ".join(classes)}
    number = max(len(classes), 1)
    if mine:
        return ngettext("your class %(classes)s: %(share)s", "your classes %(classes)s: %(share)s", number) % values
    return ngettext("class %(classes)s: %(share)s", "classes %(classes)s: %(share)s", number) % values
