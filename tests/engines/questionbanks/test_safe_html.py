"""Texts shown on pages: what may stand stays, nothing that acts gets through."""

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thoroughness import rounds
from traektoria.engines.questionbanks import TextFormat, plain, render
from traektoria.engines.questionbanks.safe_html import _MATH_TAGS, _TEXT_TAGS

PICTURES = {"карта 1.png": "/pictures/7/"}
ATTRIBUTES = {"src", "alt", "width", "height", "colspan", "rowspan", "display", "mathvariant", "stretchy", "fence"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='@@PLUGINFILE@@/карта 1.png' onload=alert(1) alt='\"><script>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math href='javascript:alert(1)'><mi xlink:href='javascript:x'>x</mi></math>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<p style='background:url(javascript:x)' onclick=x>a</p>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><script>x</script></textarea>",
    "<<script>script>alert(1)<</script>/script>",
    "<!--><img src=x onerror=x>-->",
    "<![CDATA[<script>x</script>]]>",
    "<form><button formaction=javascript:x>x</button></form>",
    "<table><td colspan='1\" onload=x'>a",
]


class Seen(HTMLParser):
    """Every element and attribute of a page, and whether all is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check(shown: str) -> None:
    seen = Seen()
    seen.feed(shown)
    seen.close()
    assert seen.open == []
    assert seen.tags <= _TEXT_TAGS | _MATH_TAGS | {"img"}
    assert seen.attributes <= ATTRIBUTES
    assert not re.search(r"<[^>]*\b(?:javascript:|on\w+=)", re.sub(r'="[^"]*"', "", shown))
    assert "/pictures/7/" in shown or "<img" not in shown


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("text_format", [TextFormat.HTML, TextFormat.MOODLE, TextFormat.MARKDOWN, TextFormat.PLAIN])
def test_hostile(text: str, text_format: TextFormat) -> None:
    check(render(text, text_format, PICTURES))


PIECES = [
    *HOSTILE,
    "<",
    ">",
    "&lt;",
    "&#60;script>",
    "<math>",
    "</math>",
    "<p",
    "</p>",
    "\0",
    "<!",
    "<?",
    '"',
    "'",
    "/",
]


@settings(max_examples=rounds(8, 40), deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join))
def test_any_mixture(text: str) -> None:
    check(render(text, TextFormat.HTML, PICTURES))
    assert "<script" not in plain(text, TextFormat.HTML).lower() or "script" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>H<sub>2</sub>O, x<sup>2</sup> &lt; 5</p>", "<p>H<sub>2</sub>O, x<sup>2</sup> &lt; 5</p>"),
        ("<div class='x'><span>а</span></div><div>б</div>", "<div>а</div><div>б</div>"),
        ("<h1>а</h1><section>б</section>", "<h3>а</h3><div>б</div>"),
        ("<o:p>а</o:p>", "а"),
        ("#include <stdio.h>", "#include &lt;stdio.h&gt;"),
        ("a < b и c > d", "a &lt; b и c &gt; d"),
        (
            "<table><tr><td colspan='2' class=x>а</td></tr></table>",
            '<table><tbody><tr><td colspan="2">а</td></tr></tbody></table>',
        ),
        (
            "<img src='@@PLUGINFILE@@/%D0%BA%D0%B0%D1%80%D1%82%D0%B0%201.png' alt='Карта' width='30'>",
            '<img src="/pictures/7/" alt="Карта" width="30">',
        ),
        ("<img src='https://x.test/a.png' alt='Схема'>", "[Схема]"),
        (
            "<math display='block'><mfrac><mn>1</mn><mn>2</mn></mfrac></math>",
            '<math display="block"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>',
        ),
        ("<img src='@@PLUGINFILE@@/карта 1.png' alt='при a<b'>", '<img src="/pictures/7/" alt="при a&lt;b">'),
        ("<b>а<i>б</b>в</i>", "<b>а<i>б</i></b><i>в</i>"),
        ("<p>раз<p>два", "<p>раз</p><p>два</p>"),
        ("<p title=don't>раз<p title=don't>два", "<p>раз</p><p>два</p>"),
        ("раз <br> два</span>", "раз <br> два"),
        ("<mi>x</mi>", "x"),
        ("<![if !supportLists]>1.<![endif]> раз<!-- x -->", "1. раз"),
    ],
)
def test_what_stays(text: str, shown: str) -> None:
    assert render(text, TextFormat.HTML, PICTURES) == shown


def test_other_formats() -> None:
    assert render("a < b\nс", TextFormat.PLAIN) == "a &lt; b<br>с"
    assert render("<b>а</b>\nс", TextFormat.MOODLE) == "<b>а</b><br>с"
    assert render("**а** <script>x</script>", TextFormat.MARKDOWN) == "<p><strong>а</strong> </p>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>Вода —\n H<sub>2</sub>O</p><p>x<sup>2</sup></p>", "Вода — H₂O\nx²"),
        ("x<sup>a</sup> y<sub>ij</sub>", "x^a y_(ij)"),
        ("<img alt='Карта'><script>x</script>", "Карта"),
        ("#include <stdio.h>", "#include <stdio.h>"),
        ("<table><tr><td>а</td><td>б</td></tr></table>", "а б"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    assert plain(text, TextFormat.HTML) == shown


@pytest.mark.parametrize(
    "text",
    [
        "5<a<7 и a>6",
        "x<p и y>z",
        "Какой тег делает абзац: <p> или <div>?",
        "Закрыть: </p> или </b>?",
        "<br>",
        "</td>",
        "#include <map>",
        "List<a> или List<b>",
        "Что делает <script>?",
        "Чем закончить <!-- и <!DOCTYPE html>",
        "тег <img> и тег <title>",
    ],
)
@pytest.mark.parametrize("text_format", [TextFormat.HTML, TextFormat.MOODLE])
def test_tags_that_are_words_of_a_sentence_are_letters(text: str, text_format: TextFormat) -> None:
    assert html.unescape(render(text, text_format)) == text
    assert plain(text, text_format) == text


@pytest.mark.parametrize(
    "piece", ["<!--", "<a ", "<a b='", '<a "', "<a =", "<![CDATA[", "</a ", "</p> ", "<p>", "<b></b>"]
)
def test_unclosed_markup_ends_soon(piece: str) -> None:
    check(render(piece * 20_000, TextFormat.HTML))
    assert plain(piece * 20_000 + ">", TextFormat.HTML) is not None


def test_a_page_does_not_grow_without_measure() -> None:
    """A parser opens what was left open again in each paragraph; elements that differ by an attribute, all of them."""
    opened = "".join(f"<b title={number}>" for number in range(800))
    text = f"<p>{opened}</p>{'<p>x' * 2_000}</b>"
    assert len(render(text, TextFormat.HTML)) < 10 * len(text)
