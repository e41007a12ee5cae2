"""Writes of the room: each atomic, with its audit event (which holds identifiers, never names)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit, school_year, waiting
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.text import squash
from traektoria.messaging.actions import forget_refusal
from traektoria.messaging.queries import refuses_letters
from traektoria.organisations.enums import ImportKind
from traektoria.organisations.imports import keep_draft, write_draft
from traektoria.organisations.models import ImportDraft, School, TutorCentre
from traektoria.organisations.queries import school_year as year_row
from traektoria.people.actor import Actor
from traektoria.people.enums import SCHOOL_ROLES, Role
from traektoria.people.models import Account, Employment, Person, RoleAssignment, TaughtClass
from traektoria.people.own_hand import note_address, set_given_password
from traektoria.people.passwords import free_login, new_password
from traektoria.people.permissions import (
    check_coordinates,
    check_ends_role,
    check_gives_password,
    check_keeps_account,
    check_keeps_person,
)
from traektoria.people.queries import ERASURE_ANSWERED, ERASURE_ASKED, erasure_events, people_now
from traektoria.people.spelling import tidy
from traektoria.people.staff_rows import READ_COLUMNS, StaffFacts
from traektoria.people.staff_table import employment_of, plan_staff
from traektoria.people.status_roles import bid_farewell
from traektoria.people.vocabulary import Class


@transaction.atomic
def add_person(
    *, centre: TutorCentre | None, surname: str, given: str, patronymic: str = "", gender: str = "", by: Actor | None
) -> Person:
    """A new person without work, roles or account; the administrator of the installation is of no centre."""
    person = Person.objects.create(surname=tidy(surname), given=tidy(given), patronymic=tidy(patronymic), gender=gender)
    audit.record("people.person_added", person, by=by, centre_id=centre.pk if centre else None)
    return person


@transaction.atomic
def change_person(
    *, person: Person, centre: TutorCentre, surname: str, given: str, patronymic: str, gender: str,
    name_cases: Mapping[str, str] | None = None, by: Actor,
) -> Person:  # fmt: skip
    """Correct a name; ``name_cases`` are the cases written by hand (None leaves them). Raises ``Refused``."""
    check_keeps_person(by, person)
    person.surname, person.given, person.patronymic = tidy(surname), tidy(given), tidy(patronymic)
    person.gender = gender
    if name_cases is not None:
        person.name_cases = {case: squash(text) for case, text in name_cases.items() if text.strip()}
    person.save()
    audit.record("people.person_changed", person, by=by, centre_id=centre.pk)
    return person


@transaction.atomic
def save_employment(
    *, person: Person, employment: Employment | None = None, centre: TutorCentre, school: School, position: str,
    category: str, experience_from: date | None, subjects: Iterable[str], start: date, end: date | None = None,
    by: Actor | None,
) -> Employment:  # fmt: skip
    """Add work of a person at a school, or change ``employment``. Raises ``Invalid``: dates, the same work twice."""
    if end and end < start:
        raise Invalid(_("The work ends before it begins."), code="dates_swapped")
    event = "people.employment_changed" if employment else "people.employment_added"
    row = employment or Employment(person=person)
    row.school, row.position, row.category = school, squash(position), category
    row.experience_from, row.subjects, row.start, row.end = experience_from, list(subjects), start, end
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Invalid(_("This position at this school is written already."), code="employment_taken") from error
    audit.record(event, row, by=by, centre_id=centre.pk)
    if employment:
        bid_farewell(person.pk, by=by)
    return row


@transaction.atomic
def set_classes(
    *, employment: Employment, start_year: int, classes: Iterable[Class], centre: TutorCentre, by: Actor | None
) -> int:
    """Make the classes of one school year exactly these; returns how many rows changed. Other years stay."""
    year = year_row(start_year)
    have = {(row.subject, row.grade, row.letter): row for row in employment.classes.filter(year=year)}
    wanted = set(classes)
    gone = [row.pk for key, row in have.items() if key not in wanted]
    new = sorted(wanted - set(have))
    TaughtClass.objects.filter(pk__in=gone).delete()
    TaughtClass.objects.bulk_create(
        TaughtClass(employment=employment, year=year, subject=subject, grade=grade, letter=letter)
        for subject, grade, letter in new
    )
    if gone or new:
        audit.record(
            "people.classes_set", employment, by=by, centre_id=centre.pk, year=start_year, new=len(new), gone=len(gone)
        )
    return len(gone) + len(new)


@transaction.atomic
def save_work(
    *, person: Person, employment: Employment | None, centre: TutorCentre, classes: Iterable[Class], start_year: int,
    by: Actor, **facts: Any,
) -> Employment:  # fmt: skip
    """``save_employment`` with ``facts``, and the classes of one school year."""
    work = save_employment(person=person, employment=employment, centre=centre, by=by, **facts)
    set_classes(employment=work, start_year=start_year, classes=classes, centre=centre, by=by)
    return work


@transaction.atomic
def add_member(
    *, centre: TutorCentre, name: Mapping[str, str], role: str, school: School | None, start: date,
    end: date | None = None, by: Actor,
) -> Person:  # fmt: skip
    """A new person with a first role, by which the centre sees them. Raises ``Invalid`` as ``assign_role`` does."""
    person = add_person(centre=centre, by=by, **name)
    assign_role(person=person, centre=centre, role=role, school=school, start=start, end=end, by=by)
    return person


@transaction.atomic
def assign_role(
    *, person: Person, centre: TutorCentre, role: str, school: School | None = None, start: date,
    end: date | None = None, by: Actor | None,
) -> RoleAssignment:  # fmt: skip
    """Give a role in a centre; a role in force is returned as it is, so a second click does nothing.

    Raises ``Invalid`` (a school role without its school, dates) and ``Refused`` (not the coordinator of the centre).
    """
    if by is not None:
        check_coordinates(by, centre.pk)
    _check_role(role, school, start, end)
    school = school if role in SCHOOL_ROLES else None
    _lock(person)
    same = RoleAssignment.objects.filter(person=person, role=role, centre=centre, school=school)
    have = same.filter(Q(end=None) | Q(start=start, end=end)).first()
    if have:
        return have
    row = RoleAssignment.objects.create(person=person, role=role, centre=centre, school=school, start=start, end=end)
    audit.record("people.role_assigned", row, by=by, centre_id=centre.pk, role=role)
    return row


def _lock(person: Person) -> None:
    """Two presses at once come one after another."""
    Person.objects.select_for_update(no_key=True).filter(pk=person.pk).values_list("pk").first()


def _check_role(role: str, school: School | None, start: date, end: date | None) -> None:
    if role == Role.ADMINISTRATOR:
        raise Invalid(_("The administrator is appointed on the server."), code="role_administrator")
    if role in SCHOOL_ROLES and school is None:
        raise Invalid(_("Choose the school of this role."), code="role_needs_school")
    if end and end < start:
        raise Invalid(_("The role ends before it begins."), code="dates_swapped")


@transaction.atomic
def end_role(*, role: RoleAssignment, by: Actor) -> RoleAssignment:
    """The role is no longer in force from now on; ended once, it stays so."""
    check_ends_role(by, role)
    yesterday = timezone.localdate() - timedelta(days=1)
    if role.end and role.end <= yesterday:
        return role
    audit.record("people.role_ended", role, by=by, centre_id=role.centre_id, role=role.role)
    if role.start > yesterday:
        role.delete()
    else:
        role.end = yesterday
        role.save(update_fields=["end"])
    bid_farewell(role.person_id, by=by)
    return role


@transaction.atomic
def open_account(
    *, person: Person, centre: TutorCentre | None, username: str = "", email: str = "", by: Actor | None
) -> Account:
    """An account without a password (see ``give_password``); the one that is there is returned as it is.

    Raises ``Invalid`` when the login or e-mail belongs to somebody else.
    """
    _lock(person)
    have = Account.objects.filter(person=person).first()
    if have:
        return have
    account = Account(person=person, username=username.strip() or free_login(person), email=email.strip().lower())
    account.set_unusable_password()
    _save_account(account)
    audit.record("people.account_opened", account, by=by, centre_id=centre.pk if centre else None)
    return account


def _save_account(account: Account) -> None:
    others = Account.objects.exclude(pk=account.pk)
    if others.filter(username__iexact=account.username).exists():
        raise Invalid(_("This login is taken, write another."), code="login_taken")
    if account.email and others.filter(email__iexact=account.email).exists():
        raise Invalid(_("This e-mail belongs to another account."), code="email_taken")
    account.save()


@transaction.atomic
def give_password(*, person: Person, centre: TutorCentre, by: Actor) -> tuple[Account, str]:
    """A password to hand over once; the person is asked for their own at sign-in, and told (``set_given_password``).

    Opens the account where there is none. Returns the account and the password in the clear, which is kept nowhere.
    Raises ``Refused``.
    """
    check_gives_password(by, person)
    _lock(person)
    account = open_account(person=person, centre=centre, by=by)
    password = new_password()
    set_given_password(account, password, centre_id=centre.pk, by=by)
    return account, password


def give_passwords(
    *, people: Iterable[Person], centre: TutorCentre, again: bool = False, by: Actor
) -> list[tuple[Person, Account, str]]:
    """First passwords for all of ``people`` who have never had one, with ``again`` also for those who got one and never
    signed in with it; the others are left alone.

    Each in a transaction of its own: a password takes its time, and those of a whole district would hold everybody up.
    """
    given = []
    for person in people:
        with transaction.atomic():
            _lock(person)
            account = Account.objects.filter(person=person).first()
            unused = account is not None and again and account.password_given and account.last_login is None
            if account is None or unused or not account.has_usable_password():
                given.append((person, *give_password(person=person, centre=centre, by=by)))
    return given


@transaction.atomic
def request_erasure(*, by: Actor) -> None:
    """Ask the coordinator to erase one's own data; an open request is not doubled."""
    person = Person.objects.select_for_update(no_key=True).get(pk=by.person_id or 0)
    last = erasure_events([person.pk]).get(person.pk)
    if last is None or last.event != ERASURE_ASKED:
        audit.record(ERASURE_ASKED, person, by=by, centre_id=by.home.centre_id if by.home else None)
        waiting.renew(person)


@transaction.atomic
def answer_erasure(*, person: Person, centre: TutorCentre, by: Actor) -> None:
    """The coordinator has dealt with the request for erasure. Raises ``Conflict`` when there was none."""
    check_coordinates(by, centre.pk)
    last = erasure_events([person.pk]).get(person.pk)
    if last is None:
        raise Conflict(_("Nobody asked for erasure."), code="no_request")
    if last.event == ERASURE_ASKED:
        audit.record(ERASURE_ANSWERED, person, by=by, centre_id=last.centre_id or centre.pk)
        waiting.renew(person)


@transaction.atomic
def trust_address(*, person: Person, by: Actor) -> None:
    """The e-mail of a person is right, though the mail server refused it: what did not reach it goes once more. Raises
    ``Refused``, and ``Conflict`` where nothing was refused. Side effect: an audit event."""
    check_keeps_person(by, person)
    account = Account.objects.filter(person=person).first()
    if account is None or not refuses_letters(account.email):
        raise Conflict(_("Letters reach this person: nothing was refused."), code="not_refused")
    forget_refusal(address=account.email, person_id=person.pk)
    audit.record("people.address_trusted", account, by=by, centre_id=by.home.centre_id if by.home else None)


def keep_staff_table(
    *, source: bytes, file_name: str, centre: TutorCentre, by: Actor, token: UUID | None = None
) -> ImportDraft:
    """Read a table of staff and keep it for the preview, once for a ``token``. Raises ``Invalid``."""
    return keep_draft(
        source=source,
        file_name=file_name,
        centre=centre,
        kind=ImportKind.STAFF,
        columns=READ_COLUMNS,
        by=by,
        token=token,
    )


def write_staff_table(*, token: UUID, by: Actor, told: Callable[[int, int], None] | None = None) -> ImportDraft:
    """Write a kept table of staff, in portions; a second time changes nothing."""
    return write_draft(token=token, plan=plan_staff, write=write_member, by=by, told=told)


@transaction.atomic
def write_member(*, facts: StaffFacts, centre: TutorCentre, by: Actor | None) -> Person:
    """One row of the table: the person, the work with its classes, roles and account. Raises ``Invalid``."""
    person = _person_of(facts, centre) or add_person(
        centre=centre, surname=facts.surname, given=facts.given, patronymic=facts.patronymic, gender=facts.gender, by=by
    )
    gender = facts.gender or person.gender
    names = facts.names_for(person)
    if (person.surname, person.given, person.patronymic, person.gender) != (*names, gender):
        person.surname, person.given, person.patronymic = names
        person.gender = gender
        person.save()
        audit.record("people.person_changed", person, by=by, centre_id=centre.pk)
    employment = _write_work(person, facts, centre, by)
    if facts.classes is not None:
        set_classes(employment=employment, start_year=facts.start_year, classes=facts.classes, centre=centre, by=by)
    for role in facts.roles:
        start = employment.start
        assign_role(person=person, centre=centre, role=role, school=facts.school, start=start, by=by)
    if facts.email or facts.login:
        _write_account(person, facts, centre, by)
    return person


def _person_of(facts: StaffFacts, centre: TutorCentre) -> Person | None:
    """The same answer as the plan gave, and also a person whom an earlier row of the table has just made."""
    own = people_now(centres=[centre.pk])
    for lookup in ({"account__email__iexact": facts.email}, {"account__username__iexact": facts.login}):
        if any(lookup.values()) and (found := own.filter(**lookup).first()):
            return found
    name, school = facts.key
    return Person.objects.filter(search_name=name, employments__school=school, employments__end=None).first()


def _write_work(person: Person, facts: StaffFacts, centre: TutorCentre, by: Actor | None) -> Employment:
    """The employment of the row, added or brought up to date; the first day of new work is that of the school year."""
    work = employment_of(person, facts, list(person.employments.filter(end=None).select_related("school")))
    kept: dict[str, Any] = {
        "category": work.category if work else "",
        "experience_from": work.experience_from if work else None,
        "subjects": work.subjects if work else [],
    }
    stated = {"category": facts.category, "experience_from": facts.since, "subjects": facts.subjects}
    fields = {**kept, **{key: value for key, value in stated.items() if value is not None}, "position": facts.position}
    fields["subjects"] = list(fields["subjects"])
    if work and all(getattr(work, key) == value for key, value in fields.items()):
        return work
    start = work.start if work else school_year.first_day(facts.start_year)
    return save_employment(
        person=person, employment=work, centre=centre, school=facts.school, start=min(start, timezone.localdate()),
        by=by, **fields,
    )  # fmt: skip


def _write_account(person: Person, facts: StaffFacts, centre: TutorCentre, by: Actor | None) -> None:
    account = open_account(person=person, centre=centre, username=facts.login, email=facts.email, by=by)
    wanted = (facts.login or account.username, facts.email or account.email)
    if (account.username, account.email) != wanted:
        if by is not None:
            check_keeps_account(by, person)
        before, account.email = account.email, wanted[1]
        account.username = wanted[0]
        _save_account(account)
        note_address(account, before)
        audit.record("people.account_changed", account, by=by, centre_id=centre.pk)
