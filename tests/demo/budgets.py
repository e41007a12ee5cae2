"""The main pages of the demo, each as one of its people, with the calls that it may cost at most (issue 10).

What each costs now stands beside the goal in ``budgets.csv``, on SQLite.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import fromstring

from tests.costs import Ask, Cost
from traektoria.consultations.models import (
    Booking,
    ConsultationHour,
    ConsultationRequest,
    HelpHour,
    Slot,
    TutorAbsence,
)
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.models import Answer, Campaign, Participant, Sitting
from traektoria.events.models import Certificate, Enrolment, Event, EventDate
from traektoria.organisations.models import TutorCentre
from traektoria.people import addressees
from traektoria.planning.models import Audit, ItemOccurrence, PlanImport, PlanItem, SelfCard, WorkPlan
from traektoria.results.models import Dataset, DatasetKind
from traektoria.routes.models import LearningRoute, TutorSupport
from traektoria.tutors.models import Commission
from traektoria.video.models import VideoMeeting
from traektoria.video.registries import meeting_address

FILE = Path(__file__).with_suffix(".csv")
DESK, LIST, ROUTE, SUPPORT, FIELD = 12_000, 10_000, 18_000, 15_000, 12_000
PEOPLE, BOARD, RESULTS, STEP, EMPTY = 12_000, 15_000, 30_000, 6_000, 3_000
SHAKE = 1.03
"""So many times dearer than kept a page may be: the demo is another one each day."""


@dataclass(frozen=True)
class Page:
    """``asks`` finds the request in the built demo for the client of ``login``."""

    name: str
    goal: int
    login: str
    asks: Callable[[Client], Ask]


@dataclass(frozen=True)
class Kept:
    """What a page costs now."""

    calls: int
    queries: int


def _at(url_name: str, find: Callable[[], int] | None = None) -> Callable[[Client], Ask]:
    return lambda client: Ask(reverse(url_name, args=[find()] if find else []))


def _route_of(login: str) -> Callable[[], int]:
    rows = LearningRoute.objects.filter(support__members__person__account__username=login)
    return lambda: rows.latest("pk").pk


def _support_of(login: str) -> Callable[[], int]:
    rows = TutorSupport.objects.filter(members__person__account__username=login)
    return lambda: rows.latest("pk").pk


def _plan() -> int:
    """The one of the home centre with what was done."""
    return WorkPlan.objects.filter(programme__isnull=False).earliest("pk").pk


def _card() -> int:
    """The newest version of the first school."""
    return SelfCard.objects.filter(school__digits="990101").latest("number").pk


def _beside_card() -> int:
    return Audit.objects.get(kind="self_analysis", state="signed").pk


def _plan_item() -> int:
    return PlanItem.objects.get(plan=_plan(), phrase="каждый четверг").pk


def _plan_time() -> int:
    return ItemOccurrence.objects.filter(item=_plan_item()).earliest("due").pk


def _begun_plan() -> int:
    return PlanImport.objects.get().plan_id


def _preview(_client: Client) -> Ask:
    return Ask(reverse("planning:import_detail", args=[PlanImport.objects.get().pk]))


def _dataset() -> int:
    return Dataset.objects.filter(kind=DatasetKind.ANSWERS).earliest("pk").pk


def _help() -> int:
    """The one with the longest list of dates."""
    return HelpHour.objects.filter(repeat="weekly").order_by("pk")[0].pk


def _hour() -> int:
    return ConsultationHour.objects.get(number=2).pk


def _consultation() -> int:
    return ConsultationRequest.objects.get(state="assigned", item=None).pk


def _centre() -> str:
    return addressees.place("centre", Commission.objects.earliest("pk").centre_id)


def _absence() -> int:
    """The one that waits for the coordinator."""
    return TutorAbsence.objects.get(steps=None).pk


def _by_video() -> int:
    return VideoMeeting.objects.get(kind="request").object_id


def _kept_centre() -> int:
    rows = TutorCentre.objects.filter(roles__person__account__username="koordinator")
    return rows.earliest("pk").pk


def _commission() -> int:
    return Commission.objects.earliest("pk").pk


def _campaign(state: str) -> Callable[[], int]:
    return lambda: Campaign.objects.get(state=state).pk


def _row(client: Client) -> Participant:
    """The person in the campaign that goes on."""
    account = client.session["_auth_user_id"]
    return Participant.objects.get(person__account=account, campaign__state=CampaignState.OPEN)


def _sitting(client: Client) -> Sitting:
    return Sitting.objects.get(participant=_row(client))


def _step(client: Client, name: str, sent: dict[str, Any] | str | None = None, *before: Ask) -> Ask:
    return Ask(reverse(f"diagnostics:{name}", args=[_sitting(client).token]), sent, before)


def _bookings_of_centre(client: Client) -> Ask:
    return Ask(f"{reverse('consultations:booking_list')}?who=centre")


def _booking_of(login: str) -> Callable[[], int]:
    return lambda: Booking.objects.filter(person__account__username=login, state="booked").order_by("pk")[0].pk


def _booked_slot() -> int:
    return Booking.objects.filter(slot__tutor__account__username="tutor1", state="booked").order_by("pk")[0].slot_id


def _event() -> int:
    """Announced, with a programme and registration."""
    return Event.objects.exclude(programme="").filter(state="announced").earliest("pk").pk


def _begun_date() -> int:
    """Of the seminar of which nobody has said yet who came."""
    return EventDate.objects.filter(event__state="announced", start__lt=timezone.now()).earliest("pk").pk


def _door() -> int:
    """Of the event that goes on."""
    return EventDate.objects.filter(marks__device="phone1").distinct().get().pk


def _certified() -> int:
    return _certificate_row().event_id


def _certificate() -> int:
    return _certificate_row().pk


def _certificate_row() -> Certificate:
    """In force, of an event that ``tutor1`` leads or keeps."""
    return Certificate.objects.filter(state="valid", kind="participant").earliest("pk")


def _checked(_client: Client) -> Ask:
    return Ask(reverse("events:check_result", args=[_certificate_row().code]))


def _ticket(client: Client) -> Ask:
    """For the first date to come of one's own."""
    account = client.session["_auth_user_id"]
    dates = EventDate.objects.filter(
        event__enrolments__person__account=account, event__enrolments__state="in", event__state="announced",
        start__gt=timezone.now(), state="standing",
    )  # fmt: skip
    return Ask(reverse("events:date_ticket", args=[dates.earliest("start", "pk").pk]))


def _events_filtered(_client: Client) -> Ask:
    return Ask(f"{reverse('events:event_list')}?kind=master_class&subject=math&list=over")


def _book(client: Client) -> Ask:
    """The second tap: the first free time of the page that is one tutor's, whatever the day of the run brings first."""
    page = fromstring(client.get(reverse("consultations:booking_free")).content)
    offered = [one.get("formaction") for one in page.xpath("//button[@formaction]")]
    own = set(Slot.objects.exclude(tutor=None).values_list("pk", flat=True))
    action = next(one for one in offered if (found := re.search(r"/slot/(\d+)/", one)) and int(found[1]) in own)
    return Ask(action, dict(page.get_element_by_id("book").form_values()))


def _registering(client: Client) -> Ask:
    """The second tap, on the page of an event with places for each school."""
    path = reverse("events:event_detail", args=[_event()])
    form = next(one for one in fromstring(client.get(path).content).forms if one.action.endswith("/register/"))
    return Ask(form.action, dict(form.form_values()))


def _given_back(client: Client) -> Ask:
    """The place goes to who waits."""
    account = client.session["_auth_user_id"]
    row = Enrolment.objects.filter(person__account=account, state="in", event__enrolments__state="waits").get()
    return Ask(reverse("events:enrolment_leave", args=[row.pk]), {})


def consent(client: Client) -> Ask:
    path = reverse("diagnostics:work_detail", args=[_row(client).campaign_id])
    seal = re.search(r'name="seal"\s+value="(\w+)"', client.get(path).content.decode())
    assert seal is not None
    return Ask(f"{path}consent/", {"seal": seal[1]})


def first_screen(client: Client) -> Ask:
    return _step(client, "sitting", None, consent(client))


def start(client: Client) -> Ask:
    return _step(client, "sitting_start", {}, consent(client))


def _resumed(client: Client) -> Ask:
    return _step(client, "sitting_resume", {})


def item(client: Client) -> Ask:
    return _step(client, "sitting", None, _resumed(client))


def answer(client: Client) -> Ask:
    """A plain form as the page gives it, with the first of what is offered."""
    _resumed(client).send(client)
    form = fromstring(_step(client, "sitting").send(client).content.decode()).get_element_by_id("sit-form")
    sent = {str(one.get("name")): one.get("value", "") for one in reversed(list(form.iter("input"))) if one.get("name")}
    return _step(client, "sitting_answer", sent, _resumed(client))


def save(client: Client) -> Ask:
    """What the script sends after each press."""
    row = _sitting(client)
    given = Answer.objects.filter(sitting__part=row.part_id, sitting__form=row.form).exclude(sitting=row).earliest("pk")
    answers = [{"item": given.form_item_id, "value": given.value, "sequence": 1_000_000_000}]
    sent = json.dumps({"tab": "999-counted", "now": 0, "answers": answers})
    return _step(client, "sitting_save", sent, _resumed(client))


def hand_in(client: Client) -> Ask:
    return _step(client, "sitting_hand_in", {}, _resumed(client))


PAGES = (
    Page("desk of a coordinator", DESK, "koordinator", _at("desk:home")),
    Page("desk of a tutor", DESK, "tutor1", _at("desk:home")),
    Page("desk of a teacher", DESK, "uchitel2", _at("desk:home")),
    Page("desk of a head", DESK, "direktor2", _at("desk:home")),
    Page("desk of the chair", DESK, "direktor1", _at("desk:home")),
    Page("desk of the administrator", DESK, "administrator", _at("desk:home")),
    Page("an empty page", EMPTY, "uchitel2", _at("desk:search")),
    Page("calendar of a tutor", LIST, "tutor1", _at("desk:calendar")),
    Page("calendar of a teacher", LIST, "uchitel2", _at("desk:calendar")),
    Page("week of a centre", BOARD, "koordinator", lambda client: Ask(f"{reverse('desk:calendar')}?who={_centre()}")),
    Page("month of a centre", BOARD, "koordinator", lambda client: Ask(f"/calendar/month/?who={_centre()}")),
    Page("routes of a tutor", LIST, "tutor1", _at("routes:route_list")),
    Page("routes of a centre", LIST, "koordinator", _at("routes:route_list")),
    Page("supports of a centre", SUPPORT, "koordinator", _at("routes:support_list")),
    Page("supports of a tutor", SUPPORT, "tutor1", _at("routes:support_list")),
    Page("a support", SUPPORT, "tutor1", _at("routes:support_detail", _support_of("uchitel2"))),
    Page("a route, by its teacher", ROUTE, "uchitel2", _at("routes:route_detail", _route_of("uchitel2"))),
    Page("a route, by its tutor", ROUTE, "tutor1", _at("routes:route_detail", _route_of("uchitel2"))),
    Page("requests for tutors", LIST, "koordinator", _at("routes:need_list")),
    Page("board of requests", BOARD, "koordinator", _at("routes:need_board")),
    Page("consultations of a centre", LIST, "koordinator", _at("consultations:request_list")),
    Page("consultations of a school", LIST, "direktor2", _at("consultations:request_list")),
    Page("board of consultations", BOARD, "koordinator", _at("consultations:request_board")),
    Page("hours of a tutor", LIST, "tutor1", _at("consultations:hour_list")),
    Page("hours of a centre", LIST, "koordinator", _at("consultations:hour_list")),
    Page("consultation points", LIST, "uchitel1", _at("consultations:point_list")),
    Page("Hours of help", LIST, "koordinator", _at("consultations:help_list")),
    Page("own hours of a tutor", LIST, "tutor1", _at("consultations:my_hours")),
    Page("form of an Hour of help", SUPPORT, "koordinator", _at("consultations:help_new")),
    Page("an Hour of help", SUPPORT, "koordinator", _at("consultations:help_detail", _help)),
    Page("free hours", LIST, "uchitel3", _at("consultations:booking_free")),
    Page("bookings of a teacher", LIST, "uchitel2", _at("consultations:booking_list")),
    Page("bookings of a centre", LIST, "koordinator", _bookings_of_centre),
    Page("a booking", LIST, "uchitel2", _at("consultations:booking_detail", _booking_of("uchitel2"))),
    Page("who is booked on an hour", LIST, "tutor1", _at("consultations:slot_bookings", _booked_slot)),
    Page("booking an hour", STEP, "uchitel3", _book),
    Page("events to come", LIST, "uchitel1", _at("events:event_list")),
    Page("events by filters", LIST, "koordinator", _events_filtered),
    Page("outer events", LIST, "uchitel1", _at("events:announcement_list")),
    Page("who came to an event", SUPPORT, "tutor3", _at("events:date_people", _begun_date)),
    Page("the door of an event", SUPPORT, "tutor1", _at("events:date_door", _door)),
    Page("the code on the wall", SUPPORT, "tutor1", _at("events:date_wall", _door)),
    Page("the paper sheet of a date", SUPPORT, "tutor1", _at("events:date_paper", _door)),
    Page("a ticket", SUPPORT, "uchitel1", _ticket),
    Page("columns of an export", LIST, "koordinator", _at("events:people_export", _event)),
    Page("certificates of an event", SUPPORT, "koordinator", _at("events:certificate_list", _certified)),
    Page("a certificate is made anew", LIST, "koordinator", _at("events:certificate_revise", _certificate)),
    Page("a certificate is revoked", LIST, "koordinator", _at("events:certificate_revoke", _certificate)),
    Page("own certificates", LIST, "uchitel1", _at("events:my_certificates")),
    Page("a certificate is checked", LIST, "uchitel1", _checked),
    Page("an event", LIST, "uchitel1", _at("events:event_detail", _event)),
    Page("registering for an event", STEP, "uchitel2", _registering),
    Page("a place is given back and goes on", BOARD, "uchitel1", _given_back),
    Page("an event to who leads it", SUPPORT, "tutor1", _at("events:event_detail", _event)),
    Page("for me", LIST, "uchitel2", _at("events:recommended")),
    Page("what to hold", LIST, "koordinator", _at("events:event_ideas")),
    Page("form of an event", SUPPORT, "tutor1", _at("events:event_new")),
    Page("load of tutors", LIST, "koordinator", _at("consultations:load")),
    Page("absences of a centre", LIST, "koordinator", _at("consultations:absence_list")),
    Page("an absence to decide", BOARD, "koordinator", _at("consultations:absence_detail", _absence)),
    Page("a video meeting", LIST, "tutor1", lambda _client: Ask(meeting_address("request", _by_video()))),
    Page("video server of a centre", LIST, "koordinator", _at("video:connection", _kept_centre)),
    Page("form of an hour", SUPPORT, "tutor1", _at("consultations:hour_new")),
    Page("an hour", SUPPORT, "tutor1", _at("consultations:hour_detail", _hour)),
    Page("a consultation", SUPPORT, "tutor3", _at("consultations:request_detail", _consultation)),
    Page("problem field", FIELD, "uchitel61", _at("diagnostics:hypothesis_list")),
    Page("problem field, questions", FIELD, "uchitel1", _at("diagnostics:hypothesis_list")),
    Page("people of a centre", PEOPLE, "koordinator", _at("people:person_list")),
    Page("people of a school", PEOPLE, "direktor2", _at("people:person_list")),
    Page("tutors of a centre", LIST, "koordinator", _at("tutors:home")),
    Page("applications", LIST, "koordinator", _at("tutors:application_list")),
    Page("a commission", LIST, "koordinator", _at("tutors:commission_detail", _commission)),
    Page("orders", LIST, "shkola-direktor1", _at("tutors:order_list")),
    Page("results, list", LIST, "koordinator", _at("results:dataset_list")),
    Page("results page", RESULTS, "koordinator", _at("results:dataset_detail", _dataset)),
    Page("results page of a head", RESULTS, "direktor2", _at("results:dataset_detail", _dataset)),
    Page("campaigns", LIST, "koordinator", _at("diagnostics:campaign_list")),
    Page("a campaign that goes on", LIST, "koordinator", _at("diagnostics:campaign_detail", _campaign("open"))),
    Page("preview of a table for a plan", BOARD, "koordinator", _preview),
    Page("file of a plan is chosen", LIST, "koordinator", _at("planning:import_new", _begun_plan)),
    Page("plans: what is due now", LIST, "koordinator", _at("planning:board")),
    Page("plans: what a tutor answers for", LIST, "tutor1", _at("planning:board")),
    Page("plans of a centre", LIST, "koordinator", _at("planning:plan_list")),
    Page("a plan", BOARD, "koordinator", _at("planning:plan_detail", _plan)),
    Page("a plan by quarters", BOARD, "koordinator", _at("planning:plan_year", _plan)),
    Page("a plan against fact", RESULTS, "koordinator", _at("planning:plan_report", _plan)),
    Page("an item of a plan", BOARD, "koordinator", _at("planning:item_detail", _plan_item)),
    Page("a time of an item", BOARD, "koordinator", _at("planning:time_detail", _plan_time)),
    Page("official lists of schools", LIST, "koordinator", _at("organisations:list_list")),
    Page("self-analysis cards", LIST, "koordinator", _at("planning:card_list")),
    Page("a self-analysis card", BOARD, "direktor1", _at("planning:card_detail", _card)),
    Page("an audit beside the card", BOARD, "koordinator", _at("planning:card_compare", _beside_card)),
    Page("findings of a campaign", RESULTS, "koordinator", _at("diagnostics:campaign_results", _campaign("closed"))),
    Page("bank of items", LIST, "koordinator", _at("diagnostics:bank_list")),
    Page("instruments", LIST, "koordinator", _at("diagnostics:instrument_list")),
    Page("own diagnostics", LIST, "uchitel3", _at("diagnostics:work_list")),
    Page("screen of consent", STEP, "uchitel3", _at("diagnostics:work_detail", _campaign("open"))),
    Page("consent", STEP, "uchitel3", consent),
    Page("first screen of a sitting", STEP, "uchitel3", first_screen),
    Page("start of a sitting", STEP, "uchitel3", start),
    Page("an item of a sitting", STEP, "uchitel58", item),
    Page("answer in a plain form", STEP, "uchitel58", answer),
    Page("answer of the script", STEP, "uchitel58", save),
    Page("handing in", STEP, "uchitel58", hand_in),
)
PRESSES = {
    "consent", "start of a sitting", "answer in a plain form", "handing in", "booking an hour",
    "registering for an event", "a place is given back and goes on",
}  # fmt: skip
"""They lead on; the others show a page."""


def kept() -> dict[str, Kept]:
    """By name of the page."""
    return {name: Kept(int(row["calls"]), int(row["queries"])) for name, row in _rows().items()}


def keep(found: dict[str, Cost]) -> None:
    """Write what is cheaper than kept, or new; what is dearer stays as it was."""
    rows = _rows()
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["page", "goal", "calls", "queries"])
        for page in PAGES:
            was = rows.get(page.name, {})
            now = found[page.name]
            calls, queries = int(was.get("calls", now.calls)), int(was.get("queries", now.queries))
            writer.writerow([page.name, page.goal, min(calls, now.calls), min(queries, now.queries)])


def _rows() -> dict[str, dict[str, str]]:
    with FILE.open(encoding="utf-8") as file:
        return {row["page"]: row for row in csv.DictReader(file)}


def table(found: dict[str, Cost]) -> Iterator[str]:
    """Goal, kept and found, a line for each page."""
    before = kept()
    yield f"{'page':<30}{'goal':>8}{'kept':>9}{'now':>9}{'queries':>9}"
    for page in PAGES:
        now = found[page.name]
        was = before.get(page.name, Kept(0, 0))
        yield f"{page.name:<30}{page.goal:>8}{was.calls:>9}{now.calls:>9}{now.queries:>9}"
