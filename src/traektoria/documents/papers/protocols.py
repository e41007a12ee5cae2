"""The protocol of a commission's session, and an extract from it for the candidate, as official papers."""

from collections.abc import Iterable

from django.db.models import QuerySet

from traektoria.core.figures import figure
from traektoria.core.typography import ru_moment
from traektoria.documents.papers.shared import day_in_words, in_russian
from traektoria.engines.criteria import Truth
from traektoria.engines.papers import Block, Facts, Heading, Paper, Paragraph, Signature, Table
from traektoria.people.actor import Actor
from traektoria.people.queries import GivenPassword
from traektoria.tutors.commission.enums import AgendaState, SessionState
from traektoria.tutors.commission.queries.protocol import (
    AgendaFacts,
    CriterionFacts,
    MemberFacts,
    PersonNames,
    ProtocolFacts,
    VoteFacts,
    extract_facts,
    protocol_facts,
)
from traektoria.tutors.commission.queries.sessions import extracts_visible_to, visible_to
from traektoria.tutors.models import AgendaItem, Session

_FOUND = {Truth.MET: "соответствует", Truth.NOT_MET: "не соответствует", Truth.UNKNOWN: "не установлено"}
HELD = (SessionState.OPEN, SessionState.CLOSED, SessionState.SIGNED)


def readable_protocols(actor: Actor) -> QuerySet[Session]:
    """Sessions that took place, of those the person sees; a candidate takes an extract instead."""
    return visible_to(actor).filter(state__in=HELD).exclude(items__application__person=actor.person_id or 0)


def readable_extracts(actor: Actor) -> QuerySet[AgendaItem]:
    return extracts_visible_to(actor)


@in_russian
def protocol_paper(session: Session) -> Paper:
    """The protocol as it was signed; until both have signed it, a draft."""
    facts = protocol_facts(session)
    items = [block for item in facts.items for block in _item(item, facts.status)]
    return Paper(
        kind="protocol",
        file_name=f"Протокол {facts.number} заседания комиссии",
        issuer=(facts.centre,),
        title=(f"ПРОТОКОЛ № {facts.number}", f"заседания {_commission(facts)}"),
        number=str(facts.number),
        place=facts.place,
        day=facts.day,
        blocks=(*_head(facts), Heading("ПОВЕСТКА ДНЯ", 2), *_agenda(facts.items, facts.status), *items),
        signatures=_signatures(facts),
        draft=not facts.signed,
    )


@in_russian
def extract_paper(item: AgendaItem) -> Paper:
    """What the candidate takes away: the decision on one application, without anybody's voice by name."""
    facts = extract_facts(item)
    (one,) = facts.items
    return Paper(
        kind="extract",
        file_name=f"Выписка из протокола {facts.number} {one.candidate.short_name}",
        issuer=(facts.centre,),
        title=("ВЫПИСКА", f"из протокола № {facts.number} заседания {_commission(facts)}"),
        number=str(facts.number),
        place=facts.place,
        day=facts.day,
        blocks=(
            *_presence(facts),
            *_item(one, facts.status),
            *_signed(facts),
            Paragraph("Выписка верна."),
        ),
        signatures=(Signature("Секретарь комиссии", facts.secretary.person.short_name),) if facts.secretary else (),
    )


def _commission(facts: ProtocolFacts) -> str:
    """«комиссии по присвоению статуса»: the name in the genitive."""
    first, space, rest = facts.commission.partition(" ")
    return f"комиссии{space}{rest}" if first.lower() == "комиссия" else f"комиссии «{facts.commission}»"


def _head(facts: ProtocolFacts) -> list[Block]:
    """Who was there."""
    rows = [
        ("Председательствующий", facts.chair.person.short_name if facts.chair else ""),
        ("Секретарь", facts.secretary.person.short_name if facts.secretary else ""),
    ]
    blocks: list[Block] = [Facts(tuple(rows))]
    if facts.basis:
        blocks.append(Paragraph(f"Комиссия действует на основании: {facts.basis}."))
    blocks.append(Table(("№", "Присутствовали", "Должность, кого представляет", "В комиссии"), (0.06, 0.34, 0.38, 0.22),
                        tuple(_present(facts.present))))  # fmt: skip
    if facts.absent:
        blocks.append(Heading("Отсутствовали:", 2))
        blocks += [Paragraph(_absent(one)) for one in facts.absent]
    return [*blocks, *_presence(facts), *(Paragraph(_password(*one)) for one in facts.passwords)]


def _present(members: Iterable[MemberFacts]) -> Iterable[tuple[str, ...]]:
    for number, one in enumerate(members, 1):
        vote = "" if one.votes else " (без права голоса)"
        yield (str(number), one.person.full_name, "; ".join(filter(None, (one.position, one.kind))),
               f"{one.post_label}{vote}")  # fmt: skip


def _absent(member: MemberFacts) -> str:
    return f"{member.person.full_name} ({member.reason})" if member.reason else member.person.full_name


def _password(person: PersonNames, given: GivenPassword) -> str:
    """Said to whoever reads the votes: somebody else could have given this one."""
    giver = f" ({given.giver})" if given.giver else ""
    return (
        f"{person.short_name}: во время заседания, {ru_moment(given.at)}, новый пароль выдан другим лицом{giver}; "
        "после этого в голосовании не участвует."
    )


def _presence(facts: ProtocolFacts) -> list[Block]:
    quorum = facts.quorum
    verdict = "кворум имеется" if quorum.met else "кворума нет"
    return [
        Paragraph(
            f"Членов комиссии с правом голоса – {quorum.members}, присутствовали – {quorum.present}, "
            f"для кворума нужно – {quorum.needed}: {verdict}."
        )
    ]


def _agenda(items: Iterable[AgendaFacts], status: str) -> list[Block]:
    return [Paragraph(f"{_about(item, status)}.", number=f"{item.number}.") for item in items]


def _about(item: AgendaFacts, status: str) -> str:
    what = "О продлении статуса" if item.renewal else "О присвоении статуса"
    again = " (повторно, по апелляции)" if item.appeal else ""
    who = ", ".join(filter(None, (item.candidate.full_name, item.position, item.school)))
    return f"{what} «{status}»{again}: {who}"


def _item(item: AgendaFacts, status: str) -> list[Block]:
    """What was heard, found, voted and decided on one application."""
    blocks: list[Block] = [Heading(f"{item.number}. {_about(item, status)}", 2)]
    if item.subjects:
        blocks.append(Paragraph(f"Предметы сопровождения: {item.subjects}."))
    blocks += [Paragraph(_recusal(one.person.short_name, one.reason, one.note)) for one in item.recusals]
    if item.discussion:
        blocks += [Paragraph(f"СЛУШАЛИ: {item.discussion}")]
    if item.criteria:
        blocks.append(Table(("Условие или критерий", "Установлено"), (0.6, 0.4),
                            tuple((one.title, _criterion(one)) for one in item.criteria)))  # fmt: skip
    if item.vote:
        blocks += _vote(item.vote)
    return [*blocks, *_decision(item, status), *_opinions(item)]


def _recusal(name: str, reason: str, note: str) -> str:
    why = f"{reason}, {note}" if note else reason
    return f"Не участвует в рассмотрении: {name} ({why})."


def _criterion(one: CriterionFacts) -> str:
    if one.mean is None:
        return "; ".join(filter(None, (_FOUND[one.finding], one.words)))
    spread = f"от {one.least} до {one.greatest}" if one.n > 1 else f"{one.least}"
    return f"{_FOUND[one.finding]}; средний балл {figure(one.mean, 2)} (оценок {one.n}, {spread})"


def _vote(vote: VoteFacts) -> list[Block]:
    kind = "тайное" if vote.secret else "открытое"
    counts = f"«за» – {vote.votes_for}, «против» – {vote.against}, «воздержались» – {vote.abstained}"
    silent = f", не голосовали – {vote.not_given}" if vote.not_given else ""
    chair = " При равенстве голосов решил голос председательствующего." if vote.by_chair else ""
    blocks: list[Block] = [Paragraph(f"ГОЛОСОВАЛИ ({kind} голосование): {counts}{silent}.{chair}")]
    if vote.by_name:
        named = "; ".join(f"{person.short_name} – {choice}" for person, choice in vote.by_name)
        blocks.append(Paragraph(f"Поимённо: {named}."))
    return blocks


def _decision(item: AgendaFacts, status: str) -> list[Block]:
    if item.state == AgendaState.POSTPONED:
        return [Paragraph(f"РЕШИЛИ: рассмотрение отложить. {item.postponed_why}".strip())]
    if item.granted is None:
        return [Paragraph("Решение не принято.")]
    whom = item.candidate_dative
    granted = f"{'продлить' if item.renewal else 'присвоить'} статус «{status}» {whom}{_term(item)}"
    refused = f"отказать {whom} в {'продлении' if item.renewal else 'присвоении'} статуса «{status}»"
    text = _sentence(f"РЕШИЛИ: {granted if item.granted else refused}")
    return [Paragraph(text), *([Paragraph(f"Обоснование: {item.reasons}")] if item.reasons else [])]


def _term(item: AgendaFacts) -> str:
    """« с 5 сентября 2026 г. по 4 сентября 2029 г.»"""
    if item.term is None:
        return ""
    until = f"по {day_in_words(item.term.end)}" if item.term.end else "без ограничения срока"
    return f" с {day_in_words(item.term.start)} {until}"


def _opinions(item: AgendaFacts) -> list[Block]:
    return [Paragraph(f"Особое мнение ({person.short_name}): {text}") for person, text in item.opinions]


def _signatures(facts: ProtocolFacts) -> tuple[Signature, ...]:
    places = (("Председательствующий", facts.chair), ("Секретарь", facts.secretary))
    return tuple(Signature(title, one.person.short_name, _signed_on(one)) for title, one in places if one)


def _signed_on(member: MemberFacts) -> str:
    return f"подписано {day_in_words(member.signed_on)}" if member.signed_on else ""


def _signed(facts: ProtocolFacts) -> list[Block]:
    """That the protocol is signed, by whom and when."""
    if facts.signed_on is None:
        return []
    places = (("председательствующий", facts.chair), ("секретарь", facts.secretary))
    named = [
        f"{title} {one.person.short_name} ({day_in_words(one.signed_on)})"
        for title, one in places
        if one and one.signed_on
    ]
    who = f": {', '.join(named)}" if named else ""
    return [Paragraph(_sentence(f"Протокол подписан {day_in_words(facts.signed_on)}{who}"))]


def _sentence(text: str) -> str:
    """With one full stop, also after «2026 г.»"""
    return f"{text.removesuffix('.')}."
