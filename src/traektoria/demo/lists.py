"""Official lists of schools of the home centre: of this year and of the last one."""

from traektoria.core import school_year
from traektoria.demo.stage import Stage
from traektoria.organisations.enums import HelpReason
from traektoria.organisations.lists.actions import save_list
from traektoria.organisations.models import School

LOW, HARD = HelpReason.LOW_RESULTS, HelpReason.HARD_CONDITIONS
LISTS = (
    (LOW, -1, ("990107", "990111"), "приказ министерства образования области от 12.08.{year} № 418"),
    (LOW, 0, ("990105", "990111"), "приказ министерства образования области от 14.08.{year} № 377"),
    (HARD, 0, ("990111", "990112"), "приказ министерства образования области от 14.08.{year} № 378"),
)


def lists_of_schools(stage: Stage) -> None:
    """A school of last year's list is none of this year's: it is no reason for anything now."""
    centre, this = stage.population.centre, school_year.year_of(stage.today)
    for reason, years, digits, source in LISTS:
        schools = School.objects.filter(digits__in=digits).values_list("pk", flat=True)
        save_list(
            centre=centre, reason=reason, year=this + years, source=source.format(year=this + years),
            schools=list(schools), seen=0, by=stage.actor("koordinator"),
        )  # fmt: skip
