"""Lists cost the same at twenty times the rows: they are paged, and no page reads what it does not show.

What their statements read is counted in steps of SQLite's machine, and in rows that PostgreSQL takes up.
"""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.bench.population import populate
from tests.costs import cost_of, rows_of, steps_of
from tests.demo.tour import BACKEND
from tests.diagnostics.campaign_factories import CONTENTS
from tests.factories import make_centre, make_member, make_school
from traektoria.core.installation.table_counts import count_tables
from traektoria.diagnostics.models import BankItem, ItemVersion
from traektoria.people.enums import Role
from traektoria.people.models import Account, Employment, Person
from traektoria.routes.models import SupportNeed, TutorSupport
from traektoria.routes.tutees.enums import Basis

pytestmark = [pytest.mark.slow, pytest.mark.database, pytest.mark.django_db]
FEW, MANY, SMALL = 90, 1800, 40
MOST = 1.25
SUMS = {"board of requests", "bank of items"}
"""Pages that also say how many there are, of all requests that wait and of all items: their statements look at each."""
LEAST = {"sqlite": 25_000, "postgresql": 1_500}
"""Steps, rows: some 0.3 ms. A page that takes fewer at any size does not grow by them."""
READ_WHOLE = {"people of a small centre"}
"""Of a few thousand people PostgreSQL rather looks at each once than at 40 by their numbers: so many rows more."""
READ_BY = {"sqlite": steps_of, "postgresql": rows_of}
LISTS = {
    "people": ("coordinator", "people:person_list"),
    "people of a small centre": ("neighbour", "people:person_list"),
    "supports": ("coordinator", "routes:support_list"),
    "routes": ("coordinator", "routes:route_list"),
    "board of requests": ("coordinator", "routes:need_board"),
    "problem field": ("teacher", "diagnostics:hypothesis_list"),
    "bank of items": ("coordinator", "diagnostics:bank_list"),
}


def _costs(teachers: int) -> tuple[dict[str, int], dict[str, int]]:
    """Calls of each list in a centre of so many teachers, and steps or rows of its statements."""
    with transaction.atomic():
        ids = {**populate(teachers), "neighbour": _neighbour()}
        _requests(teachers)
        _items(teachers)
        _count()
        found, read = {}, {}
        for name, (viewer, url_name) in LISTS.items():
            client = Client()
            client.force_login(Account.objects.get(pk=ids[viewer]), backend=BACKEND)
            cost = cost_of(client, reverse(url_name))
            assert cost.status == 200
            found[name] = cost.calls
            read[name] = READ_BY[connection.vendor](client, reverse(url_name))
        transaction.set_rollback(True)
    return found, read


def _neighbour() -> int:
    """The coordinator of a centre of one school beside, with 40 people, last of all by name."""
    centre = make_centre("Соседний район")
    school = make_school(centre)
    names = [f"яковлева-{number:03d}" for number in range(SMALL)]
    people = Person.objects.bulk_create(Person(surname=name, sort_name=name, search_name=name) for name in names)
    Employment.objects.bulk_create(Employment(person=one, school=school, start=date(2015, 9, 1)) for one in people)
    return make_member(centre, Role.COORDINATOR).pk


def _count() -> None:
    """What PostgreSQL counts by itself a while after such a load, it counts now."""
    count_tables.call()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _requests(teachers: int) -> None:
    """Every third teacher asks for a tutor."""
    centre = TutorSupport.objects.all()[0].centre
    people = list(Person.objects.order_by("pk")[: teachers // 3])
    needs = [SupportNeed(centre=centre, asked_by=one, subject="math", basis=Basis.REQUEST) for one in people]
    made = SupportNeed.objects.bulk_create(needs)
    for number, need in enumerate(made):
        SupportNeed.objects.filter(pk=need.pk).update(created_at=timezone.now() - timedelta(days=number % 30))


def _items(number: int) -> None:
    """An item of the bank for each teacher, each with a text of its own."""
    centre = TutorSupport.objects.all()[0].centre
    asked = [BankItem(centre=centre, kind="short", name=f"Вопрос {one}", subject="math") for one in range(number)]
    made = BankItem.objects.bulk_create(asked)
    versions = ItemVersion.objects.bulk_create(
        ItemVersion(item=item, number=1, content={**CONTENTS["short"], "text": f"Сколько будет {at} + 1?"})
        for at, item in enumerate(made)
    )
    for item, version in zip(made, versions, strict=True):
        item.current = version
    BankItem.objects.bulk_update(made, ["current"], batch_size=500)


def test_a_list_costs_the_same_at_twenty_times_the_rows() -> None:
    few, few_read = _costs(FEW)
    many, many_read = _costs(MANY)
    ratios = {name: round(many[name] / few[name], 2) for name in LISTS}
    print(ratios, few, many, few_read, many_read)
    assert {name: ratio for name, ratio in ratios.items() if ratio > MOST} == {}
    least = LEAST[connection.vendor]
    allowed = {name: max(least, MOST * few_read[name]) for name in LISTS if name not in SUMS}
    if connection.vendor == "postgresql":
        allowed = {name: most + MANY * (name in READ_WHOLE) for name, most in allowed.items()}
    assert {name: many_read[name] for name, most in allowed.items() if many_read[name] > most} == {}
