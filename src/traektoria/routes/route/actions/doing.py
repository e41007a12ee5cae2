"""Working the route: an item begins, is done, goes back, is cancelled; people talk beside it and attach evidence."""

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.addresses import check_web_address
from traektoria.core.errors import Invalid
from traektoria.core.kept_files import erase, filing, keep
from traektoria.core.workflow import move
from traektoria.people.actor import Actor, acting
from traektoria.routes.route.actions.locks import locked_item
from traektoria.routes.route.enums import ItemState
from traektoria.routes.route.models import ItemComment, ItemEvidence, RouteItem
from traektoria.routes.route.permissions import check_own_evidence, check_work
from traektoria.routes.route.policies import FILES, check_discussable, check_doable
from traektoria.routes.route.workflow import item_workflow

COMMENT_LENGTH = 4_000


def start_item(*, item: RouteItem, by: Actor) -> RouteItem:
    """The item is in work. Repeating it changes nothing."""
    return _step(item, "start", by)


def finish_item(*, item: RouteItem, by: Actor) -> RouteItem:
    """The item is done now. Evidence may come before or after. Repeating it changes nothing."""
    return _step(item, "finish", by, done_at=timezone.now())


def undo_item(*, item: RouteItem, by: Actor) -> RouteItem:
    """A done or cancelled item is in work again; its evidence stays."""
    return _step(item, "undo", by, done_at=None, cancel_reason="")


def cancel_item(*, item: RouteItem, reason: str, by: Actor) -> RouteItem:
    """The item will not be done, and why. Repeating it changes nothing."""
    if not reason.strip():
        raise Invalid(_("Write why the item is cancelled."), code="reason_needed")
    return _step(item, "cancel", by, cancel_reason=reason.strip()[:300])


@transaction.atomic
def _step(item: RouteItem, name: str, by: Actor, **changes: object) -> RouteItem:
    item = locked_item(item)
    check_work(by, item.route)
    check_doable(item)
    if item.state == item_workflow.step(name).target:
        return item
    moved = move(
        item_workflow, item, name, by=by, changes=changes, facts={"route": item.route_id, "number": item.position}
    )
    moved.route = item.route
    return moved


@transaction.atomic
def comment_on_item(*, item: RouteItem, text: str, by: Actor) -> ItemComment:
    """Say something beside the item. The same words twice in a row are one comment."""
    item = locked_item(item)
    check_work(by, item.route)
    check_discussable(item)
    text = text.strip()
    if not text:
        raise Invalid(_("Write the comment first."), code="empty")
    last = item.comments.order_by("-created_at", "-pk").first()
    if last is not None and (last.person_id, last.text) == (by.person_id, text[:COMMENT_LENGTH]):
        return last
    return ItemComment.objects.create(item=item, person_id=acting(by), text=text[:COMMENT_LENGTH])


@transaction.atomic
def add_link(*, item: RouteItem, link: str, note: str = "", by: Actor) -> ItemEvidence:
    """Attach a web address as evidence; the same address once. Begins a planned item."""
    item = _for_evidence(item, by)
    check_web_address(link)
    evidence, made = ItemEvidence.objects.get_or_create(
        item=item, link=link, defaults={"person_id": acting(by), "note": note.strip()[:300]}
    )
    return _attached(evidence, made, by)


@filing()
def add_file(*, item: RouteItem, file: File[bytes], note: str = "", by: Actor) -> ItemEvidence:
    """Attach a file as evidence; the same content once. Begins a planned item. Raises ``Invalid`` for what ``FILES``
    does not take."""
    item = _for_evidence(item, by)
    ready = FILES.look_at(file)
    same = ItemEvidence.objects.filter(item=item, sha256=ready.sha256).first()
    if same is not None:
        return same
    evidence = ItemEvidence(
        item=item, person_id=acting(by), file_name=ready.name, sha256=ready.sha256, note=note.strip()[:300]
    )
    keep([(evidence.file, ready)], person_id=acting(by), centre_id=item.route.centre_id)
    return _attached(evidence, True, by)


def _for_evidence(item: RouteItem, by: Actor) -> RouteItem:
    item = locked_item(item)
    check_work(by, item.route)
    check_doable(item)
    return item


def _attached(evidence: ItemEvidence, made: bool, by: Actor) -> ItemEvidence:
    item = evidence.item
    if made:
        audit.record(
            "item.attach", item, by=by, centre_id=item.route.centre_id, evidence=evidence.pk, route=item.route_id
        )
        if item.state == ItemState.PLANNED:
            start_item(item=item, by=by)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: ItemEvidence, by: Actor) -> None:
    """Take one's own evidence away while the route runs; the file goes after the commit."""
    item = locked_item(evidence.item)
    check_work(by, item.route)
    check_own_evidence(by, evidence)
    check_doable(item)
    audit.record("item.detach", item, by=by, centre_id=item.route.centre_id, evidence=evidence.pk, route=item.route_id)
    erase(evidence.file)
