"""What the worker does of plans: their times are made anew when the calendar has changed."""

from django_tasks import task

from traektoria.planning.plans.actions.keeping import date_centre, date_everywhere


@task()
def date_plans_of(centre: int, start_year: int) -> None:
    """After a change of the calendar of that school year."""
    date_centre(centre, start_year)


@task()
def date_plans_by_the_clock() -> None:
    """Each night: what was loaded in bulk, and whatever was missed."""
    date_everywhere()
