"""Everything that this room keeps about a person, as plain values for the file that the person takes away."""

from typing import Any

from traektoria.people.models import AccessRecord, Account, Person
from traektoria.people.queries import employments_of


def person_data(person_id: int) -> dict[str, Any]:
    """Name, work, roles, consents, account (never the password), and every record of who opened the data."""
    person = Person.objects.get(pk=person_id)
    account = Account.objects.filter(person=person).first()
    return {
        "name": {
            "surname": person.surname,
            "given": person.given,
            "patronymic": person.patronymic,
            "gender": person.gender,
            "cases": person.name_cases,
        },
        "employments": [
            {
                "school": str(work.school),
                "position": work.position,
                "category": work.category,
                "teaching_since": work.experience_from,
                "subjects": work.subjects,
                "start": work.start,
                "end": work.end,
                "classes": [[str(row.year), row.subject, str(row)] for row in work.classes.all()],
            }
            for work in employments_of(person)
        ],
        "roles": list(person.roles.values("role", "centre__name", "school__name", "start", "end")),
        "consents": list(person.consents.values("kind", "centre__name", "text", "given_at", "withdrawn_at")),
        "account": _account(account) if account else None,
        "opened_by": list(
            AccessRecord.objects.filter(person_id=person_id).values("at", "actor_name", "purpose", "subject_kind")
        ),
    }


def _account(account: Account) -> dict[str, Any]:
    return {
        "login": account.username,
        "email": account.email,
        "last_sign_in": account.last_login,
        "opened": account.date_joined,
    }
