"""A route as the personified plan of closing professional deficits: the table in which the source writes its plan."""

from itertools import groupby
from typing import Final

from django.db.models import QuerySet

from traektoria.core.typography import short_day
from traektoria.documents.card_contents import card_of, printable_by
from traektoria.documents.papers.shared import day_in_words, in_russian
from traektoria.engines.cards import CardItem, RouteCard, Standing
from traektoria.engines.papers import Block, Facts, Heading, Paper, Paragraph, Signature, Table
from traektoria.people.actor import Actor
from traektoria.routes.categories.permissions import agreed_of
from traektoria.routes.models import LearningRoute
from traektoria.routes.tutees.permissions import member_ids

HEAD: Final = ("№ п/п", "Содержание работы", "Сроки выполнения", "Ответственные", "Отметка")
WIDTHS: Final = (0.08, 0.42, 0.16, 0.2, 0.14)


def readable_deficit_plans(actor: Actor) -> QuerySet[LearningRoute]:
    """Whose card the person may take, where the route is such a plan."""
    rows = printable_by(actor).filter(deficit_plan=True)
    return rows.select_related("centre__municipality", "support").prefetch_related("support__members")


def plan_number(route: LearningRoute) -> int:
    return route.version


@in_russian
def deficit_plan_paper(route: LearningRoute) -> Paper:
    """The version in force, or a draft («ПРОЕКТ»), as on the card; categories are those that the teacher agreed to."""
    card = card_of(route)
    names = ", ".join(one.name for one in card.teachers)
    return Paper(
        kind="deficit_plan",
        file_name=f"Персонифицированный план. {names}"[:150],
        issuer=(card.centre,),
        title=("ПЕРСОНИФИЦИРОВАННЫЙ ПЛАН", "восполнения профессиональных дефицитов"),
        day=card.agreed_on or card.version_date,
        blocks=(_about(route, card), *_work(card), *_goals(card)),
        signatures=(Signature("Тьютор", _short(card.tutor.name)),),
        acquainted=tuple(Signature("Педагог", _short(one.name)) for one in card.teachers),
        draft=card.standing in (Standing.DRAFT, Standing.WAITING),
    )


def _about(route: LearningRoute, card: RouteCard) -> Facts:
    agreed = agreed_of(route.centre_id, member_ids(route.support))
    titles = dict.fromkeys(title for titles in agreed.values() for title in titles)
    who = "; ".join(", ".join(filter(None, (one.name, one.position, one.school))) for one in card.teachers)
    return Facts((
        ("Педагог" if len(card.teachers) == 1 else "Педагоги", who),
        *([("Категория", "; ".join(titles))] if titles else []),
        ("Предмет", str(route.support.get_subject_display())),
        ("Тьютор", card.tutor.name),
        ("Период", f"{day_in_words(card.start)} – {day_in_words(card.end)}"),
    ))  # fmt: skip


def _work(card: RouteCard) -> list[Block]:
    """A table for each deficit; numbers go on through all of them, as in the plan of the centre."""
    blocks: list[Block] = []
    number = 0
    for deficit, items in groupby(card.items, lambda item: item.deficit):
        blocks.append(Heading(f"Дефицит: {deficit}" if deficit else "Итоги", 2))
        rows = []
        for item in items:
            number += 1
            rows.append((str(number), _content(item), _until(item), _who(card), _mark(item)))
        blocks.append(Table(HEAD, WIDTHS, tuple(rows)))
    return blocks


def _content(item: CardItem) -> str:
    parts = (item.task, f"Форма: {item.activity}" if item.activity else "",
             f"Результат: {item.expected_result}" if item.expected_result else "")  # fmt: skip
    return "\n".join(filter(None, parts))


def _until(item: CardItem) -> str:
    return item.deadline if isinstance(item.deadline, str) else f"до {short_day(item.deadline)}"


def _who(card: RouteCard) -> str:
    """Who does it and who helps: nobody else answers for it."""
    teachers = [_short(one.name) for one in card.teachers] if len(card.teachers) <= 3 else ["педагоги группы"]
    return ", ".join((*teachers, f"тьютор {_short(card.tutor.name)}"))


def _mark(item: CardItem) -> str:
    return item.note or (f"выполнено {short_day(item.done_on)}" if item.done_on else "")


def _goals(card: RouteCard) -> list[Block]:
    return [Heading("Цели", 2), *map(Paragraph, card.goals)] if card.goals else []


def _short(name: str) -> str:
    """«Иванова Мария Петровна» → «Иванова М. П.»"""
    surname, *given = name.split()
    return " ".join((surname, *(f"{one[0]}." for one in given)))
