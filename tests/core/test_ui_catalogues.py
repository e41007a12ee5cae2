"""Catalogues: what is extracted from templates and code, and that the shared pages are wholly in Russian."""

from pathlib import Path

import pytest

import traektoria
from traektoria.core import catalogues
from traektoria.core.catalogues import Message

PACKAGE = Path(traektoria.__file__).parent


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ('{{ _("Save") }}', {Message("Save")}),
        ('{{ pgettext("month", "May") }}', {Message("May", context="month")}),
        ('{{ submit(_("Save")) }}', {Message("Save")}),
        ('{{ name or _("nobody") }}', {Message("nobody")}),
        ('{% call card(_("Save %(n)s", n=x)) %}{% endcall %}', {Message("Save %(n)s")}),
        ("{% trans n=x %}{{ n }} of 10 %{% endtrans %}", {Message("%(n)s of 10 %%")}),
        (
            "{% trans n=x %}{{ n }} day{% pluralize n %}{{ n }} days{% endtrans %}",
            {Message("%(n)s day", "%(n)s days")},
        ),
        ('{{ counted(x, "%(n)s day", "%(n)s days") }}', {Message("%(n)s day", "%(n)s days")}),
        ('{# {{ _("Old") }} #}', set()),
    ],
)
def test_template_messages(source, messages):
    assert set(catalogues.template_messages(source)) == messages


def test_python_messages():
    source = (
        b"""_("One"); ngettext("%(n)s day", "%(n)s days", n); pgettext("weekday", "Mon"); f"{a} {_('Two')}"; _(name)"""
    )
    assert set(catalogues.python_messages(source)) == {
        Message("One"),
        Message("Two"),
        Message("%(n)s day", "%(n)s days"),
        Message("Mon", context="weekday"),
    }


@pytest.mark.parametrize(
    ("path", "room"),
    [
        ("results/views.py", "results"),
        ("templates/results/list.html", "results"),
        ("templates/base.html", "core"),
        ("templates/account/login.html", "core"),
        ("engines/results/marks.py", None),
        ("__init__.py", None),
    ],
)
def test_room_of(path, room):
    assert catalogues.room_of(PACKAGE / path, PACKAGE) == room


def test_refresh_keeps_translations_and_drops_the_gone(tmp_path):
    path = catalogues.po_path(tmp_path, "core")
    path.parent.mkdir(parents=True)
    path.write_text(
        catalogues.HEADER.format(room="core") + 'msgid "Save"\nmsgstr "Сохранить"\n\nmsgid "Old"\nmsgstr "Старое"\n'
    )
    report = catalogues.refresh(tmp_path, "core", {Message("Save"), Message("New")})
    assert 'msgstr "Сохранить"' in report.text
    assert "Old" not in report.text
    assert (report.changed, report.problems) == (True, ["untranslated: 'New'"])


def test_compiled_catalogues_are_read_by_gettext(tmp_path):
    import gettext

    path = catalogues.po_path(tmp_path, "core")
    path.parent.mkdir(parents=True)
    path.write_text(catalogues.HEADER.format(room="core") + 'msgid "Save"\nmsgstr "Сохранить"\n')
    (compiled,) = catalogues.compile_catalogues(tmp_path)
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Save") == "Сохранить"


def test_shared_pages_are_in_russian():
    report = catalogues.refresh(PACKAGE, "core", catalogues.collect(PACKAGE)["core"])
    assert (report.problems, report.changed) == ([], False)
