"""Official papers: what they say, in both formats; drafts stand in no register; who takes which."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from tests.documents.test_card import squeezed
from tests.factories import make_account, make_regulation
from tests.tutors.commission_factories import Sitting, judge_all, make_sitting
from tests.tutors.orders.test_orders import DAY, SIGNATURE, drafted, make_applicant, school_centre
from tests.world import World
from traektoria.documents import views
from traektoria.documents.models import IssuedDocument
from traektoria.documents.papers.regulations import approved_by
from traektoria.documents.queries import newer_version
from traektoria.engines.process_apart import NoAnswer
from traektoria.organisations.enums import RegulationState
from traektoria.organisations.models import Regulation
from traektoria.people.models import Account
from traektoria.tutors.commission.enums import AgendaState, SessionState
from traektoria.tutors.models import Attendance, Session, StatusTerm, TutorStatus
from traektoria.tutors.orders import actions as orders
from traektoria.tutors.statuses.enums import BasisKind

pytestmark = pytest.mark.django_db
FORMS = pytest.mark.parametrize("form", ["docx", "pdf"])


def client_of(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def taken(client: Client, kind: str, pk: int, form: str) -> str:
    """The squeezed text of the downloaded paper."""
    response = client.get(reverse("documents:paper", kwargs={"kind": kind, "pk": pk, "form": form}))
    assert response.status_code == 200
    if form == "pdf":
        return squeezed(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages))
    document = Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squeezed(" ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))


def decided(granted: bool = True) -> Sitting:
    """A session whose one item is decided; its protocol is signed."""
    sitting = make_sitting(AgendaState.DISCUSSED)
    judge_all(sitting)
    candidate = sitting.item.application.person
    candidate.surname = "Иванова"
    candidate.save()
    sitting.session.items.update(
        state=AgendaState.DECIDED, granted=granted, passed=granted, decided_at=timezone.now(), for_count=4,
        against_count=1, abstained_count=0, present_count=5, members_count=5, reasons="Опыт подтверждён.",
    )  # fmt: skip
    sitting.session.state = SessionState.SIGNED
    sitting.session.signed_at = sitting.session.closed_at = timezone.now()
    sitting.session.save()
    return sitting


@FORMS
def test_order_of_appointment_says_who_and_by_what(form: str) -> None:
    centre, head = school_centre()
    order = drafted(make_applicant(centre), head)
    client = client_of(Account.objects.get(pk=head.account_id))
    assert squeezed("ПРОЕКТ") in taken(client, "order", order.pk, form)
    assert not IssuedDocument.objects.exists(), "a draft stands in no register"
    orders.sign_order(order=order, by=head, **SIGNATURE)
    text = taken(client, "order", order.pk, form)
    assert squeezed("Назначить Иванову Марию Петровну, учителя математики, тьютором с 1 сентября 2026 г.") in text
    assert squeezed("О назначении тьютора Ивановой Марии Петровны") in text
    assert squeezed("12-к") in text
    assert squeezed("ПРОЕКТ") not in text
    assert IssuedDocument.objects.get().kind == "order"


def test_order_of_release_says_whom_and_why() -> None:
    centre, head = school_centre()
    signed = orders.sign_order(order=drafted(make_applicant(centre), head), by=head, **SIGNATURE)
    status = signed.terms.get().status
    release = orders.draft_release(status=status, effective=DAY, reason="переход в другую школу", by=head)
    text = taken(client_of(Account.objects.get(pk=head.account_id)), "order", release.pk, "docx")
    assert squeezed("Освободить Иванову Марию Петровну, учителя математики, от обязанностей тьютора") in text
    assert squeezed("переход в другую школу") in text


@FORMS
def test_protocol_says_votes_points_and_the_decision(form: str) -> None:
    sitting = decided()
    text = taken(client_of(sitting.accounts["secretary"]), "protocol", sitting.session.pk, form)
    assert squeezed("«за» — 4, «против» — 1, «воздержались» — 0") in text
    assert squeezed("для кворума нужно — 3: кворум имеется") in text
    assert squeezed("средний балл 2,00") in text
    assert squeezed("присвоить статус «Тьютор» Ивановой Марии Петровне") in text


def term_of(sitting: Sitting, end: date | None) -> None:
    """The status that the decision granted."""
    application = sitting.item.application
    status = TutorStatus.objects.create(
        centre=sitting.centre, person=application.person, regulation=application.regulation,
        start=date(2026, 9, 7), end=end,
    )  # fmt: skip
    StatusTerm.objects.create(
        status=status, start=date(2026, 9, 7), end=end, basis=BasisKind.DECISION, item=sitting.item
    )


def signed_on(sitting: Sitting, moment: datetime) -> None:
    """Signed by the chair and by the secretary, at half past eleven in the evening by the time of the centre."""
    Session.objects.filter(pk=sitting.session.pk).update(signed_at=moment)
    Attendance.objects.filter(session=sitting.session).update(protocol_signed_at=moment)


@FORMS
@pytest.mark.parametrize(
    ("end", "said"), [(date(2029, 9, 6), "по 6 сентября 2029 г."), (None, "без ограничения срока")]
)
def test_protocol_and_extract_say_the_term_and_who_signed_when(form: str, end: date | None, said: str) -> None:
    sitting = decided()
    term_of(sitting, end)
    signed_on(sitting, datetime(2026, 9, 5, 20, 30, tzinfo=UTC))  # 5 September, 23:30 in Moscow
    protocol = taken(client_of(sitting.accounts["secretary"]), "protocol", sitting.session.pk, form)
    extract = taken(client_of(sitting.accounts["candidate"]), "extract", sitting.item.pk, form)
    for text in (protocol, extract):
        assert squeezed(f"статус «Тьютор» Ивановой Марии Петровне с 7 сентября 2026 г. {said}") in text
        assert squeezed("ПРОЕКТ") not in text
        assert "г.." not in text
    assert protocol.count(squeezed("подписано 5 сентября 2026 г.")) == 2
    assert squeezed("Протокол подписан 5 сентября 2026 г.: председательствующий") in extract
    assert extract.count(squeezed("(5 сентября 2026 г.)")) == 2


def test_a_protocol_that_is_not_signed_says_no_signature() -> None:
    sitting = decided()
    term_of(sitting, None)
    Session.objects.filter(pk=sitting.session.pk).update(signed_at=None, state=SessionState.CLOSED)
    text = taken(client_of(sitting.accounts["secretary"]), "protocol", sitting.session.pk, "docx")
    assert squeezed("ПРОЕКТ") in text
    assert "подписано" not in text


@FORMS
def test_a_draft_of_an_order_invents_no_date(form: str) -> None:
    centre, head = school_centre()
    order = drafted(make_applicant(centre), head)
    text = taken(client_of(Account.objects.get(pk=head.account_id)), "order", order.pk, form)
    assert squeezed("20___ г.") in text


@FORMS
def test_extract_has_nobodys_points(form: str) -> None:
    sitting = decided(granted=False)
    text = taken(client_of(sitting.accounts["candidate"]), "extract", sitting.item.pk, form)
    assert squeezed("в присвоении статуса «Тьютор»") in text
    assert squeezed("Опыт подтверждён.") in text
    assert squeezed("средний балл") not in text


def test_candidate_takes_no_protocol() -> None:
    sitting = decided()
    client = client_of(sitting.accounts["candidate"])
    address = reverse("documents:paper", kwargs={"kind": "protocol", "pk": sitting.session.pk, "form": "pdf"})
    assert client.get(address).status_code == 404


@FORMS
def test_regulation_says_what_it_holds(world: World, as_, form: str) -> None:  # type: ignore[no-untyped-def]
    row = make_regulation(world.own, "yamal", start=date(2026, 9, 1))
    Regulation.objects.filter(pk=row.pk).update(basis="приказ управления образования от 28.08.2026 № 214")
    text = taken(as_("teacher"), "regulation", row.pk, form)
    assert squeezed("о муниципальном тьюторском центре") in text
    assert squeezed("УТВЕРЖДЕНО") in text
    assert squeezed("приказом управления образования от 28.08.2026 № 214") in text
    assert squeezed(f"Редакция {row.number}, действует с 1 сентября 2026 г.") in text


def test_a_paper_of_an_older_regulation_says_which_is_in_force(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    first = Regulation.objects.filter(centre=world.own).order_by("-number")[0]
    taken(as_("teacher"), "regulation", first.pk, "docx")
    paper = IssuedDocument.objects.get()
    later = make_regulation(world.own, "yamal", start=timezone.localdate() + timedelta(days=1))
    assert newer_version(paper) is None, "not yet"
    Regulation.objects.filter(pk=later.pk).update(start=timezone.localdate())
    assert newer_version(paper) == later.number
    page = Client().get(reverse("documents:verification_result", kwargs={"code": paper.code})).content.decode()
    assert f"Сейчас действует редакция {later.number}" in page


def test_draft_of_a_regulation_is_the_coordinators(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    old = Regulation.objects.filter(centre=world.own)[0]
    draft = Regulation.objects.create(
        centre=world.own, number=9, state=RegulationState.DRAFT, preset="yamal", content=old.content
    )
    assert squeezed("ПРОЕКТ") in taken(as_("coordinator"), "regulation", draft.pk, "pdf")
    address = reverse("documents:paper", kwargs={"kind": "regulation", "pk": draft.pk, "form": "pdf"})
    assert as_("teacher").get(address).status_code == 404


def test_both_formats_have_one_code_and_the_check_names_the_paper(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    row = Regulation.objects.filter(centre=world.own)[0]
    for form in ("docx", "pdf", "docx"):
        taken(as_("coordinator"), "regulation", row.pk, form)
    document = IssuedDocument.objects.get()
    page = Client().get(reverse("documents:verification_result", kwargs={"code": document.code}))
    assert "Положение центра" in page.content.decode()


def test_a_paper_that_could_not_be_drawn_says_so(world: World, as_, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def lost(*asked: object) -> bytes:
        raise NoAnswer("papers: the process died while it answered")

    monkeypatch.setattr(views.PAPERS, "ask", lost)
    regulation = Regulation.objects.filter(centre=world.own).order_by("-number")[0]
    where = {"kind": "regulation", "pk": regulation.pk, "form": "pdf"}
    response = as_("coordinator").get(reverse("documents:paper", kwargs=where))
    assert response.status_code == 503
    assert "not_prepared" in response.content.decode()


def test_unknown_kinds_and_formats_are_not_there(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    pk = Regulation.objects.filter(centre=world.own)[0].pk
    for kind, form in (("card", "pdf"), ("regulation", "exe")):
        address = reverse("documents:paper", kwargs={"kind": kind, "pk": pk, "form": form})
        assert as_("coordinator").get(address).status_code == 404


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("приказ директора от 01.09.2026 № 5", "приказом директора от 01.09.2026 № 5"),
        ("Решение совета", "решением совета"),
        ("устав", "устав"),
    ],
)
def test_approved_by(said: str, printed: str) -> None:
    assert approved_by(said) == printed


def test_account_without_a_role_takes_nothing(world: World) -> None:
    pk = Regulation.objects.filter(centre=world.own)[0].pk
    address = reverse("documents:paper", kwargs={"kind": "regulation", "pk": pk, "form": "pdf"})
    assert client_of(make_account()).get(address).status_code == 404
