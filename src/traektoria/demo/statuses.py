"""The tutors of the centre: the earlier documents that their statuses rest on, and what they offer."""

from datetime import timedelta

from traektoria.demo.stage import Stage
from traektoria.organisations.models import TutorCentre
from traektoria.people.consents import give_consent
from traektoria.people.enums import ConsentKind
from traektoria.tutors.models import TutorProfile, TutorStatus
from traektoria.tutors.profiles import actions as profiles
from traektoria.tutors.profiles.enums import Format
from traektoria.tutors.profiles.policies import WeeklySlot
from traektoria.tutors.register import actions as entries
from traektoria.tutors.statuses.actions import statuses

TERM = timedelta(days=3 * 365)
DAYS_LEFT = {5: 40, 6: 300}
PROTOCOLS = {5: 1, 6: 4}


def statuses_of_tutors(stage: Stage) -> None:
    """Tutors by earlier protocols, for three years: one term ends soon, one is suspended, two are not written in."""
    me, centre = stage.actor("koordinator"), stage.population.centre
    for number in range(1, 9):
        end = stage.day(DAYS_LEFT.get(number, 365))
        start = end - TERM
        protocol = (
            f"протокол комиссии от {start - timedelta(days=4):%d.%m.%Y} №\N{NO-BREAK SPACE}{PROTOCOLS.get(number, 6)}"
        )
        entries.enter_earlier(
            person=stage.person(f"tutor{number}"), centre=centre, basis_text=protocol, start=start, end=end, by=me
        )
    suspended = TutorStatus.objects.get(person=stage.person("tutor6"))
    statuses.suspend_status(status=suspended, reason="Отпуск по уходу за ребёнком.", by=me)
    _profiles(stage, centre)


def _profiles(stage: Stage, centre: TutorCentre) -> None:
    """What tutors offer; four of them stand in the public register."""
    hours = ((1, "15:00", "17:00"), (3, "14:30", "16:30"))
    for number in range(1, 9):
        login = f"tutor{number}"
        profile = TutorProfile.objects.get(person=stage.person(login), centre=centre)
        post = stage.population.staff[login].post
        profiles.save_profile(
            profile=profile,
            availability=[WeeklySlot((day + number) % 5, start, end) for day, start, end in hours],
            subjects=list(post.subjects) if post else ["russian"],
            grades=[4, 5, 6] if number % 2 else [7, 8, 9],
            formats=[Format.IN_PERSON, Format.VIDEO, Format.LESSONS][: 2 + number % 2],
            languages=["русский"],
            about="Смотрим урок вместе, потом спокойно разбираем: что вышло и что попробовать.",
            by=stage.actor(login),
        )
        if number <= 4:
            give_consent(centre=centre, kind=ConsentKind.REGISTER, by=stage.actor(login))
