"""What a centre may enter into its calendar is what deadlines know: one list of kinds."""

from traektoria.engines.deadlines.calendar import PeriodKind
from traektoria.organisations.calendar_facts import facts
from traektoria.organisations.enums import PERIODS
from traektoria.organisations.forms import PeriodForm
from traektoria.organisations.models import CalendarPeriod


def test_forms_and_rows_have_the_kinds_of_the_engine() -> None:
    kinds = [kind.value for kind in PeriodKind]
    assert [value for value, _label in CalendarPeriod._meta.get_field("kind").choices or ()] == kinds
    assert [value for value, _label in PeriodForm.base_fields["kind"].choices] == kinds  # type: ignore[attr-defined]
    assert [one.value for one in PERIODS] == kinds


def test_published_calendars_have_no_other_kinds() -> None:
    assert {fact.kind for fact in facts()} <= set(PeriodKind)
