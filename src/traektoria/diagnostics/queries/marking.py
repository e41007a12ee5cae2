"""Answers that people judge, and what waits for which marker."""

from django.db.models import QuerySet

from traektoria.diagnostics.enums import ItemKind, SittingState
from traektoria.diagnostics.models import Answer, Campaign


def answers_to_mark(campaign: Campaign) -> QuerySet[Answer]:
    """Extended answers with words in them, of people who consented and did not withdraw."""
    rows = Answer.objects.filter(
        sitting__part__campaign=campaign,
        sitting__participant__consent__isnull=False,
        sitting__participant__declined_at__isnull=True,
        form_item__item_version__item__kind=ItemKind.EXTENDED,
    )
    return rows.exclude(value={}).exclude(sitting__state=SittingState.NEW)


def waiting_for_marks(campaign: Campaign) -> QuerySet[Answer]:
    """Those that have no points yet."""
    return answers_to_mark(campaign).filter(score__isnull=True)
