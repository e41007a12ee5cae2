"""What a person reads before they agree to take part: one screen, and the same words kept in the record of consent."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traektoria.core.typography import counted, ru_moment
from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart
from traektoria.diagnostics.instruments.queries.forms import has_extended
from traektoria.diagnostics.instruments.settings import settings_from
from traektoria.engines.disclosure import MINIMUM

YEARS_KEPT = 3
"""Answers are erased so long after the closing (``sittings.actions.erasing``): a repeat compares with them."""


@dataclass(frozen=True)
class Work:
    """A part as it is announced: «Control work», its title, minutes (0: no limit)."""

    kind: str
    title: str
    minutes: int
    subject: str

    @property
    def announcement(self) -> str:
        """«Control work: mathematics»: the kind with what it is about."""
        return f"{self.kind}: {self.subject or self.title}"

    @property
    def sentence(self) -> str:
        time = counted(self.minutes, "about %(n)s minute", "about %(n)s minutes") if self.minutes else _("no limit")
        subject = f" ({self.subject})" if self.subject else ""
        return f"{self.kind}{subject} «{self.title}», {time}"


@dataclass(frozen=True)
class Sight:
    """A line of «who sees what»."""

    who: str
    what: str


@dataclass(frozen=True)
class ConsentPage:
    """Everything that the screen says; ``text`` is the same for the record."""

    title: str
    purpose: str
    basis: str
    window: str
    works: tuple[Work, ...]
    voluntary: str
    use: str
    sights: tuple[Sight, ...]
    kept: str
    withdrawal: str
    agreement: str

    @property
    def text(self) -> str:
        works = "; ".join(work.sentence for work in self.works)
        seen = " ".join(f"{one.who}: {one.what}." for one in self.sights)
        basis = _("The basis: %(basis)s.") % {"basis": self.basis.rstrip(".")}
        head = (self.agreement, f"«{self.title}». {self.purpose}", basis, f"{works}.", self.window)
        return "\n\n".join((*head, self.voluntary, self.use, seen, self.kept, self.withdrawal))


def consent_about(campaign: Campaign) -> str:
    """The occasion that the consent is for (``Consent.about``)."""
    return f"campaign {campaign.pk}"


def consent_page(campaign: Campaign, parts: list[CampaignPart] | None = None) -> ConsentPage:
    """The words for one campaign; ``parts`` are those of the person (all of them where none are given)."""
    found = list(campaign.parts.select_related("version__instrument")) if parts is None else parts
    judged = any(has_extended(part.version) for part in found)
    operator = {"centre": campaign.centre.full_name or campaign.centre.name}
    return ConsentPage(
        title=campaign.title,
        purpose=campaign.purpose,
        basis=campaign.basis,
        window=_("From %(start)s to %(end)s.") % {"start": ru_moment(campaign.start), "end": ru_moment(campaign.end)},
        works=tuple(map(work_of, found)),
        voluntary=_(
            "Taking part is voluntary. You can decline without a reason, and nothing follows from it. "
            "It is no attestation: no marks are given, and pay and category do not depend on it."
        ),
        use=_(
            "Your answers show by topic where a tutor's help would be of use. You decide what of it is about you; "
            "your route is made from what you confirm."
        ),
        sights=_sights(judged, get_language()),
        kept=counted(
            YEARS_KEPT,
            "Answers are kept for %(n)s year after the diagnostics closes, to compare with the next one; "
            "then they are erased.",
            "Answers are kept for %(n)s years after the diagnostics closes, to compare with the next one; "
            "then they are erased.",
        ),
        withdrawal=_(
            "You can withdraw the consent at any time on the page of this diagnostics. Your answers, their results and "
            "the suppositions that you have not confirmed are then erased at once. Figures of groups of %(least)s or "
            "more that were published before name nobody; they stay as they are until at least %(least)s people differ "
            "in them, so that nobody can work out your answers from the difference. Lists still say whether you had "
            "finished."
        )
        % {"least": MINIMUM},
        agreement=_("I agree that «%(centre)s» processes my answers in this diagnostics as it is said here.")
        % operator,
    )


def work_of(part: CampaignPart) -> Work:
    """A part as it is announced; its version and instrument are loaded."""
    instrument = part.version.instrument
    minutes = settings_from(part.version.settings).minutes
    return Work(capfirst(instrument.get_kind_display()), instrument.title, minutes, instrument.get_subject_display())


@lru_cache(maxsize=8)
def _sights(judged: bool, _language: str | None) -> tuple[Sight, ...]:
    """Who sees what: the same words in each campaign."""
    of_groups = _("whether you have finished; results only of groups of %(least)s or more")
    sights = [
        Sight(_("You"), _("everything: your answers and what they say by topic")),
        Sight(_("Your tutor"), _("the same, while the two of you have agreed on support")),
        Sight(_("Coordinator of the centre"), of_groups % {"least": MINIMUM}),
        Sight(_("Head and deputy head"), _("only whether you have finished")),
        Sight(_("Whoever enters your sheet, if you write on paper"), _("the answers on that sheet")),
        Sight(_("Everybody else"), _("nothing")),
    ]
    if judged:
        sights.insert(2, Sight(_("Those who mark"), _("your answers to tasks with a full solution, without your name")))
    return tuple(sights)
