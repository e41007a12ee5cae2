"""What may be read of the bank: all of it by the coordinator of its centre; a picture by whoever sees its item."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce

from traektoria.core.joined_rows import marks, rows_of
from traektoria.core.paging import Page, page_of, replaced
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.word_search import narrowed
from traektoria.diagnostics.bank.models import BankItem, ItemPicture, ItemVersion
from traektoria.diagnostics.bank.registries import picture_readers
from traektoria.engines.disclosure import MINIMUM
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.people.models import Person

TAG_FIELDS: Final = ("name", "subject", "block", "topic", "level", "kes", "kt", "source", "labels")
ENOUGH_PEOPLE: Final = MINIMUM
"""With fewer people behind it, no statistic of an item is shown."""
_MOST_CHOICES: Final = 300


_VALUES: Final = (
    "SELECT * FROM (SELECT DISTINCT '{field}' AS field, {field} AS value FROM diagnostics_bankitem "  # noqa: S608
    f"WHERE centre_id IN ({{centres}}) AND {{field}} <> '' ORDER BY 2 LIMIT {_MOST_CHOICES}) {{field}}_values"
)


def items_visible_to(actor: Actor) -> QuerySet[BankItem]:
    """Items of the centres that the actor coordinates, with their newest versions."""
    return BankItem.objects.filter(centre__in=actor.centres(Role.COORDINATOR)).select_related("current")


def filtered(rows: QuerySet[BankItem], asked: Mapping[str, Any]) -> QuerySet[BankItem]:
    """Rows that fit the filter: ``q`` (each word), exact fields, ``state`` («», «archived», «all»);
    ``loaded`` («17-42»): what one file brought, in its order."""
    rows = narrowed(rows, asked.get("q") or "", "search_text", many=True)
    exact = {name: asked[name] for name in ("subject", "kind", "topic", "level", "source") if asked.get(name)}
    rows = rows.filter(**exact)
    if asked.get("suspicious"):
        rows = rows.filter(n__gte=ENOUGH_PEOPLE, rest__lt=0)
    if loaded := asked.get("loaded"):
        rows = rows.filter(pk__range=loaded.split("-")).order_by("pk")
    state = asked.get("state") or ""
    return rows if state == "all" else rows.filter(archived=state == "archived")


class ItemRow(NamedTuple):
    """What a line of the list is made of. ``content`` (as JSON) and ``max_score`` are those of the newest version;
    ``uses``: in how many instruments the item stands, in any of its versions."""

    pk: int
    kind: str
    name: str
    subject: str
    topic: str
    level: str
    archived: bool
    asked: int
    n: int
    facility: float | None
    rest: float | None
    content: str | None
    max_score: Decimal | None
    uses: int


@prepared
def _rows() -> QuerySet[BankItem, Any]:
    used = (
        ItemVersion.objects.filter(item=OuterRef("pk"))
        .order_by()
        .values("item")
        .annotate(found=Count("uses__version__instrument", distinct=True))
    )
    rows = BankItem.objects.filter(pk__in=Numbers("items")).annotate(
        content=Cast("current__content", TextField()), uses=Coalesce(Subquery(used.values("found")), 0)
    )
    return rows.order_by().values_list(*ItemRow._fields[:-3], "content", "current__max_score", "uses")


def page_of_items(actor: Actor, asked: Mapping[str, Any], number: object) -> Page[ItemRow]:
    """What fits the filter. Two queries, and one where words are searched."""
    if asked.get("q") or asked.get("loaded"):
        page = page_of(filtered(items_visible_to(actor), asked).values_list("pk", flat=True), number)
    else:
        filled = frozenset(name for name, value in asked.items() if value)
        found = _found(filled, asked.get("state") or "").page(number, **{**asked, **given_of(actor)})
        page = replaced(found, [pk for (pk,) in found])
    rows = {row[0]: ItemRow(*row) for row in _rows().all(items=page.object_list)} if page.object_list else {}
    return replaced(page, [rows[pk] for pk in page if pk in rows])


@prepared
def _found(filled: frozenset[str], state: str) -> QuerySet[BankItem, Any]:
    """Numbers of items by a filter in which these fields are filled, and no words."""
    rows = items_visible_to(anybody(frozenset({Role.COORDINATOR})))
    return filtered(rows, {**{name: Given(name) for name in filled}, "state": state}).values_list("pk")


def tags_of(actor: Actor) -> dict[str, list[str]]:
    """The filled values of ``topic`` and ``source``, in alphabetical order; the first some hundreds. One query."""
    found: dict[str, list[str]] = {"topic": [], "source": []}
    centres = sorted(actor.centres(Role.COORDINATOR))
    if centres:
        each = [_VALUES.format(field=field, centres=marks(centres)) for field in found]
        for field, value in rows_of(" UNION ALL ".join(each), *centres, *centres):
            found[field].append(value)
    return {field: sorted(values) for field, values in found.items()}


def said_by(item: BankItem) -> list[str]:
    """What the editor shows of an item as it stands, for its ``stamp``."""
    return [str(item.current_id), *(str(getattr(item, name)) for name in TAG_FIELDS)]


def versions_of(item: BankItem) -> list[ItemVersion]:
    """All versions, the newest first, each with ``author``: the person's name, "" where nobody is written down."""
    rows = list(ItemVersion.objects.filter(item=item).order_by("-number"))
    people = Person.objects.filter(pk__in={row.created_by_id for row in rows if row.created_by_id})
    names = {person.pk: person.short_name for person in people}
    for row in rows:
        row.author = names.get(row.created_by_id or 0, "")  # type: ignore[attr-defined]
    return rows


def pictures_visible_to(actor: Actor) -> QuerySet[ItemPicture]:
    """Pictures of items that the actor keeps, or sees in a room above (sits, marks, writes a protocol by)."""
    seen = Q(item__centre__in=actor.centres(Role.COORDINATOR))
    for readers in picture_readers:
        for condition in readers.seen_by(actor):
            seen |= condition
    return ItemPicture.objects.filter(seen)


def known_questions(centre_id: int, external_ids: Iterable[str], digests: Iterable[str]) -> list[ItemVersion]:
    """Versions of the centre's items that have one of the codes of a source, or say the same as one of the digests."""
    same = Q(item__external_id__in=set(external_ids) - {""}) | Q(digest__in=set(digests) - {""})
    return list(ItemVersion.objects.filter(same, item__centre=centre_id).select_related("item"))
