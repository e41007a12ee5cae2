"""The head's order of appointment or release of a tutor as an official paper."""

from django.db.models import QuerySet

from traektoria.documents.papers.shared import day_in_words, in_russian
from traektoria.engines.papers import Block, Paper, Paragraph, Signature
from traektoria.people.actor import Actor
from traektoria.tutors.models import StaffOrder
from traektoria.tutors.orders.enums import OrderKind, OrderState
from traektoria.tutors.orders.queries import OrderFacts, order_facts, visible_to


def readable_orders(actor: Actor) -> QuerySet[StaffOrder]:
    """Orders of the centres that the person keeps, and signed ones about the person; not those taken back."""
    return visible_to(actor).exclude(state=OrderState.CANCELLED)


@in_russian
def order_paper(order: StaffOrder) -> Paper:
    """The order as it was signed; before that as a draft."""
    facts = order_facts(order)
    appoints = facts.kind == OrderKind.APPOINT
    what = "О назначении" if appoints else "Об освобождении"
    return Paper(
        kind=f"order_of_{'appointment' if appoints else 'release'}",
        file_name=f"Приказ {what[:1].lower() + what[1:]} {facts.name_short} {facts.number}".strip(),
        issuer=(facts.organisation,),
        title=("ПРИКАЗ",),
        number=facts.number,
        day=facts.day or facts.effective,
        subject=f"{what} {facts.status_genitive} {facts.name_genitive}",
        blocks=(*_reason(facts), *_points(facts, _said(facts))),
        signatures=(Signature(facts.signer_position, facts.signer_name),),
        acquainted=(Signature(facts.position, facts.name_short),),
        draft=order.state == OrderState.DRAFT,
        undated=facts.day is None,
    )


def _reason(facts: OrderFacts) -> list[Block]:
    """Why the head orders; «ПРИКАЗЫВАЮ» ends the sentence."""
    if facts.kind == OrderKind.APPOINT:
        return [Paragraph("В целях тьюторского сопровождения профессионального развития педагогов ПРИКАЗЫВАЮ:")]
    why = [Paragraph(f"Причина освобождения: {facts.reason.rstrip('.')}.")] if facts.reason else []
    return [*why, Paragraph("ПРИКАЗЫВАЮ:")]


def _said(facts: OrderFacts) -> list[str]:
    """The points of the order."""
    if facts.kind == OrderKind.RELEASE:
        who = _with_position(facts.name_accusative, facts.position_accusative)
        return [
            f"Освободить {who} от обязанностей {facts.status_genitive} с {day_in_words(facts.effective)}",
            *_control(facts),
        ]
    term = f" по {day_in_words(facts.end)}" if facts.end else ""
    who = _with_position(facts.name_accusative, facts.position_accusative)
    points = [f"Назначить {who} {facts.status_instrumental} с {day_in_words(facts.effective)}{term}"]
    if facts.duties:
        dative = _with_position(facts.name_dative, facts.position_dative).rstrip(",")
        points.append(f"Поручить {dative}:\n" + ";\n".join(f"– {duty}" for duty in facts.duties))
    return [*points, *_control(facts)]


def _control(facts: OrderFacts) -> list[str]:
    return [facts.control] if facts.control else []


def _points(facts: OrderFacts, points: list[str]) -> list[Block]:
    """Numbered points, each with its full stop, and the grounds under them."""
    numbered: list[Block] = [
        Paragraph(f"{point.rstrip('.')}.", number=f"{number}.") for number, point in enumerate(points, 1)
    ]
    if facts.grounds:
        numbered.append(Paragraph(f"Основание: {'; '.join(facts.grounds).rstrip('.')}."))
    return numbered


def _with_position(name: str, position: str) -> str:
    """«Иванову Марию Петровну, учителя математики,»: the words after it go on."""
    return f"{name}, {position}," if position else name
