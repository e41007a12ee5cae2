"""Questions and suppositions from results of pupils in plain words: which of the two it is, and what it rests on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.figures import figure, percent, signed
from traektoria.core.typography import short_day
from traektoria.diagnostics.problem_field.enums import Origin, Strength
from traektoria.diagnostics.problem_field.models import Hypothesis

GROUNDS: Mapping[str, Promise] = {
    "classes": gettext_lazy("in several classes"),
    "years": gettext_lazy("in several years"),
    "works": gettext_lazy("in several works"),
    "diagnostics": gettext_lazy("in the teacher's own diagnostics"),
}
PLACES: Mapping[str, Promise] = {
    "lower": gettext_lazy("the lower quarter"),
    "middle": gettext_lazy("the middle half"),
    "upper": gettext_lazy("the upper quarter"),
}


def result_sentence(hypothesis: Hypothesis) -> str:
    """What is asked or supposed, and how much it says."""
    if hypothesis.is_question:
        return _question(hypothesis.evidence)
    if hypothesis.strength == Strength.NONE:
        return _("The figures alone do not carry this; it stands here by the word of a person.")
    said = (
        _("A supposition: the gap to the other classes is large and hardly a chance.")
        if hypothesis.strength == Strength.STRONG
        else _("A supposition: the other classes managed this more often.")
    )
    where = grounds_of(hypothesis.evidence)
    repeats = _("It repeats %(where)s.") % {"where": where}
    return f"{said} {repeats}" if where else said


def _question(found: Mapping[str, Any]) -> str:
    classes = found.get("classes", [])
    here = (
        ngettext(
            "A question to think over together: here class %(classes)s is in the lower quarter in the region.",
            "A question to think over together: here %(classes)s are in the lower quarter in the region.",
            max(len(classes), 1),
        )
        if _is_region(found)
        else ngettext(
            "A question to think over together: here class %(classes)s is in the lower quarter in the municipality.",
            "A question to think over together: here %(classes)s are in the lower quarter in the municipality.",
            max(len(classes), 1),
        )
    )
    often = _("So it is with every fourth class; why, figures do not say.")
    return f"{here % {'classes': ', '.join(classes)}} {often}"


def _is_region(found: Mapping[str, Any]) -> bool:
    return bool(found.get("among", {}).get("area") == "region")


def grounds_of(found: Mapping[str, Any]) -> str:
    """«в нескольких классах, в несколько лет», or nothing."""
    return ", ".join(str(GROUNDS[ground]) for ground in found.get("grounds", []) if ground in GROUNDS)


def among_of(found: Mapping[str, Any]) -> str:
    """«среди 34 классов района»."""
    among = found.get("among")
    if not among:
        return ""
    n = among["classes"]
    words = (
        ngettext("among %(n)s class of the region", "among %(n)s classes of the region", n)
        if _is_region(found)
        else ngettext("among %(n)s class of the municipality", "among %(n)s classes of the municipality", n)
    )
    return words % {"n": figure(n)}


def profile_of(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(what is checked, «нижняя четверть») for every skill of the work."""
    return [(skill, str(PLACES[place])) for skill, place in found.get("profile", []) if place in PLACES]


def pieces_of(found: Mapping[str, Any]) -> list[str]:
    """«ВПР 2021, математика, 5 класс: 5А, 24 ученика, 41 %, разница −17 п. п.», one for each class in each work."""
    return [
        _("%(source)s: %(classes)s, %(pupils)s, %(share)s, difference %(difference)s p. p.")
        % {
            "source": one["source"],
            "classes": ", ".join(one["classes"]),
            "pupils": ngettext("%(n)s pupil", "%(n)s pupils", one["n"]) % {"n": figure(one["n"])},
            "share": percent(one["completion"], 0),
            "difference": signed(one["difference"]),
        }
        for one in found.get("pieces", [])
    ]


def result_line(found: Mapping[str, Any], mine: bool) -> str:
    """«Ваш класс 52 %, район 68 %, 27 учеников, разница −16 п. п. (от −27 до −5)»."""
    parts = [_own(found, mine)]
    if found.get("completion_municipality") is not None:
        share = {"share": percent(found["completion_municipality"], 0)}
        parts.append(_("region %(share)s") % share if _is_region(found) else _("municipality %(share)s") % share)
    parts.append(ngettext("%(n)s pupil", "%(n)s pupils", found["n"]) % {"n": figure(found["n"])})
    if found.get("difference") is not None:
        values = {name: signed(found[name]) for name in ("difference", "low", "high")}
        parts.append(_("difference %(difference)s p. p. (from %(low)s to %(high)s)") % values)
    return ", ".join(parts)


def _own(found: Mapping[str, Any], mine: bool) -> str:
    classes = found.get("classes", [])
    values = {"share": percent(found["completion"], 0), "classes": ", ".join(classes)}
    number = max(len(classes), 1)
    if mine:
        return ngettext("your class %(classes)s: %(share)s", "your classes %(classes)s: %(share)s", number) % values
    return ngettext("class %(classes)s: %(share)s", "classes %(classes)s: %(share)s", number) % values


def retold_sentence(hypothesis: Hypothesis) -> str:
    """What a later run has changed, to both readers; nothing where nothing did."""
    note = hypothesis.evidence.get("retold")
    if not note or hypothesis.origin != Origin.RESULTS:
        return ""
    day = {"day": short_day(date.fromisoformat(note["on"]))}
    if note["now"] == "merged":
        return _("%(day)s: this question has become a part of a supposition that rests on more; see there.") % day
    if note["now"] == Strength.QUESTION:
        return (
            _(
                "Recounted on %(day)s. It was called a supposition; a single work of a single class can't say so much. "
                "What stays is a question."
            )
            % day
        )
    if note["now"] and note["was"] == Strength.QUESTION:
        return _("Recounted on %(day)s. It was a question; now it has repeated, and is a supposition.") % day
    if note["now"]:
        return _("Recounted on %(day)s: the figures say it with another strength now.") % day
    if hypothesis.is_confirmed:
        return (
            _(
                "Recounted on %(day)s: the figures alone no longer carry it, classes and schools differ as much for "
                "other reasons. It stays in the problem field, because a person has confirmed it; the decision can be "
                "taken back."
            )
            % day
        )
    return (
        _(
            "Withdrawn on %(day)s after a recount: the figures do not carry it, for classes and schools differ as much "
            "for other reasons. Nothing needs to be done."
        )
        % day
    )
