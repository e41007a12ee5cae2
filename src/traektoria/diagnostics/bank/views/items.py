"""The bank of items: its list, an item with its key, versions and statistics, its pictures."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.figures import in_tens, percent
from traektoria.core.files import shown_picture
from traektoria.core.labels import choices_of
from traektoria.core.template_filters import truncated
from traektoria.core.typography import nbsp
from traektoria.diagnostics.bank import queries
from traektoria.diagnostics.bank.actions import items as actions
from traektoria.diagnostics.bank.file_tags import level_letter
from traektoria.diagnostics.bank.forms.items import FilterForm, PictureForm
from traektoria.diagnostics.bank.item_difference import difference
from traektoria.diagnostics.bank.models import BankItem, ItemPicture, ItemVersion
from traektoria.diagnostics.bank.pictures import pictures_of
from traektoria.diagnostics.bank.registries import facts_of
from traektoria.diagnostics.bank.statistics import is_suspicious, statistics_of
from traektoria.diagnostics.bank.tags import tag_lines
from traektoria.diagnostics.items.answer_key import key_of
from traektoria.diagnostics.items.answers import clean, score
from traektoria.diagnostics.items.checks import remarks
from traektoria.diagnostics.items.content import content_of
from traektoria.diagnostics.items.enums import ItemKind, Level
from traektoria.diagnostics.items.item_view import ask
from traektoria.diagnostics.items.list_line import ListLine, line_of, own_name
from traektoria.diagnostics.items.markup import shown
from traektoria.diagnostics.items.pieces.figures import points_words
from traektoria.diagnostics.items.pieces.form_fields import written_points
from traektoria.people.enums import Role, Subject
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard

coordinator = Role.COORDINATOR


def filter_of(request: ActorRequest) -> FilterForm:
    """The filter as the address says it; topics and sources are those of the coordinator's items."""
    tags = queries.tags_of(request.actor)
    return FilterForm(request.GET, topics=tags["topic"], sources=tags["source"])


@guard(coordinator)
def bank_list(request: ActorRequest) -> HttpResponse:
    form = filter_of(request)
    page = queries.page_of_items(request.actor, form.asked, request.GET.get("page"))
    facts = {
        "form": form,
        "page": page,
        "lines": _lines(page.object_list),
        "any": bool(page.object_list) or queries.items_visible_to(request.actor).exists(),
        "enough": queries.ENOUGH_PEOPLE,
    }
    return render(request, "diagnostics/bank/list.html", facts)


class BankLine(NamedTuple):
    """A row of the list. ``name`` where it says more than the text; ``completion`` only of enough people; ``spoken``:
    the text for screen readers."""

    pk: int
    spoken: str
    text: str
    key: str
    name: str
    kind: str
    subject: str
    topic: str
    archived: bool
    suspicious: bool
    level: str
    level_word: str
    points: str
    uses: int
    asked: str
    completion: str
    n: int


def _lines(items: Iterable[queries.ItemRow]) -> list[BankLine]:
    kinds, subjects, language = dict(choices_of(ItemKind)), dict(choices_of(Subject)), get_language()
    levels = {level: (level_letter(level), word) for level, word in choices_of(Level) if level}
    lines = []
    for item in items:
        known = item.n >= queries.ENOUGH_PEOPLE and item.facility is not None
        line = BankLine(
            item.pk,
            *_said(item.content, item.name, language),
            kinds[item.kind],
            subjects.get(item.subject, item.subject),
            item.topic,
            item.archived,
            is_suspicious(item),
            *levels.get(item.level, ("", "")),
            written_points(item.max_score) if item.max_score else "",
            item.uses,
            in_tens(item.asked, language),
            percent(100 * (item.facility or 0), 0, language) if known else "",
            item.n,
        )
        lines.append(line)
    return lines


@lru_cache(maxsize=1000)
def _said(content: str | None, name: str, _language: str | None) -> tuple[str, str, str, str]:
    """``spoken``, ``text``, ``key`` and ``name`` of a line. Kept by the content as JSON: whoever looks through the bank
    sees the same items again and again."""
    said = line_of(content_of(json.loads(content))) if content else ListLine(name, "")
    own = own_name(name, said.text)
    return truncated(said.text, 120), nbsp(truncated(said.text, 140)), nbsp(said.key), nbsp(truncated(own, 60))


@guard(coordinator)
def bank_item(request: ActorRequest, pk: int) -> HttpResponse:
    """The item as a teacher sees it, its key, versions, uses and statistics."""
    item = fetch(queries.items_visible_to(request.actor), pk=pk)
    versions = queries.versions_of(item)
    facts = _shown(item, _current(item))
    facts |= {
        "versions": versions,
        "statistics": statistics_of(item),
        "enough": queries.ENOUGH_PEOPLE,
        "suspicious": is_suspicious(item),
        "tags": tag_lines(item),
        "tried": _tried(request, _current(item)),
    }
    return render(request, "diagnostics/bank/item.html", facts)


@guard(coordinator)
def bank_version(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """An old version, and what the next one changed in it."""
    item = fetch(queries.items_visible_to(request.actor), pk=pk)
    versions = {row.number: row for row in queries.versions_of(item)}
    version = versions.get(number)
    if version is None:
        raise Http404
    later = versions.get(number + 1)
    facts = _shown(item, version) | {"later": later, "changes": difference(version, later) if later else []}
    return render(request, "diagnostics/bank/version.html", facts)


def _tried(request: ActorRequest, version: ItemVersion) -> dict[str, str] | None:
    """An answer typed to see what it would bring; None for items to which nothing is typed."""
    content, text = content_of(version.content), request.GET.get("answer", "").strip()[:500]
    if not content.tried_out:
        return None
    points = score(content, clean(content, {"text": text}), version.max_score) if text else None
    return {"text": text, "points": "" if points is None else points_words(points)}


def _current(item: BankItem) -> ItemVersion:
    if item.current is None:
        raise Http404
    return item.current


def _shown(item: BankItem, version: ItemVersion) -> dict[str, Any]:
    content = content_of(version.content)
    rows = list(item.pictures.all())
    pictures = pictures_of(rows)
    alts = {row.name: row.alt for row in rows}
    return {
        "item": item,
        "version": version,
        "content": content,
        "asked": ask(content, prefix="preview", seed=item.pk, pictures=pictures, disabled=True),
        "key": key_of(content, pictures),
        "points": points_words(version.max_score),
        "rules": list(content.rules()),
        "guidance": shown(content.for_markers, content.text_format, pictures),
        "feedback": shown(content.feedback, content.text_format, pictures),
        "pictures": [(row, pictures[row.name]) for row in rows],
        "remarks": remarks(content, version.max_score, alts),
        **facts_of(version),
    }


@guard(coordinator, methods=POST)
def bank_archive(request: ActorRequest, pk: int) -> HttpResponse:
    item = fetch(queries.items_visible_to(request.actor), pk=pk)
    actions.archive_item(item=item, by=request.actor)
    messages.success(request, _("The item is in the archive: it is not offered for new works."))
    return redirect("diagnostics:bank_item", pk)


@guard(coordinator, methods=POST)
def bank_restore(request: ActorRequest, pk: int) -> HttpResponse:
    item = fetch(queries.items_visible_to(request.actor), pk=pk)
    actions.restore_item(item=item, by=request.actor)
    messages.success(request, _("The item is in use again."))
    return redirect("diagnostics:bank_item", pk)


@guard(coordinator, methods=POST)
def bank_copy(request: ActorRequest, pk: int) -> HttpResponse:
    item = fetch(queries.items_visible_to(request.actor), pk=pk)
    copy = actions.copy_item(item=item, by=request.actor)
    messages.success(request, _("This is the copy. The first item stays as it is."))
    return redirect("diagnostics:bank_edit", copy.pk)


@guard()
def item_picture(request: ActorRequest, pk: int) -> HttpResponse:
    """A picture, for whoever sees its item."""
    picture = fetch(queries.pictures_visible_to(request.actor), pk=pk)
    return shown_picture(picture.file, picture.media_type)


@guard(coordinator, methods=BOTH)
def bank_picture(request: ActorRequest, pk: int) -> HttpResponse:
    """What a picture shows, in words."""
    rows = ItemPicture.objects.filter(item__in=queries.items_visible_to(request.actor)).select_related("item")
    picture = fetch(rows, pk=pk)
    form = PictureForm(request.POST or None, initial={"alt": picture.alt})
    saved = attempt(
        form, lambda: actions.describe_picture(picture=picture, by=request.actor, alt=form.cleaned_data["alt"])
    )
    if saved:
        return redirect("diagnostics:bank_item", picture.item_id)
    facts = {"form": form, "picture": picture, "item": picture.item}
    return render(request, "diagnostics/bank/picture.html", facts, status=status_of(form))
