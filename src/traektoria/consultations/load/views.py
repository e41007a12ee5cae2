"""«Load of tutors»: three months at a time."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from traektoria.consultations.load.months import months_from
from traektoria.consultations.load.queries import load_page
from traektoria.consultations.load.sentences import month_name
from traektoria.engines.days import months_later
from traektoria.people.enums import Role
from traektoria.people.guard import ActorRequest, guard

MONTHS_SHOWN = 3
FAR = 24
"""Months back and ahead that can be asked for."""


@guard(Role.COORDINATOR, Role.TUTOR)
def load(request: ActorRequest) -> HttpResponse:
    """Hours given and planned against what each tutor offers; ``?month=2026-09`` is where the page begins."""
    now = timezone.localdate().replace(day=1)
    first = _asked(request.GET.get("month", ""), now)
    months = months_from(first, MONTHS_SHOWN)
    context = {
        "centres": load_page(request.actor, months),
        "names": [month_name(day) for day in months],
        "before": months_later(first, -MONTHS_SHOWN),
        "after": months_later(first, MONTHS_SHOWN),
        "is_now": first == now,
        "keeps": request.actor.is_coordinator,
    }
    return render(request, "consultations/load.html", context)


def _asked(text: str, now: date) -> date:
    """This month where it says none that can be shown."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return now
    return first if months_later(now, -FAR) <= first <= months_later(now, FAR) else now
