"""Fixed words of the room: roles are code with stable slugs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from traektoria.organisations.enums import EVERYBODY as EVERYBODY
from traektoria.organisations.enums import Role as Role

SCHOOL_ROLES = (Role.HEAD, Role.DEPUTY_HEAD, Role.TEACHER)
HEADS = frozenset({Role.HEAD, Role.DEPUTY_HEAD})
GIVEN_BY_HAND = (Role.TEACHER, Role.HEAD, Role.DEPUTY_HEAD, Role.COORDINATOR)
"""In the order of the choice, the least powerful first. A tutor is one by the status, a member of the commission by its
make-up, the administrator by the server."""


class Gender(models.TextChoices):
    FEMALE = "female", _("female")
    MALE = "male", _("male")


class Subject(models.TextChoices):
    """School subjects with the slugs that the results use too."""

    PRIMARY = "primary", _("primary school")
    MATH = "math", _("mathematics")
    RUSSIAN = "russian", _("Russian language")
    LITERATURE = "literature", _("literature")
    ENGLISH = "english", _("English language")
    HISTORY = "history", _("history")
    SOCIAL = "social", _("social studies")
    GEOGRAPHY = "geography", _("geography")
    BIOLOGY = "biology", _("biology")
    PHYSICS = "physics", _("physics")
    CHEMISTRY = "chemistry", _("chemistry")
    INFORMATICS = "informatics", _("informatics")
    WORLD = "world", _("the world around")


class Category(models.TextChoices):
    NONE = "", _("no category")
    FIRST = "first", _("first category")
    HIGHEST = "highest", _("highest category")
    CONFORMITY = "conformity", _("position conformity")


class Purpose(models.TextChoices):
    """Why personal or results data were opened (access log)."""

    ANALYSIS = "analysis", _("analysis of results")
    SUPPORT = "support", _("tutor support")
    OWN = "own", _("own data")
    CARD = "card", _("card of the route")
    EXPORT = "export", _("export")
    STAFF = "staff", _("keeping the staff list")
    STATUS = "status", _("deciding on the status of a tutor")


class ConsentKind(models.TextChoices):
    """What a person consents to; each is a record of its own (152-FZ, art. 9 as changed by 156-FZ)."""

    NOMINATION = "nomination", _("to be nominated as a tutor and to have the application considered")
    REGISTER = "register", _("to stand in the public register of tutors")
    DIAGNOSTICS = "diagnostics", _("to take part in diagnostics")
