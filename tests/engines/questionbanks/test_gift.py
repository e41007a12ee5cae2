"""GIFT: everything of the format's documentation, and what people get wrong."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.engines.questionbanks.short_reads import found, gift, only, weights
from traektoria.engines.questionbanks import MarkingCriterion, MatchingPair, NumericRange, QuestionKind, Tag, TextFormat


def test_choice_on_one_line_and_on_several() -> None:
    bank = gift("""
        Кто похоронен в мавзолее?{~Грант ~Джефферсон =никто}

        Столица {
            ~Рим#мимо
            =Париж#верно
        }
    """)
    assert [weights(question) for question in bank.questions] == [
        [("Грант", "0"), ("Джефферсон", "0"), ("никто", "100")],
        [("Рим", "0"), ("Париж", "100")],
    ]
    assert [option.feedback for option in bank.questions[1].options] == ["мимо", "верно"]
    assert [question.number_line for question in bank.questions] == [1, 3]
    assert found(bank) == []


def test_missing_word_leaves_a_blank() -> None:
    assert only(gift("Grant is {~buried =entombed} in Grant's tomb.")).text == "Grant is _____ in Grant's tomb."
    assert only(gift("Two plus two equals {=four =4}.")).text == "Two plus two equals _____."


@pytest.mark.parametrize(("word", "right"), [("T", "true"), ("TRUE", "true"), ("F", "false"), ("FALSE", "false")])
def test_true_false(word: str, right: str) -> None:
    question = only(gift(f"Солнце встаёт на востоке.{{\n{word}#неверно#верно\n}}"))
    assert question.kind is QuestionKind.SINGLE
    assert question.true_false
    assert [option.text for option in question.options if option.fraction == 100] == [right]
    assert {option.feedback for option in question.options if option.fraction == 100} == {"верно"}
    assert {option.feedback for option in question.options if option.fraction == 0} == {"неверно"}


def test_short_answers_with_weights() -> None:
    question = only(gift("Город {=Назарет#да =%75%Назарeт =%0%*#нет}"))
    assert question.kind is QuestionKind.SHORT
    assert weights(question) == [("Назарет", "100"), ("Назарeт", "75"), ("*", "0")]
    assert [accepted.feedback for accepted in question.accepted] == ["да", "", "нет"]


def test_several_answers_with_negative_and_decimal_weights() -> None:
    question = only(gift("Кто? {~%33.33333%а ~%33,33333%б ~%33.333%в ~%-100%г}"))
    assert question.kind is QuestionKind.MULTIPLE
    assert [option.fraction for option in question.options] == [Fraction(100, 3)] * 3 + [Fraction(-100)]


def test_one_of_hundred_and_zeros_is_a_choice_of_one() -> None:
    bank = gift("Вопрос {\n~%0%а\n~%100%б\n}")
    assert only(bank).kind is QuestionKind.SINGLE
    assert found(bank) == [(2, "read_as_single", False)]


def test_half_credit_stays_a_choice_of_one() -> None:
    question = only(gift("Вопрос {~мимо ~%50%почти =точно}"))
    assert (question.kind, weights(question)) == (
        QuestionKind.SINGLE,
        [("мимо", "0"), ("почти", "50"), ("точно", "100")],
    )


def test_matching_with_extra_answers() -> None:
    question = only(gift("Найдите {\n=Канада -> Оттава\n=Италия->Рим\n= -> Лондон\n####общее}"))
    assert question.pairs == (MatchingPair("Канада", "Оттава"), MatchingPair("Италия", "Рим"))
    assert question.distractors == ("Лондон",)
    assert question.feedback == "общее"


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("#3:2", "1", "5"),
        ("#1..5", "1", "5"),
        ("#-5..-1", "-5", "-1"),
        ("#3,14:0,01", "3.13", "3.15"),
        ("# 1822", "1822", "1822"),
        ("#=1822:0", "1822", "1822"),
        ("#−2", "-2", "-2"),
        ("#1e3", "1000", "1000"),
        ("#12 000", "12000", "12000"),
    ],
)
def test_numbers(written: str, low: str, high: str) -> None:
    (numeric,) = only(gift(f"Сколько? {{{written}}}")).numeric
    assert (numeric.low, numeric.high) == (Decimal(low), Decimal(high))


def test_several_numbers_with_weights_and_feedback_for_the_rest() -> None:
    question = only(gift("Когда? {#\n=1822:0 #да\n=%50%1822:2 #почти\n~#совсем нет}"))
    assert question.numeric == (
        NumericRange(Decimal(1822), Decimal(1822), Fraction(100), "да"),
        NumericRange(Decimal(1820), Decimal(1824), Fraction(50), "почти"),
        NumericRange(None, None, Fraction(0), "совсем нет"),
    )
    assert question.numeric[1].value == 1822
    assert question.numeric[1].tolerance == 2


def test_essay_description_and_ordering() -> None:
    bank = gift("""
        ::Эссе::Как дела? {####думаем сами}

        Прочитайте текст.

        По возрастанию {>3 ALL VERTICAL ABSOLUTE
            один
            два
            три
        }
    """)
    essay, description, ordering = bank.questions
    assert (essay.kind, essay.feedback) == (QuestionKind.EXTENDED, "думаем сами")
    assert (description.kind, description.max_score) == (QuestionKind.DESCRIPTION, 0)
    assert (ordering.kind, ordering.order) == (QuestionKind.ORDERING, ("один", "два", "три"))


def test_escapes() -> None:
    question = only(gift(r"::а\:\:б::Что \{это\}\: \\ и\nещё? {~ \~ # \~ знак = \= 2 \# 3}"))
    assert question.name == "а::б"
    assert question.text == "Что {это}: \\ и\nещё?"
    assert weights(question) == [("~", "0"), ("= 2 # 3", "100")]
    assert question.options[0].feedback == "~ знак"


def test_formats_of_parts_become_one() -> None:
    question = only(gift("[html]<b>Цвет</b>? {\n=жёлтый\n~[plain]a<b\n~[moodle]две\\nстроки\n}"))
    assert question.text_format is TextFormat.HTML
    assert [option.text for option in question.options] == ["жёлтый", "a&lt;b", "две<br>строки"]
    raised = only(gift("[plain]1 < 2? {~нет =[html]<i>да</i>}"))
    assert (raised.text_format, raised.text) == (TextFormat.HTML, "1 &lt; 2?")
    assert found(gift("[markdown]**а**? {~б =[html]<i>да</i>}")) == [(1, "mixed_formats", False)]


def test_categories_and_comments() -> None:
    bank = gift("""
        // комментарий
        $CATEGORY: $course$/top/Алгебра/Степени

        // question: 1
        Вопрос
        // посередине
        первый {T}
        $CATEGORY: Геометрия
        Вопрос второй {F}
    """)
    assert [(q.category, q.text, q.number_line) for q in bank.questions] == [
        ("Алгебра/Степени", "Вопрос\n\nпервый", 5),
        ("Геометрия", "Вопрос второй", 9),
    ]


def test_marks_in_comments() -> None:
    question = only(
        gift(r"""
        // [id:A-17] [tag:КЭС: 1.2] [tag:уровень:Б] [tag:моя \] метка] [score:3] [case:1]
        // [criterion:К1|Понимание|2] [criterion:К2|Грамотность|1]
        Эссе {}
    """)
    )
    assert question.external_id == "A-17"
    assert question.tags == (Tag("kes", "1.2"), Tag("level", "Б"), Tag("", "моя ] метка"))
    assert question.tagged("kes") == ("1.2",)
    assert question.max_score == 3
    assert question.case_sensitive
    assert question.criteria == (
        MarkingCriterion("К1", "Понимание", Fraction(2)),
        MarkingCriterion("К2", "Грамотность", Fraction(1)),
    )


def test_questions_without_an_empty_line_are_told_apart() -> None:
    bank = gift("Раз {T}\nДва\nстроки {\n~а\n=б\n}\n::Имя::Три {=в}")
    assert [question.text for question in bank.questions] == ["Раз", "Два\nстроки", "Три"]
    assert found(bank) == [(2, "not_separated", False), (7, "not_separated", False)]
    assert [problem.number for problem in bank.problems] == [2, 3]


def test_empty_line_inside_the_braces_is_forgiven() -> None:
    bank = gift("Вопрос {\n=а\n\n~б\n}\n\nДальше {T}")
    assert [question.text for question in bank.questions] == ["Вопрос", "Дальше"]
    assert found(bank) == [(3, "blank_line_inside", False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Вопрос {=а\n\nДальше {T}", [(1, "unclosed_brace", True)]),
        ("Вопрос\n=а }\n\nДальше {T}", [(2, "unopened_brace", True)]),
        (r"\frac{1}{2} = {=0.5}" + "\n\nДальше {T}", [(1, "several_answer_blocks", True)]),
        ("В {=а -> б\n=в}\n\nДальше {T}", [(2, "pair_without_arrow", True)]),
        ("В {=а -> б}\n\nДальше {T}", [(1, "too_few_answers", True)]),
        ("В {#\n=1\n=abc}\n\nДальше {T}", [(3, "not_a_number", True)]),
        ("В {#}\n\nДальше {T}", [(1, "too_few_answers", True)]),
        ("В {\n~а\n~б\n}\n\nДальше {T}", [(2, "no_right_answer", True)]),
        ("В {\n~%150%а\n~б\n}\n\nДальше {T}", [(2, "bad_weight", True)]),
        ("В {\n~%x%а\n=б\n}\n\nДальше {T}", [(2, "bad_weight", True)]),
        ("{=а ~б}\n\nДальше {T}", [(1, "no_text", True)]),
        ("В {=а}~\n\n$CATEGORY: x\nДальше {T}", []),
        ("В {#5..1}\n\nДальше {T}", [(1, "reversed_range", False)]),
        ("::И {=а}\n\nДальше {T}", [(1, "unclosed_name", False)]),
        ("::И:: {=а}\n\nДальше {T}", [(1, "text_from_name", False)]),
        ("В {а}\n\nДальше {T}", [(1, "answer_without_mark", False)]),
        ("В {~%50%а ~%30%б}\n\nДальше {T}", [(1, "weights_not_whole", False)]),
        ("В {=а =б ~в}\n\nДальше {T}", [(1, "several_right", False)]),
        ("В {=а ~б ~б}\n\nДальше {T}", [(1, "repeated_answer", False)]),
        ("В {=а ~ ~б}\n\nДальше {T}", [(1, "empty_answer", False)]),
        ("// [score:много]\nВ {T}\n\nДальше {T}", [(1, "bad_own_mark", False)]),
    ],
)
def test_problems_have_their_line_and_the_rest_is_read(text: str, expected: list[tuple[int, str, bool]]) -> None:
    bank = gift(text)
    assert found(bank) == expected
    assert bank.questions[-1].text == "Дальше"


def test_formulas_and_html_in_answers_are_no_marks() -> None:
    bank = gift('Закон? {\n=F=ma\n~ E = mc\n~<img src="a.png" alt="а">\n~тире &#8211; тут#да\n}')
    assert [option.text for option in only(bank).options] == [
        "F=ma",
        "E = mc",
        '<img src="a.png" alt="а">',
        "тире &#8211; тут",
    ]
    assert [code for _, code, _ in found(bank)] == ["unescaped_mark"] * 3


def test_dialect_with_tilde_and_equals() -> None:
    assert weights(only(gift("В {\n~=да\n~нет\n}"))) == [("да", "100"), ("нет", "0")]


def test_tail_after_the_braces_as_programs_leave_it() -> None:
    assert only(gift('Число от 1 до 5? {#3:2~#мимо}";')).text == 'Число от 1 до 5? _____";'
