"""Accounts, persons, employment, roles, and the access log that the person can read."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.figures import shortest
from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.core.text import search_key, sort_key
from traektoria.organisations.models import School, SchoolYear, TutorCentre
from traektoria.people.enums import SCHOOL_ROLES, Category, ConsentKind, Gender, Purpose, Role, Subject
from traektoria.people.vocabulary import class_name


def short_name(surname: str, given: str, patronymic: str) -> str:
    """«Иванова М. П.» with non-breaking spaces, for lists that read columns instead of persons."""
    first, second = f"\xa0{given[0]}." if given else "", f"\xa0{patronymic[0]}." if patronymic else ""
    return f"{surname}{first}{second}"


def full_name(surname: str, given: str, patronymic: str) -> str:
    """«Иванова Мария Петровна»."""
    return " ".join(filter(None, [surname, given, patronymic]))


class Person(models.Model):
    """A human being. ``name_cases`` overrides declension by hand: {"genitive": "Ивановой Марии Петровны"}."""

    surname = models.CharField(_("surname"), max_length=100)
    given = models.CharField(_("given name"), max_length=100)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender.choices, blank=True)
    name_cases = KeptJSON(_("name in cases"), default=dict, blank=True, shape=dict[str, str])
    sort_name = models.CharField(max_length=220, editable=False, db_index=True)
    search_name = models.CharField(max_length=320, editable=False, db_index=True)

    class Meta:
        ordering = ["sort_name", "pk"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        self.sort_name = sort_key(self.full_name)
        self.search_name = search_key(self.full_name)
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        return full_name(self.surname, self.given, self.patronymic)

    @property
    def addressed(self) -> str:
        """«Мария Петровна»: how the person is greeted."""
        return f"{self.given} {self.patronymic}".strip() or self.full_name

    @property
    def short_name(self) -> str:
        """«Иванова М. П.» with non-breaking spaces."""
        return short_name(self.surname, self.given, self.patronymic)


class Account(AbstractUser):
    """Signs in. Names and roles belong to the person, not to the account.

    ``password_given`` is true from the moment the coordinator hands out a password until the person sets their own.
    ``given_at`` and ``given_by`` (an account) tell of the last password that another gave, or of a link to an address
    that the person never confirmed; until ``held_until`` what needs the person's own hand stays closed (ADR 0017).
    ``email_wanted`` waits for its link to be followed, ``email_confirmed_at`` is when that of ``email`` was.
    ``last_totp`` is the time step of the last code that was taken: a code is good once.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="account")
    password_given = models.BooleanField(_("the password was given by the centre"), default=False)
    given_at = models.DateTimeField(null=True, editable=False)
    given_by = models.BigIntegerField(null=True, editable=False)
    held_until = models.DateTimeField(null=True, editable=False)
    email_wanted = models.EmailField(blank=True, editable=False)
    email_confirmed_at = models.DateTimeField(null=True, editable=False)
    last_totp = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="account_email_once"),
        ]

    def get_full_name(self) -> str:
        return self.person.full_name if self.person else self.username

    def get_short_name(self) -> str:
        return self.person.short_name if self.person else self.username


class Session(AbstractBaseSession):
    """A session that knows whose it is: read with its account in one query (``entrance``), ended with it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, editable=False, related_name="+")

    @classmethod
    def get_session_store_class(cls) -> Any:
        from traektoria.people.sessions import SessionStore

        return SessionStore


class Employment(models.Model):
    """Work of a person at a school: ``end`` is empty while it lasts."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="employments")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="employments")
    position = models.CharField(_("position"), max_length=150)
    category = models.CharField(_("category"), max_length=12, choices=Category.choices, blank=True)
    experience_from = models.DateField(_("teaching since"), null=True, blank=True)
    subjects = KeptJSON(_("subjects"), default=list, blank=True, shape=list[Subject])
    start = models.DateField(_("from"))
    end = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="employment_dates"),
            models.UniqueConstraint(
                fields=["person", "school", "position"], condition=Q(end__isnull=True), name="one_active_employment"
            ),
        ]
        ordering = ["-start", "pk"]

    def __str__(self) -> str:
        return f"{self.position}, {self.school}"

    @property
    def subject_labels(self) -> list[str]:
        return [str(Subject(slug).label) for slug in self.subjects]


class TaughtClass(models.Model):
    """A class that a person teaches a subject in, in a school year: «4А», mathematics, 2025/26."""

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="classes")
    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices)
    grade = models.PositiveSmallIntegerField(_("grade"))
    letter = models.CharField(_("letter"), max_length=4, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employment", "year", "subject", "grade", "letter"], name="taught_once"),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=12), name="grade_in_range"),
        ]
        ordering = ["grade", "letter"]

    def __str__(self) -> str:
        return class_name(self.grade, self.letter)


class RoleAssignment(models.Model):
    """A role of a person in a centre, for a period; roles of a school name the school."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    centre = models.ForeignKey(TutorCentre, on_delete=models.CASCADE, null=True, blank=True, related_name="roles")
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="roles")
    start = models.DateField(_("from"))
    end = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="role_dates"),
            models.CheckConstraint(
                condition=Q(role=Role.ADMINISTRATOR, centre__isnull=True)
                | (~Q(role=Role.ADMINISTRATOR) & Q(centre__isnull=False)),
                name="role_has_its_centre",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[*SCHOOL_ROLES], school__isnull=False)
                | (~Q(role__in=[*SCHOOL_ROLES]) & Q(school__isnull=True)),
                name="school_role_has_its_school",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "centre", "school"],
                condition=Q(end__isnull=True, school__isnull=False),
                name="one_active_school_role",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "centre"],
                condition=Q(end__isnull=True, school__isnull=True, centre__isnull=False),
                name="one_active_centre_role",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(end__isnull=True, centre__isnull=True),
                name="one_active_wide_role",
            ),
        ]
        indexes = [models.Index(fields=["centre", "role"], name="role_by_centre")]

    def __str__(self) -> str:
        return self.get_role_display()


class Consent(models.Model):
    """A consent as a separate record: to what (``text`` as it was shown), when given, when withdrawn. Never edited.

    ``about`` names the one occasion where a consent is not for all of its kind («campaign 12»).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    centre = models.ForeignKey(TutorCentre, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("to what"), max_length=20, choices=ConsentKind.choices)
    about = models.CharField(max_length=60, blank=True, editable=False)
    text = KeptText(_("text"))
    given_at = models.DateTimeField(_("given"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "centre", "kind", "about"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_consent_in_force",
            )
        ]
        ordering = ["-given_at", "-pk"]

    def __str__(self) -> str:
        return self.get_kind_display()


class AccessRecord(models.Model):
    """Who opened whose data, and why. No foreign keys: it outlives accounts and objects; the person reads their own."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    account_id = models.BigIntegerField(_("account"))
    actor_name = models.CharField(_("who"), max_length=120)
    centre_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True, db_index=True)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    subject_kind = models.CharField(_("what"), max_length=80)
    subject_id = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "at"], name="access_by_subject")]
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}: {self.purpose}"


class Attempts(models.Model):
    """Tries against one key (a digest: of an account, an address, a device), see ``throttle``.

    ``level``: tries not forgiven yet, as of ``at``; ``until``: no try is taken before. Moments are seconds since 1970,
    so that one statement of either database can reckon with them.
    """

    scope = models.CharField(max_length=12)
    key = models.CharField(max_length=40)
    level = models.FloatField()
    at = models.FloatField(db_index=True)
    until = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="attempts_once")]

    def __str__(self) -> str:
        return f"{self.scope} {shortest(self.level, 1)}"
