"""Consents of a person as separate records: the text that was shown, when it was given, when withdrawn.

A consent to the processing of personal data is a document of its own (152-FZ, art. 9 as changed by 156-FZ); its text is
kept as it was read. Only the person gives and withdraws it.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.joined_rows import Joined, RowWriter
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, acting
from traektoria.people.enums import ConsentKind
from traektoria.people.models import Consent, Person

CONSENT, PERSON = Joined(Consent), Joined(Person)
_GIVEN = RowWriter(Consent)


def consent_text(kind: ConsentKind, centre: TutorCentre) -> str:
    """What the person reads before agreeing, and what the record keeps."""
    operator = {"centre": centre.full_name or centre.name}
    if kind == ConsentKind.NOMINATION:
        return (
            _(
                "I agree to be nominated as a tutor, and that «%(centre)s» keeps and considers for this: my surname, "
                "name and patronymic, my places and length of work, my category, the answers I give in the application "
                "and the documents I attach. They are seen by the coordinator of the centre and by those who decide on "
                "the status by its regulation; they are not published. The consent is in force until the decision, and "
                "then as long as the centre must keep its papers. I can withdraw it at any time on the page of the "
                "application: it is then considered no longer."
            )
            % operator
        )
    return (
        _(
            "I agree that «%(centre)s» publishes in the open register of its tutors my surname, name and patronymic, "
            "the subjects in which I support teachers, and the term of my status. Nothing else about me is published. "
            "The consent is in force while I am a tutor. I can withdraw it at any time: my entry then leaves the "
            "register at once, and my status stays as it is."
        )
        % operator
    )


def consent_in_force(person_id: int, centre_id: int, kind: ConsentKind, about: str = "") -> Consent | None:
    """The consent that counts now. One query."""
    own = "t.person_id = %s AND t.centre_id = %s AND t.kind = %s AND t.about = %s AND t.withdrawn_at IS NULL"
    return next(iter(CONSENT.find(own, person_id, centre_id, str(kind), about)), None)


@transaction.atomic
def give_consent(*, centre: TutorCentre, kind: ConsentKind, about: str = "", text: str = "", by: Actor) -> Consent:
    """Write down the acting person's own consent with its text (that of its kind, or ``text`` as it was shown for one
    occasion, named by ``about``). Given twice it is one. Side effect: an audit event."""
    person = _own(by)
    known = consent_in_force(person.pk, centre.pk, kind, about)
    if known is not None:
        return known
    shown = text or consent_text(kind, centre)
    given = _GIVEN.insert(Consent(person=person, centre=centre, kind=kind, about=about, text=shown))
    audit.record("consent.give", given, by=by, kind=kind)
    return given


@transaction.atomic
def withdraw_consent(*, centre: TutorCentre, kind: ConsentKind, about: str = "", by: Actor) -> Consent | None:
    """End the acting person's own consent; the record stays. None where there is nothing to withdraw."""
    known = consent_in_force(_own(by).pk, centre.pk, kind, about)
    if known is None:
        return None
    known.withdrawn_at = timezone.now()
    known.save(update_fields=["withdrawn_at"])
    audit.record("consent.withdraw", known, by=by, kind=kind)
    return known


def _own(by: Actor) -> Person:
    """The acting person, the row locked: two presses meet here."""
    return PERSON.get(acting(by), lock=True)
