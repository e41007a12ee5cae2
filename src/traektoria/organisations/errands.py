"""Long work of the room: a large table of schools."""

from django.utils.translation import gettext_lazy

from traektoria.organisations import actions
from traektoria.organisations.enums import ImportKind
from traektoria.organisations.school_table import COLUMNS, plan_schools
from traektoria.organisations.table_errands import TableErrands

SCHOOLS = TableErrands(
    "organisations.schools",
    ImportKind.SCHOOLS,
    COLUMNS,
    plan_schools,
    actions.keep_school_table,
    actions.write_school_table,
    "organisations:schools_import_check",
)
SCHOOLS.register(
    20, reads=gettext_lazy("Reading a table of schools"), writes=gettext_lazy("Writing a table of schools")
)
