"""Suppositions that come from a work or a questionnaire of the person, in plain words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.diagnostics.findings.enums import Finding, of_asked_tasks
from traektoria.diagnostics.findings.figures import chance, expected_words, points_of
from traektoria.diagnostics.problem_field.enums import Origin
from traektoria.diagnostics.problem_field.models import Hypothesis

BORN: Mapping[Origin, Promise] = {
    Origin.RESULTS: gettext_lazy("Proposed from results"),
    Origin.WORK: gettext_lazy("Proposed from the control work"),
    Origin.QUESTIONNAIRE: gettext_lazy("Named in the questionnaire"),
    Origin.BY_HAND: gettext_lazy("Added by hand"),
}


def source_of(hypothesis: Hypothesis) -> str:
    """«ВПР 2026, математика», or «Сентябрьская диагностика: Контрольная работа»."""
    if hypothesis.dataset:
        return str(hypothesis.dataset)
    if hypothesis.sitting is None:
        return ""
    part = hypothesis.sitting.part
    return f"{hypothesis.sitting.participant.campaign.title}: {part.version.instrument.title}"


def work_sentence(hypothesis: Hypothesis, mine: bool) -> str:
    """What the work or the person's own word supposes."""
    if hypothesis.origin == Origin.QUESTIONNAIRE:
        return (
            _("You named this as difficult yourself. It was not measured here: your word is enough.")
            if mine
            else _("The teacher named this as difficult. It was not measured here: their word is enough.")
        )
    said = hypothesis.evidence.get("finding")
    if said == Finding.EXPRESSED:
        return _("Support is likely to help here: the answers to the tasks of the work speak of it clearly.")
    if said == Finding.POSSIBLE:
        return _("Perhaps it is worth a look: a few tasks speak of it, and chance may be at work.")
    return (
        _("You took this topic into the problem field yourself; the answers alone do not speak of a difficulty.")
        if mine
        else _("Taken into the problem field by choice; the answers alone do not speak of a difficulty.")
    )


def work_line(hypothesis: Hypothesis) -> str:
    """«5 заданий, 2 из 5 баллов, на этих заданиях ожидается 48 % (от 35 до 62), вероятность дефицита 93 %»."""
    found = hypothesis.evidence
    if "items" not in found:
        return ""
    tasks = ngettext("%(n)s task", "%(n)s tasks", found["items"]) % {"n": found["items"]}
    parts = [tasks, points_of(found["points"], found["most"])]
    if found.get("expected") is not None and found.get("finding") != Finding.LITTLE_DATA:
        words = expected_words(found["expected"], found["expected_low"], found["expected_high"])
        expected = (
            _("expected on these tasks %(share)s")
            if of_asked_tasks(found)
            else _("expected on many such tasks %(share)s")
        )
        parts.append(expected % {"share": words})
        parts.append(_("probability of a deficit %(share)s") % {"share": chance(found["probability"])})
    return ", ".join(parts)
