"""Components of the house. Built in: no ``{% load %}`` needed. Live examples: /design/ (``core:gallery``).

``_("Save")`` inside a tag is translated and extracted. Not with a «%» in it (Django doubles it there): take
``{% blocktrans asvar note %}…{% endblocktrans %}`` and pass the variable.

Page        {% extends "base.html" %}; blocks: title, heading (h1), lead, breadcrumbs, actions, tabs, content, aside.
            base_bare.html is the same without navigation (sign-in, a sitting); blocks: title, heading, lead, content.
Icons       {% icon "check" %} {% icon "check" label=_("Done") size=16 %}   names as on lucide.dev
Buttons     {% link_button url _("Add") icon="plus" kind="primary" %}   kind: primary, secondary, quiet, danger
            {% submit _("Save") %} {% submit _("Delete") kind="danger" icon="trash-2" name="go" value="1" %}
            {% icon_link url "pencil" _("Edit") %}
            {% papers fact %}   buttons of the documents that can be made of a fact (core.registries.documents)
            {% blocked_button _("Agree") why %}   ``why`` is the refusal's sentence, shown beside
            <div class="buttons">…</div> sets several in a row
Surfaces    {% card title=_("Goals") icon="target" %}…{% endcard %}; {% card title=… url=… action=_("All") %}
            {% notice "info" title=… %}…{% endnotice %}   info, success, warning, danger
            {% empty _("No routes yet") icon="route" %}what to do first, with a button{% endempty %}
            {% confirm _("Delete") consequence=_("…") kind="danger" %}<form>…</form>{% endconfirm %}   without script
            {% fold _("Evidence") %}…{% endfold %}
            {% boxed "task" %}…{% endboxed %}   what is stored and may be broken: fails alone (core.boxes)
Status      {% chip "success" _("agreed") icon=… %}   neutral, info, success, warning, danger
            {% deadline item.due done=item.done %}   «до 5 сентября, осталось 3 дня»
            {% share done total %} «3 of 7»   {% progress done total label=_("Items done") %}
            {% steps 2 _("File") _("Check") _("Done") %}
            <div class="stats">{% stat "46,18 %" _("mark 4") n=24933 note=_("municipality: 44 %") %}
            {% stat_count 16 "%(n)s task" "%(n)s tasks" %}</div>   a figure over the noun that it counts
People      {% avatar person.short_name %} {% person person.short_name note="СОШ № 3" url=… %}
Navigation  {% breadcrumbs _("Results") url _("Mathematics, grade 4") %}   label, url, …, label of this page
            {% tabs %}{% tab url _("Items") current=True count=5 icon=… %}{% endtabs %}
            {% pagination page_obj %}   keeps the query string
Tables      <div class="table-wrap"><table class="table">…<td data-label="{% trans "State" %}">…; th/td class="num"
            goes right; table--plain stays a table on a phone; <tr class="linked"> with one <a class="row-link">
            <dl class="facts"><div><dt>…</dt><dd>…</dd></div></dl>
Forms       {{ form }} or {{ form.field.as_field_group }} (FORM_RENDERER); {% error_summary form %} above the form
            {% form_note minutes=3 seen_by=_("you and the tutor") %}
            {% filters %}{{ filter_form }}{% endfilters %}   posted to core:find, with «Show» and «Reset»
            <form method="post" data-autosave="route-12">…{% autosave_state %}   posted a second after typing stops
            <form method="post" data-draft>…   kept on the device only, where each post makes something
            core.forms: DayInput, FileArea, FilesArea, FilesField; <form data-upload> sends several files one by one
History     {% timeline entries %} {% comments entries %}   entries with .at .who .text
Desk        <ul class="desk-list">{% desk_line line %}</ul>   a core.registries.DeskLine
Words       {{ day|ru_day }} «5 сентября 2026, сб»   {{ day|short_day }} «5 сентября»   {{ moment|ru_moment }}
            {{ text|nbsp }} glues «в», №, initials   {{ 46.18|percent }} «46,18 %»   {{ 1.5|figure:1 }} «1,5»
            {{ points|shortest }} «2,5», «2»
            {% count n "%(n)s route" "%(n)s routes" %}   two msgids, by plural rules   {{ text|quote_ru }} «…»
Utilities   muted small num nowrap measure stack stack-s row cluster grid-2 grid-3 prose visually-hidden no-print
            print-only
Keyboard    ``/`` goes to [data-search] or the first search field, ``c`` presses [data-create] or the main page action
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traektoria.core import figures, typography
from traektoria.core.boxes import boxed
from traektoria.core.folding import pure
from traektoria.core.icons import icon as draw
from traektoria.core.registries import DeskLine, documents_of

register = template.Library()

register.filter("ru_day", typography.ru_day)
register.filter("short_day", typography.short_day)
register.filter("ru_moment", typography.ru_moment)
register.filter("percent", figures.percent)
register.filter("figure", figures.figure)
register.filter("shortest", figures.shortest)
register.filter("quote_ru", typography.quote)
register.simple_tag(typography.counted, name="count")

STATUS_ICONS = {
    "neutral": "circle",
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "circle-alert",
}
MESSAGE_KINDS = {"debug": "info", "info": "info", "success": "success", "warning": "warning", "error": "danger"}
EMPTY = mark_safe("")


@register.filter
@template.defaultfilters.stringfilter
def nbsp(text: str) -> str:
    return typography.nbsp(text)


@register.filter
def message_kind(message: Any) -> str:
    """The look of a Django message."""
    return MESSAGE_KINDS.get(message.level_tag, "info")


@register.simple_tag(name="icon")
@pure
def icon_tag(name: str, label: str = "", size: int = 18) -> SafeString:
    return draw(name, str(label), size)


def _icon(name: str, size: int = 18) -> SafeString:
    return draw(name, "", size) if name else EMPTY


def _optional(markup: str, value: object) -> SafeString:
    return format_html(markup, value) if value not in ("", None) else EMPTY


# Buttons


@register.simple_tag
def link_button(url: str, label: str, kind: str = "secondary", icon: str = "") -> SafeString:
    return format_html('<a class="button button--{}" href="{}">{}<span>{}</span></a>', kind, url, _icon(icon), label)


@register.simple_tag
@pure
def submit(label: str, kind: str = "primary", icon: str = "", name: str = "", value: str = "") -> SafeString:
    named = format_html(' name="{}" value="{}"', name, value) if name else EMPTY
    return format_html(
        '<button class="button button--{}" type="submit"{}>{}<span>{}</span></button>', kind, named, _icon(icon), label
    )


@register.simple_tag
def papers(fact: Any) -> SafeString:
    """Buttons that take away each document of the fact, in each format."""
    return format_html_join(
        "", "{}", ((link_button(url, label, icon="download"),) for label, url in documents_of(fact))
    )


@register.simple_tag
def icon_link(url: str, icon: str, label: str) -> SafeString:
    return format_html('<a class="icon-button" href="{}" title="{}">{}</a>', url, label, draw(icon, str(label), 18))


@register.simple_tag
def blocked_button(label: str, why: str, icon: str = "") -> SafeString:
    """A button that can't be pressed now: it stays reachable by keyboard, and says why beside itself."""
    return format_html(
        '<span class="blocked"><button class="button button--secondary" type="button" aria-disabled="true">'
        "{}<span>{}</span></button><small>{}</small></span>",
        _icon(icon or "lock"),
        label,
        why,
    )


# Surfaces


@register.simple_block_tag
def card(content: str, title: str = "", icon: str = "", url: str = "", action: str = "") -> SafeString:
    link = format_html('<a class="card-action" href="{}">{}</a>', url, action) if url else EMPTY
    head = (
        format_html('<header class="card-head"><h2>{}{}</h2>{}</header>', _icon(icon), title, link) if title else EMPTY
    )
    return format_html('<section class="card">{}<div class="card-body">{}</div></section>', head, content)


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    heading = _optional("<strong>{}</strong>", title)
    role = mark_safe(' role="alert"') if kind == "danger" else EMPTY
    return format_html(
        '<div class="notice notice--{}"{}>{}<div>{}{}</div></div>',
        kind,
        role,
        _icon(STATUS_ICONS[kind], 20),
        heading,
        content,
    )


@register.simple_block_tag
def empty(content: str, title: str, icon: str = "inbox") -> SafeString:
    return format_html(
        '<div class="empty">{}<h2>{}</h2><div class="empty-body">{}</div></div>', _icon(icon, 32), title, content
    )


@register.simple_block_tag
def confirm(content: str, label: str, consequence: str, kind: str = "danger", icon: str = "") -> SafeString:
    """Asks without a dialogue: the consequence and the real form unfold under the button."""
    return format_html(
        '<details class="confirm"><summary class="button button--{}">{}<span>{}</span></summary>'
        '<div class="confirm-body"><p>{}</p>{}</div></details>',
        "quiet-danger" if kind == "danger" else kind,
        _icon(icon),
        label,
        consequence,
        content,
    )


class _Boxed(template.Node):
    def __init__(self, kind: str, parts: template.NodeList) -> None:
        self.kind, self.nodelist = kind, parts

    def render(self, context: Context) -> SafeString:
        with context.push():
            return boxed(self.kind, lambda: self.nodelist.render(context))


@register.tag("boxed")
def boxed_tag(parser: template.base.Parser, token: template.base.Token) -> _Boxed:
    """Not a block of ``simple_block_tag``: what stands inside must be drawn where its failure is caught."""
    kind = token.split_contents()[1].strip("\"'")
    parts = parser.parse(("endboxed",))
    parser.delete_first_token()
    return _Boxed(kind, parts)


@register.simple_block_tag
def fold(content: str, label: str, open: bool = False) -> SafeString:
    return format_html(
        '<details class="fold"{}><summary>{}<span>{}</span></summary><div class="fold-body">{}</div></details>',
        mark_safe(" open") if open else EMPTY,
        draw("chevron-right", "", 16),
        label,
        content,
    )


# Status


@register.simple_tag
@pure
def chip(kind: str, label: str, icon: str = "") -> SafeString:
    return _chip(kind, label if isinstance(label, str) else str(label), icon)


@lru_cache(maxsize=1024, typed=True)  # typed: a text and the same text marked safe are escaped differently
def _chip(kind: str, label: str, icon: str) -> SafeString:
    return format_html(
        '<span class="chip chip--{}">{}{}</span>', kind, _icon(icon or STATUS_ICONS.get(kind, "circle"), 14), label
    )


@register.simple_tag
def deadline(due: date | datetime | None, done: bool = False, today: date | None = None) -> SafeString:
    """The day in words with its distance; late is said, not only coloured."""
    if not due:
        return chip("neutral", _("no deadline"), "calendar")
    return _deadline(typography.local_day(due), bool(done), today or timezone.localdate(), get_language())


@lru_cache(maxsize=1024)
def _deadline(day: date, done: bool, now: date, _language: str | None) -> SafeString:
    words = _("by %(day)s") % {"day": typography.short_day(day, now)}
    if done:
        return chip("neutral", words, "calendar-check")
    days = (day - now).days
    kind = "danger" if days < 0 else "warning" if days <= 3 else "neutral"
    return chip(kind, f"{words}, {typography.time_left(day, now)}", "calendar-x" if days < 0 else "calendar")


@register.simple_tag
def share(done: int, total: int) -> str:
    """«3 of 7»."""
    return _share(done, total, get_language())


@lru_cache(maxsize=1024)
def _share(done: int, total: int, _language: str | None) -> str:
    return _("%(done)s of %(total)s") % {"done": figures.figure(done), "total": figures.figure(total)}


@register.simple_tag
def progress(done: int, total: int, label: str = "") -> SafeString:
    words = share(done, total)
    return format_html(
        '<div class="progress"><progress value="{}" max="{}" aria-label="{}">{}</progress><span>{}</span></div>',
        done,
        max(total, 1),
        label or _("Done"),
        words,
        words,
    )


@register.simple_tag
def steps(current: int, *labels: str) -> SafeString:
    """Where in a short sequence the person is; ``current`` counts from 1."""
    items = (_step(number, current, label) for number, label in enumerate(labels, 1))
    return format_html('<ol class="steps">{}</ol>', format_html_join("", "{}", ((item,) for item in items)))


def _step(number: int, current: int, label: str) -> SafeString:
    state = "done" if number < current else "now" if number == current else "next"
    mark = draw("check", _("done"), 14) if state == "done" else str(number)
    here = mark_safe(' aria-current="step"') if state == "now" else EMPTY
    return format_html('<li class="step step--{}"{}><b>{}</b><span>{}</span></li>', state, here, mark, label)


@register.simple_tag
def stat(value: Any, label: str, n: int | None = None, note: str = "") -> SafeString:
    counted = _("n = %(n)s") % {"n": figures.figure(n)} if n is not None else ""
    return format_html(
        '<div class="stat"><b>{}</b><span>{}</span>{}</div>',
        value,
        label,
        _optional("<small>{}</small>", " · ".join(typography.nbsp(str(part)) for part in (counted, note) if part)),
    )


@register.simple_tag
def stat_count(number: int | str, one: str, many: str) -> SafeString:
    """A figure with the noun that it counts in its right form: «1» over «пауза», «16» over «заданий»."""
    shown = figures.figure(int(number))
    return stat(shown, typography.counted(int(number), one, many).removeprefix(shown).strip())


# People


@register.simple_tag
@lru_cache(maxsize=1024)
def avatar(name: str) -> SafeString:
    """Two letters of a person; an icon where the line names a group («тьюторы и учителя», «5 человек»)."""
    if not name[:1].isupper():
        return format_html('<span class="avatar" aria-hidden="true">{}</span>', draw("users-round", "", 18))
    letters = typography.initials(name)
    tone = sum(map(ord, name)) % 6
    return format_html('<span class="avatar avatar--{}" aria-hidden="true">{}</span>', tone, letters)


@register.simple_tag
def person(name: str, note: str = "", url: str = "") -> SafeString:
    named = format_html('<a href="{}">{}</a>', url, name) if url else format_html("<span>{}</span>", name)
    return format_html(
        '<span class="person">{}<span>{}{}</span></span>', avatar(name), named, _optional("<small>{}</small>", note)
    )


# Lists of what happened and what waits


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    return {"entries": entries}


@register.inclusion_tag("components/comments.html")
def comments(entries: Iterable[Any]) -> dict[str, Any]:
    return {"entries": entries}


@register.simple_tag
def desk_line(line: DeskLine) -> SafeString:
    """One line of «My day»; written here, as a desk has dozens."""
    done = line.group == "done"
    go = format_html(
        '<a class="button button--secondary" href="{}" aria-label="{}: {}">{}</a>',
        line.url,
        line.action,
        line.what,
        line.action,
    )
    return format_html(
        '<li class="desk-line{}{}">{}<div class="desk-what"><a href="{}">{}</a><small>{}</small></div>{}{}</li>',
        " desk-line--late" if line.overdue else "",
        " desk-line--done" if done else "",
        avatar(line.who),
        line.url,
        line.what,
        line.who,
        deadline(line.due, done=done) if line.due else EMPTY,
        EMPTY if done else go,
    )
