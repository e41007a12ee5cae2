"""Numbers that Word computes (ECMA-376 part 1, 17.9)."""

import io

import pytest
from docx import Document

from tests.engines.plantables.word_samples import document, level, lists, paragraph
from traektoria.engines.plantables.model import Paragraph
from traektoria.engines.plantables.word.document import read_document
from traektoria.engines.plantables.word.numbering import formatted

THREE = [level(0, "%1."), level(1, "%1.%2."), level(2, "%1.%2.%3)")]


def listed(number, more=""):
    """A further list of the first numbering."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/>{more}</w:num>'


def labels(*places, numbering, **parts):
    body = [
        paragraph("x", number=place) if isinstance(place, tuple) else paragraph("x", style=place) for place in places
    ]
    paper = read_document(document(*body, numbering=numbering, **parts))
    return [block.text.removesuffix("x").strip() for block in paper.blocks if isinstance(block, Paragraph)]


def test_levels_count_and_begin_anew_under_the_next_upper_one():
    found = labels((1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2), numbering=lists(THREE))
    assert found == ["1.", "1.1.", "1.2.", "1.2.1)", "2.", "2.1.", "2.1.1)"]


def test_a_lower_level_without_its_upper_one_begins_it():
    assert labels((1, 1), (1, 1), (1, 0), numbering=lists(THREE)) == ["1.1.", "1.2.", "2."]


def test_a_list_goes_on_after_another_one():
    assert labels((1, 0), (2, 0), (1, 0), numbering=lists(THREE, THREE)) == ["1.", "1.", "2."]


def test_two_lists_of_one_numbering_go_on_unless_one_says_where_it_begins():
    anew = listed(8, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    on = listed(9)
    assert labels((1, 0), (1, 0), (9, 0), numbering=lists(THREE, more=anew + on)) == ["1.", "2.", "3."]
    assert labels((1, 0), (1, 0), (8, 0), (8, 0), numbering=lists(THREE, more=anew + on)) == ["1.", "2.", "1.", "2."]


def test_a_level_that_never_begins_anew():
    levels = [level(0, "%1."), level(1, "%2)", more='<w:lvlRestart w:val="0"/>')]
    assert labels((1, 0), (1, 1), (1, 0), (1, 1), numbering=lists(levels)) == ["1.", "1)", "2.", "2)"]


def test_the_start_of_a_level_and_its_override():
    roman = level(0, "%1.", "upperRoman", start=7)
    own = listed(5, f'<w:lvlOverride w:ilvl="0">{roman}</w:lvlOverride>')
    assert labels((1, 0), (1, 0), numbering=lists([level(0, "%1.", start=4)])) == ["4.", "5."]
    assert labels((5, 0), (5, 0), numbering=lists([level(0, "%1.")], more=own)) == ["VII.", "VIII."]


def test_a_style_brings_its_number_and_its_children_have_it():
    styles = (
        '<w:style w:styleId="Item"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Child"><w:basedOn w:val="Item"/></w:style>'
        '<w:style w:styleId="Second"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    levels = [level(0, "%1."), level(1, "%1.%2.", more='<w:pStyle w:val="Second"/>')]
    assert labels("Item", "Second", "Child", numbering=lists(levels), styles=styles) == ["1.", "1.1.", "2."]


def test_a_paragraph_that_took_itself_out_of_the_list_of_its_style_has_no_number():
    styles = '<w:style w:styleId="Item"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = [paragraph("x", style="Item"), paragraph("y", style="Item", number=(0, 0)), paragraph("z", style="Item")]
    paper = read_document(document(*body, numbering=lists(THREE), styles=styles))
    assert [block.text for block in paper.blocks] == ["1. x", "y", "2. z"]


def test_bullets_are_dashes_and_a_legal_number_has_figures_only():
    levels = [level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"), level(2, "•", "bullet")]
    assert labels((1, 0), (1, 1), (1, 2), numbering=lists(levels)) == ["I.", "1.1", "–"]


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (4, "upperRoman", "IV"), (1994, "lowerRoman", "mcmxciv"), (27, "lowerLetter", "aa"), (3, "russianLower", "в"),
        (10, "russianUpper", "К"), (29, "russianLower", "аа"), (3, "decimalZero", "03"), (3, "none", ""),
        (3, "hebrew1", "3"), (0, "upperRoman", "0"),
    ],
)  # fmt: skip
def test_forms_of_numbers(count, form, text):
    assert formatted(count, form) == text


def test_a_list_of_python_docx_is_numbered_too():
    paper = Document()
    for text in ("первый", "второй"):
        paper.add_paragraph(text, style="List Number")
    target = io.BytesIO()
    paper.save(target)
    assert [block.text for block in read_document(target.getvalue()).blocks] == ["1. первый", "2. второй"]


def test_a_numbering_that_names_itself_ends():
    link = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="A"/></w:abstractNum>'
    styles = (
        '<w:style w:styleId="A"><w:basedOn w:val="A"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert labels((1, 0), "A", numbering=link + listed(1), styles=styles) == ["1.", "2."]
