"""Texts of items as they are shown, and questions of files as items; without a database."""

from decimal import Decimal
from fractions import Fraction

import pytest

from traektoria.diagnostics.bank.file_tags import fields_of
from traektoria.diagnostics.items.digest import likeness
from traektoria.diagnostics.items.markup import ShownPicture, plain_text, shown
from traektoria.diagnostics.items.questions import Unfit, from_question
from traektoria.engines import questionbanks as q

PICTURES = {"a.png": ShownPicture("/p/1/", "График <1>"), "a.png.png": "/p/2/"}


def test_formulas_and_pictures_of_a_plain_text() -> None:
    html = shown("<b> $x<4$ @@PLUGINFILE@@/a.png. \\(\\foo\\) @@PLUGINFILE@@/none.png", "plain", PICTURES)
    named = 'alttext="x &lt; 4" aria-label="x &lt; 4"'
    assert html.startswith(f'&lt;b&gt; <math {named} display="inline"><mrow><mi>x</mi>')
    assert '<img src="/p/1/" alt="График &lt;1&gt;">.' in html
    assert html.endswith("\\(\\foo\\) @@PLUGINFILE@@/none.png")


@pytest.mark.parametrize("text_format", ["html", "moodle", "markdown"])
def test_no_format_spoils_them(text_format: str) -> None:
    html = shown("$a_1 * b_2 * c$ @@PLUGINFILE@@/a.png.png", text_format, PICTURES)
    assert "<msub>" in html
    assert '<img src="/p/2/" alt="">' in html
    assert "<em>" not in html


def test_code_attributes_and_scripts() -> None:
    html = shown(
        "<code>$x$</code><img src='@@PLUGINFILE@@/a.png' alt='$x^2$' onerror=alert(1)><script>$y$</script>",
        "html",
        PICTURES,
    )
    assert html == '<code>$x$</code><img src="/p/1/" alt="x²">'


def test_links_and_colours_of_a_formula_are_left_out() -> None:
    html = shown(r"\(\href{javascript:alert(1)}{x} \color{red}{y}\)", "plain")
    assert "href" not in html
    assert "red" not in html.replace('alttext="', "")


def test_plain_words() -> None:
    assert plain_text(r"Найдите \(\frac{1}{2}\) @@PLUGINFILE@@/a.png", "plain") == "Найдите 1/2"
    assert plain_text("<p>Найдите $x &lt; 2$</p>", "html") == "Найдите x < 2"


def test_tags_fill_the_fields() -> None:
    tags = [q.Tag("kes", "1.1"), q.Tag("kes", "1.2"), q.Tag("level", "Повышенный"), q.Tag("block", "методический")]
    question = q.Question(
        kind=q.QuestionKind.DESCRIPTION, text="x", tags=(*tags, q.Tag("level", "сложный"), q.Tag("", "мой"))
    )
    fields = fields_of(question)
    assert (fields["kes"], fields["level"], fields["block"]) == ("1.1; 1.2", "raised", "methodical")
    assert fields["labels"] == "мой; Уровень: сложный"
    assert (
        fields_of(q.Question(kind=q.QuestionKind.DESCRIPTION, text="x", category="$course$/ОГЭ/Дроби"))["topic"]
        == "Дроби"
    )


def test_an_extended_answer_without_criteria_is_judged_as_a_whole() -> None:
    taken = from_question(q.Question(kind=q.QuestionKind.EXTENDED, text="Докажите", max_score=Fraction(4)))
    assert taken.max_score == Decimal(4)
    assert [one["most"] for one in taken.stored["criteria"]] == ["4.00"]


def test_criteria_with_descriptors_go_both_ways() -> None:
    criterion = q.MarkingCriterion("К1", "Верно", Fraction(2), ("2: всё верно", "1: недочёт"))
    taken = from_question(q.Question(kind=q.QuestionKind.EXTENDED, text="Докажите", criteria=(criterion,)))
    assert taken.content.as_question(taken.max_score).criteria == (criterion,)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (q.Question(kind=q.QuestionKind.DESCRIPTION, text="x" * 20_001), "too_long"),
        (q.Question(kind=q.QuestionKind.ORDERING, text="x", order=tuple(map(str, range(21)))), "too_many_answers"),
        (q.Question(kind=q.QuestionKind.ORDERING, text="x", order=("1",)), "too_few_answers"),
        (q.Question(kind=q.QuestionKind.DESCRIPTION, text=" "), "no_text"),
    ],
)
def test_unfit(question: q.Question, code: str) -> None:
    with pytest.raises(Unfit) as caught:
        from_question(question)
    assert caught.value.code == code


def test_nul_and_halves_of_letters_are_left_out() -> None:
    taken = from_question(
        q.Question(kind=q.QuestionKind.SHORT, text="a\x00b\ud800", accepted=(q.AcceptedAnswer("\x00да"),))
    )
    assert (taken.content.text, taken.stored["accepted"][0]["text"]) == ("ab", "да")


def test_formatting_makes_no_other_question() -> None:
    plain = {"kind": "open", "text": "a < b\n@@PLUGINFILE@@/x.png", "text_format": "plain", "lines": 3}
    html = {"kind": "open", "text": 'a &lt; <b>b</b><br><img src="y" alt="z">', "text_format": "html", "lines": 3}
    assert likeness(plain) == likeness(html)
    assert likeness(plain) != likeness({**plain, "text": "a > b"})
