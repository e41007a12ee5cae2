"""What the calendar does to campaigns, every hour: run by the worker, twice does no harm."""

from dataclasses import dataclass

from django.utils import timezone
from django_tasks import task

from traektoria.diagnostics.campaigns.actions.opening import close_due
from traektoria.diagnostics.findings.actions.analysis import analyse_due
from traektoria.diagnostics.sittings.actions.erasing import forget_old
from traektoria.diagnostics.sittings.actions.reminders import remind_before_the_end


@dataclass(frozen=True)
class Outcome:
    """Campaigns that were closed, counted, erased."""

    closed: int
    counted: int
    forgotten: int


def keep_campaigns() -> Outcome:
    """Close those whose window and minutes for late answers are over, count those in which answers or marks have
    changed, remind three days before the end, erase what was kept long enough."""
    now = timezone.now()
    closed, counted = close_due(), analyse_due()
    remind_before_the_end(now)
    return Outcome(closed, counted, forget_old(now))


@task()
def keep_campaigns_by_the_clock() -> None:
    keep_campaigns()
