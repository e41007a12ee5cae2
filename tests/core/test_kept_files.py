"""Files that people attach, on an evidence of a route: looked at, kept with their row, gone with what failed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import TestCase
from django.utils import timezone
from PIL import Image

from tests.costs import calls_of
from tests.planning.audits.audit_factories import photo
from tests.routes.route_factories import actor, make_running
from tests.world import World
from traektoria.core.errors import Invalid
from traektoria.core.figures import MEGABYTE
from traektoria.core.files import KINDS, PICTURES
from traektoria.core.forms import FileArea
from traektoria.core.installation import leavings
from traektoria.core.installation.roots import UPLOADS, is_named, root, things_in
from traektoria.core.kept_files import FileRule, Ready, erase, filing, keep
from traektoria.core.models import Leaving
from traektoria.routes.models import ItemEvidence

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n"
RULE = FileRule()


def pdf(more: str = "", name: str = "план.pdf") -> ContentFile[bytes]:
    return ContentFile(PDF + more.encode(), name=name)


@pytest.fixture
def evidence(world: World) -> Any:
    """Rows that nobody has saved yet."""
    item, by = make_running(world).items.all()[0], actor(world, "teacher")

    def made(ready: Ready) -> ItemEvidence:
        return ItemEvidence(item=item, person_id=by.person_id, file_name=ready.name, sha256=ready.sha256)

    return made


def kept(evidence: Any, *files: ContentFile[bytes]) -> list[ItemEvidence]:
    looked = RULE.look_at_all(files)
    rows = [evidence(ready) for ready in looked]
    whose = {"person_id": rows[0].person_id, "centre_id": rows[0].item.route.centre_id}
    keep([(row.file, ready) for row, ready in zip(rows, looked, strict=True)], **whose)
    return rows


class Failed(Exception):
    """Says what was stored."""


@filing()
def failing(evidence: Any, file: ContentFile[bytes]) -> None:
    [row] = kept(evidence, file)
    raise Failed(stored(row))


@filing()
def around_it(evidence: Any, file: ContentFile[bytes]) -> None:
    with filing():
        [row] = kept(evidence, file)
    raise Failed(stored(row))


def stored(row: ItemEvidence) -> str:
    name = str(row.file.name)
    assert default_storage.exists(name)
    return name


def test_a_file_has_a_random_name_and_the_folder_of_its_field(evidence: Any) -> None:
    with filing():
        [row] = kept(evidence, pdf())
    assert row.file_name == "план.pdf"
    assert row.file.name.startswith("evidence/")
    assert row.file.name.endswith(".pdf")
    assert "план" not in row.file.name
    assert default_storage.open(str(row.file.name)).read() == PDF


def test_what_was_stored_goes_where_the_act_fails_later(evidence: Any) -> None:
    """In the act itself, or in the one around it: a file of an act that has ended is of the outer one."""
    with pytest.raises(Failed) as alone:
        failing(evidence, pdf("1"))
    with pytest.raises(Failed) as around:
        around_it(evidence, pdf("2"))
    assert [default_storage.exists(str(one.value)) for one in (alone, around)] == [False, False]
    assert not ItemEvidence.objects.exists()


def test_what_fails_inside_takes_nothing_of_the_act_around_it(evidence: Any) -> None:
    with filing():
        [first] = kept(evidence, pdf("1"))
        with pytest.raises(Failed) as inside:
            failing(evidence, pdf("2"))
    assert default_storage.exists(str(first.file.name))
    assert not default_storage.exists(str(inside.value))
    assert list(ItemEvidence.objects.all()) == [first]


@filing()
def of_nobody(evidence: Any) -> None:
    """Both databases look at what a row refers to when they commit."""
    kept(evidence, pdf())
    ItemEvidence.objects.update(person=0)


@filing()
def with_a_hook_that_fails(evidence: Any) -> None:
    kept(evidence, pdf())
    transaction.on_commit(lost)


def with_a_lost_answer(evidence: Any) -> None:
    """The server commits, and the connection breaks before it can say so."""

    def commit() -> None:
        connection.connection.commit()
        lost()

    with patch.object(connection, "commit", commit), filing():
        kept(evidence, pdf())


def lost() -> None:
    raise OperationalError("server closed the connection unexpectedly")


def all_stored() -> set[str]:
    return set(things_in(root(UPLOADS)))


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_fails_leaves_a_file_that_is_put_aside_a_day_later(evidence: Any) -> None:
    before = all_stored()
    with pytest.raises(IntegrityError):
        of_nobody(evidence)
    assert not ItemEvidence.objects.exists()
    assert leavings.sweep() == 0
    assert len(all_stored() - before) == 1
    assert leavings.sweep(timezone.now() + timedelta(days=2)) == 1
    assert all_stored() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [with_a_hook_that_fails, with_a_lost_answer])
def test_what_is_committed_keeps_its_file_whatever_fails_then(evidence: Any, act: Callable[[Any], None]) -> None:
    with pytest.raises(OperationalError):
        act(evidence)
    row = ItemEvidence.objects.get()
    assert default_storage.exists(str(row.file.name))
    assert leavings.sweep(timezone.now() + timedelta(days=2)) == 0
    assert default_storage.exists(str(row.file.name))
    assert not Leaving.objects.exists()


def test_whether_a_file_is_named_is_asked_of_its_name_alone(evidence: Any) -> None:
    """However many files there are: no row of another one is read."""

    def asked() -> bool:
        return is_named(UPLOADS, "evidence/3.pdf")

    calls = calls_of(asked)
    one = evidence(RULE.look_at_all([pdf()])[0])
    rows = [ItemEvidence(item=one.item, person_id=one.person_id, file=f"evidence/{n}.pdf") for n in range(4, 60)]
    ItemEvidence.objects.bulk_create(rows)
    assert not asked()
    assert calls_of(asked) <= calls
    ItemEvidence.objects.bulk_create([ItemEvidence(item=one.item, person_id=one.person_id, file="evidence/3.pdf")])
    assert asked()


def test_nothing_is_kept_outside_of_such_an_act(evidence: Any) -> None:
    with pytest.raises(LookupError):
        kept(evidence, pdf())
    assert not ItemEvidence.objects.exists()


def test_the_size_of_all_is_asked_before_the_first_is_stored(evidence: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("traektoria.core.kept_files.check_quota", lambda **said: asked.append(said["size"]))
    with filing():
        kept(evidence, pdf("1"), pdf("2"), pdf("2", "копия.pdf"))
    assert asked == [2 * (len(PDF) + 1)]
    assert ItemEvidence.objects.count() == 2


def test_a_quota_that_is_full_leaves_nothing(evidence: Any, settings: Any) -> None:
    settings.EVIDENCE_OF_PERSON = MEGABYTE
    with pytest.raises(Invalid) as refused, filing():
        kept(evidence, pdf("1"), pdf("2" * MEGABYTE))
    assert refused.value.code == "quota_of_person"
    assert not ItemEvidence.objects.exists()


def test_a_row_goes_at_once_its_file_after_the_commit(evidence: Any) -> None:
    with filing():
        [row] = kept(evidence, pdf())
    name = str(row.file.name)
    with TestCase.captureOnCommitCallbacks(execute=True):
        erase(row.file)
        assert not ItemEvidence.objects.exists()
        assert default_storage.exists(name)
        assert Leaving.objects.filter(name=name).exists(), "killed here, the next sweep takes it"
    assert not default_storage.exists(name)


def test_a_row_without_a_file_goes_too(evidence: Any) -> None:
    row = ItemEvidence(item=evidence(RULE.look_at(pdf())).item, person_id=None, link="https://example.org/")
    row.person_id = row.item.route.support.tutor_id
    row.save()
    erase(row.file)
    assert not ItemEvidence.objects.exists()
    assert not Leaving.objects.exists()


@pytest.mark.parametrize(("kinds", "name"), [(PICTURES, "план.pdf"), (("pdf",), "фото.jpeg"), (KINDS, "план.exe")])
def test_a_rule_takes_its_kinds_and_names_them(kinds: tuple[str, ...], name: str) -> None:
    rule = FileRule(kinds)
    with pytest.raises(Invalid) as refused:
        rule.look_at(pdf(name=name))
    assert refused.value.code == "file_kind"
    assert all(kind.upper() in refused.value.sentence for kind in kinds)
    assert {one.lstrip(".") for one in rule.accept.split(",")} >= set(kinds)


def test_a_field_offers_both_endings_of_a_photo_and_what_a_camera_is_known_by() -> None:
    assert FileRule(PICTURES).accept == ".jpg,.png,.webp,.jpeg,image/jpeg,image/png,image/webp"
    assert FileRule(("pdf",)).accept == ".pdf"
    drawn = FileArea({"accept": FileRule(PICTURES).accept}).render("file", None)
    assert '<span class="muted small">.jpg,.png,.webp,.jpeg</span>' in drawn, "people read endings"


def test_a_link_is_named_where_its_field_stands_beside(settings: Any) -> None:
    settings.UPLOAD_LIMIT = len(PDF)
    for file in (pdf(name="урок.avi"), pdf("1")):
        said = []
        for rule in (FileRule(or_link=True), FileRule()):
            with pytest.raises(Invalid) as refused:
                rule.look_at(file)
            said.append("ссылк" in refused.value.sentence)
        assert said == [True, False]


def test_a_rule_has_a_limit_of_its_own_or_that_of_the_installation(settings: Any) -> None:
    settings.UPLOAD_LIMIT = len(PDF) + 1
    assert FileRule().look_at(pdf("1")).content.size == len(PDF) + 1
    for rule, more in ((FileRule(), "12"), (FileRule(limit=len(PDF)), "1")):
        with pytest.raises(Invalid) as refused:
            rule.look_at(pdf(more))
        assert refused.value.code == "file_too_large"


def test_a_picture_that_is_drawn_anew_is_known_by_what_was_sent() -> None:
    as_sent, anew = FileRule().look_at(photo()), FileRule(drawn_anew=True).look_at(photo())
    assert anew.sha256 == as_sent.sha256
    assert (anew.name, anew.kind) == ("Стенд.jpg", "jpg")
    with Image.open(anew.content) as picture:
        assert (max(picture.size), dict(picture.getexif())) == (1600, {})
    assert FileRule(drawn_anew=True).look_at(pdf()).content.read() == PDF, "what is no picture stays as it is"


def test_known_content_is_not_counted_again() -> None:
    rule = FileRule(most=2)
    one, two, three = (rule.look_at(pdf(text)) for text in "123")
    assert rule.new_among([one, two], {one.sha256}) == [two]
    assert rule.new_among([one, two], {one.sha256, two.sha256, three.sha256}) == [], "nothing new is never too much"
    with pytest.raises(Invalid) as refused:
        rule.new_among([two, three], {one.sha256})
    assert refused.value.code == "too_many_files"
