"""What the answers of a campaign say to the person who gave them: kind, exact, and with what to do next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.text import search_key
from traektoria.core.typography import ru_day, ru_moment
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Participant
from traektoria.diagnostics.campaigns.policies.order import late_until
from traektoria.diagnostics.findings.enums import Finding, of_asked_tasks
from traektoria.diagnostics.findings.figures import chance, expected_words, points_of
from traektoria.diagnostics.findings.models import TopicFinding
from traektoria.diagnostics.findings.queries import findings as queries
from traektoria.diagnostics.marking.queries import waiting_for_marks
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.organisations.regulations.diagnostics_rules import DiagnosticsRules
from traektoria.people.actor import Actor

CHIPS = {
    Finding.EXPRESSED: ("warning", "circle-alert"),
    Finding.POSSIBLE: ("info", "circle-question-mark"),
    Finding.NO_GROUNDS: ("success", "circle-check"),
    Finding.LITTLE_DATA: ("neutral", "circle-ellipsis"),
}
SAID = {
    Finding.EXPRESSED: gettext_lazy("Support is likely to help here."),
    Finding.POSSIBLE: gettext_lazy("Perhaps worth a look: the answers alone don't decide it."),
    Finding.NO_GROUNDS: gettext_lazy("Nothing here speaks of a difficulty."),
    Finding.LITTLE_DATA: gettext_lazy("There were too few tasks to say anything, good or bad."),
}
NOT_FIRM = gettext_lazy(
    "The answers speak of a difficulty, but the conclusion is not firm. So it is where people or tasks are few, "
    "the share is close to the limit, or tasks were left out or are about one text. It is said to be only possible."
)
OTHER_TASKS = 0.09
"""How far two sets of five tasks on one topic move its completion apart by themselves (docs/mastery.md)."""
BOTH, ONLY_NAMED, ONLY_SHOWN, NOT_ASKED, UNSURE = "both", "only_named", "only_shown", "not_asked", "unsure"
COMPARED = {
    BOTH: (
        gettext_lazy("agrees"),
        gettext_lazy("You named it, and the work shows the same: a good first topic for a route."),
    ),
    ONLY_NAMED: (
        gettext_lazy("you named it, the work does not show it"),
        gettext_lazy(
            "You solve such tasks yourself. Perhaps the difficulty is in explaining them to a class: that is another "
            "matter, and a work of this kind can't see it."
        ),
    ),
    ONLY_SHOWN: (
        gettext_lazy("the work shows it, you did not name it"),
        gettext_lazy("It may be chance, haste or a topic you have not taught for long. You know better which."),
    ),
    NOT_ASKED: (
        gettext_lazy("you named it, the work did not ask about it"),
        gettext_lazy("Nothing was measured here; your word is enough to begin with."),
    ),
    UNSURE: (
        gettext_lazy("you named it, too few tasks to compare"),
        gettext_lazy("The work can neither confirm nor deny it; your word is enough to begin with."),
    ),
}


class FeedbackSupposition(Protocol):
    """What has become of a topic in the problem field, as far as the page says it."""

    pk: int

    @property
    def is_proposed(self) -> bool: ...

    @property
    def is_confirmed(self) -> bool: ...

    @property
    def is_dropped(self) -> bool: ...


Taken = Mapping[tuple[int, str], Any]
"""Suppositions (``FeedbackSupposition``) that were proposed or taken from the campaign, by sitting and topic."""


@dataclass(frozen=True)
class FeedbackTopic:
    """One topic of a work as the page says it."""

    finding: TopicFinding
    rules: DiagnosticsRules
    named: bool
    earlier: TopicFinding | None
    supposition: FeedbackSupposition | None
    of_asked: bool = True

    @property
    def kind(self) -> Finding:
        return Finding(self.finding.finding)

    @property
    def chip(self) -> tuple[str, str]:
        return CHIPS[self.kind]

    @property
    def is_held_back(self) -> bool:
        """Likely by the answers, and yet not said: the conclusion would not keep its promise."""
        share = self.finding.probability
        return self.kind == Finding.POSSIBLE and share is not None and share * 100 >= self.rules.expressed_from

    @property
    def said(self) -> str:
        return str(NOT_FIRM if self.is_held_back else SAID[self.kind])

    @property
    def is_secure(self) -> bool:
        """Nothing speaks of a difficulty, and mastery is expected."""
        share = self.finding.completion
        return self.kind == Finding.NO_GROUNDS and share is not None and share * 100 >= self.rules.secure_from

    @property
    def calls(self) -> bool:
        """Something to do about it is offered."""
        return self.kind in (Finding.EXPRESSED, Finding.POSSIBLE)

    @property
    def plain(self) -> str:
        """«2 из 5 баллов»."""
        return points_of(self.finding.points, self.finding.most)

    @property
    def probability(self) -> str:
        """«93 % – скорее всего»; never quite 0 or 100."""
        share = self.finding.probability
        if share is None or self.kind == Finding.LITTLE_DATA:
            return ""
        if self.is_held_back:
            return chance(share * 100)
        return f"{chance(share * 100)} – {chance_words(share)}"

    @property
    def expected(self) -> str:
        """«48 % (от 35 до 62 %)»: the share of points on these tasks (``of_asked``), or on very many such ones."""
        found = self.finding
        if found.completion is None or self.kind == Finding.LITTLE_DATA:
            return ""
        return expected_words(found.completion * 100, (found.low or 0) * 100, (found.high or 0) * 100)

    @property
    def level(self) -> str:
        """The level of mastery by the regulation."""
        known = self.finding.completion is not None and self.kind != Finding.LITTLE_DATA
        return self.rules.level_of(self.finding.completion or 0.0) if known else ""

    @property
    def before(self) -> str:
        """What the same topic was in the measurement before, where there was one."""
        if self.earlier is None or not self.expected:
            return ""
        then = self.earlier
        words = expected_words((then.completion or 0) * 100, (then.low or 0) * 100, (then.high or 0) * 100)
        apart = (self.finding.low or 0) > (then.high or 0) + OTHER_TASKS or (self.finding.high or 0) + OTHER_TASKS < (
            then.low or 0
        )
        verdict = _("a change") if apart else _("within what chance can do")
        return _("last time %(words)s: %(verdict)s") % {"words": words, "verdict": verdict}


@dataclass(frozen=True)
class Compared:
    """A topic that was named, or shown and not named; ``words`` say what that means."""

    topic: str
    kind: str

    @property
    def label(self) -> str:
        return str(COMPARED[self.kind][0])

    @property
    def words(self) -> str:
        return str(COMPARED[self.kind][1])


@dataclass(frozen=True)
class Feedback:
    """The whole page. ``waits`` says why there is nothing yet (empty when there is); ``least_true``: so many of a
    hundred called expressed are deficits, by the regulation."""

    participant: Participant
    sittings: Sequence[Sitting]
    topics: Sequence[FeedbackTopic]
    compared: Sequence[Compared]
    waits: str
    least_true: int

    @property
    def by_earlier_rule(self) -> bool:
        """Counted before the conclusions were of the tasks asked, and not again since."""
        return any(not topic.of_asked for topic in self.topics)

    @property
    def counted_anew(self) -> bool:
        """By another rule than what the person may have read before."""
        return any(_figures(sitting).get("by_earlier_rule") for sitting in self.sittings if _analysed(sitting))

    @property
    def secure(self) -> list[FeedbackTopic]:
        return [topic for topic in self.topics if topic.is_secure]

    @property
    def calling(self) -> list[FeedbackTopic]:
        """The likeliest first."""
        found = [topic for topic in self.topics if topic.calls]
        return sorted(found, key=lambda topic: -(topic.finding.probability or 0))

    @property
    def calm(self) -> list[FeedbackTopic]:
        return [topic for topic in self.topics if not topic.calls and not topic.is_secure]


def chance_words(share: float) -> str:
    """A probability in a word."""
    steps = (
        (0.9, _("almost surely")), (0.75, _("very likely")), (0.5, _("rather yes than no")),
        (0.25, _("rather no than yes")), (0.1, _("unlikely")),
    )  # fmt: skip
    return next((words for least, words in steps if share >= least), _("very unlikely"))


def feedback_of(
    participant: Participant, rules: DiagnosticsRules, actor: Actor, taken: Callable[[Participant], Taken]
) -> Feedback:
    """What the actor may see of it. Reads what is stored; computes nothing anew. Six queries."""
    sittings = queries.sittings_of(participant, actor)
    waits = waiting_words(participant, sittings)
    if waits:
        return Feedback(participant, sittings, (), (), waits, rules.expressed_from)
    named = queries.named_by(participant)
    known, earlier = taken(participant), queries.before(participant)
    keys = {search_key(topic) for topic in named}
    topics = [
        FeedbackTopic(
            one, rules, search_key(one.topic) in keys, earlier.get(search_key(one.topic)),
            known.get((sitting.pk, one.topic)), not _analysed(sitting) or of_asked_tasks(_figures(sitting)),
        )
        for sitting in sittings
        for one in sitting.findings.all()
    ]  # fmt: skip
    return Feedback(participant, sittings, topics, compare(topics, named), "", rules.expressed_from)


def waiting_words(participant: Participant, sittings: Sequence[Sitting]) -> str:
    """Why there is nothing to show yet."""
    campaign = participant.campaign
    if campaign.state != CampaignState.CLOSED:
        words = _(
            "The diagnostics goes on until %(day)s. Results appear here after it is closed and the answers are marked."
        )
        return words % {"day": ru_day(campaign.end)}
    if any(_analysed(sitting) for sitting in sittings):
        return ""
    if waiting_for_marks(campaign).exists():
        return _("The answers are being marked. Within an hour after the last mark the results appear here.")
    moment = late_until(campaign)
    if moment > timezone.now():
        words = _(
            "Answers that waited for a connection are taken until %(moment)s. We count within an hour after that."
        )
        return words % {"moment": ru_moment(moment)}
    return _("The answers are being counted: the results appear here within an hour.")


def _analysed(sitting: Sitting) -> bool:
    return getattr(sitting.part, "analysis", None) is not None


def _figures(sitting: Sitting) -> Mapping[str, Any]:
    """Of an analysed part; empty where they can't be read."""
    return sitting.part.analysis.content or {}


def compare(topics: Sequence[FeedbackTopic], named: Sequence[str]) -> list[Compared]:
    """Their own word against what was measured: what was named first, then what was shown and not named."""
    by_key: Mapping[str, FeedbackTopic] = {search_key(topic.finding.topic): topic for topic in topics}
    found = [Compared(topic, _relation(by_key.get(search_key(topic)))) for topic in named]
    if named:
        shown = [topic for topic in topics if topic.kind == Finding.EXPRESSED and not topic.named]
        found += [Compared(topic.finding.topic, ONLY_SHOWN) for topic in shown]
    return found


def _relation(topic: FeedbackTopic | None) -> str:
    if topic is None:
        return NOT_ASKED
    relations: dict[Any, str] = {
        Finding.EXPRESSED: BOTH, Finding.POSSIBLE: BOTH, Finding.NO_GROUNDS: ONLY_NAMED, Finding.LITTLE_DATA: UNSURE,
    }  # fmt: skip
    return relations[topic.kind]
