"""Components and typography: what a call in a template renders."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone, translation

from traektoria.core import figures, typography
from traektoria.core.forms import FilesField
from traektoria.core.gallery import samples
from traektoria.core.paging import counted_page


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def render(source: str, **context: object) -> str:
    return engines["house"].from_string(source).render(context)


class Request(forms.Form):
    goal = forms.CharField(label="Goal", help_text="Short.")
    note = forms.CharField(label="Note", required=False)


def test_icon_is_silent_without_a_label():
    assert 'aria-hidden="true"' in render('{{ icon("check") }}')


def test_icon_with_a_label_is_spoken():
    assert 'role="img" aria-label="Done"' in render('{{ icon("check", label="Done") }}')


def test_labels_are_escaped():
    assert "<script>" not in render('{{ chip("info", text) }}{{ stat(text, text) }}', text="<script>")


def test_field_ties_hint_and_error_to_the_input():
    page = str(Request({"goal": ""}))
    assert 'aria-describedby="id_goal_helptext id_goal_error"' in page
    assert 'id="id_goal_helptext"' in page
    assert 'id="id_goal_error"' in page
    assert page.count("optional") == 2  # the class and the word, of the second field only


def test_error_summary_links_to_the_field():
    form = Request({"goal": ""})
    form.is_valid()
    assert '<a href="#id_goal">Goal</a>' in render("{{ error_summary(form) }}", form=form)


def test_error_summary_of_a_good_form_is_empty():
    assert render("{{ error_summary(form) }}", form=Request({"goal": "x"})).strip() == ""


@pytest.mark.parametrize(
    ("shift", "words"),
    [(-2, "2\xa0days late"), (0, "today"), (1, "tomorrow"), (3, "3\xa0days left"), (30, "30\xa0days left")],
)
def test_deadline_says_the_distance(shift, words):
    assert words in render("{{ deadline(day) }}", day=timezone.localdate() + timedelta(days=shift))


def test_deadline_of_a_done_item_is_calm():
    assert "late" not in render("{{ deadline(day, done=true) }}", day=date(2020, 1, 1))


def test_progress_survives_zero():
    assert 'max="1"' in render("{{ progress(0, 0) }}")


def test_pagination_keeps_the_query():
    request = RequestFactory().get("/", {"state": "late", "page": "1"})
    page = counted_page(range(50), "1")
    assert "?state=late&amp;page=2" in render("{{ pagination(page) }}", page=page, request=request)


def test_breadcrumbs_end_with_this_page():
    page = render('{{ breadcrumbs("Results", "/results/", "Mathematics") }}')
    assert '<a href="/results/">Results</a>' in page
    assert '<li aria-current="page">Mathematics</li>' in page


def test_message_kinds():
    assert render("{{ message|message_kind }}", message=SimpleNamespace(level_tag="error")) == "danger"


def test_files_field_wants_a_file():
    with pytest.raises(forms.ValidationError):
        FilesField().clean([])


def test_samples_are_made_up_in_every_state():
    assert {day < timezone.localdate() for day in samples()["days"]} == {True, False}


def test_russian_days_and_figures():
    with translation.override("ru"):
        assert typography.ru_day(date(2026, 9, 5)) == "5\xa0сентября\xa02026, сб"
        assert typography.short_day(date(2026, 9, 5), date(2026, 1, 1)) == "5\xa0сентября"
        assert figures.percent(46.18) == "46,18\xa0%"
        assert figures.figure(24933) == "24\xa0933"
        assert figures.percent(None) == "–"


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [(26.899, 2, "26.90"), (0.125, 2, "0.13"), (2.5, 0, "3"), (-1.25, 1, "−1.3"), (7, 0, "7"), (3.1, 2, "3.10")],
)
def test_figures_are_rounded_not_cut(value, places, written):
    assert figures.figure(value, places) == written


@pytest.mark.parametrize(
    ("plain", "glued"),
    [
        ("в школе № 3", "в\xa0школе №\xa03"),
        ("и в школе", "и\xa0в\xa0школе"),
        ("Иванова М. П. сказала", "Иванова\xa0М.\xa0П. сказала"),
        ("маршрут — это", "маршрут\xa0— это"),
        ("44 %", "44\xa0%"),
        ("без изменений", "без изменений"),
    ],
)
def test_nbsp_glues(plain, glued):
    assert typography.nbsp(plain) == glued


def test_quotes_nest():
    assert typography.quote("Школа «Рост»") == "«Школа „Рост“»"
