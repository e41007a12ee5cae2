from decimal import Decimal
from xml.etree import ElementTree

import pytest

from tests.costs import calls_of
from traektoria.engines.charts import (
    NARROW,
    WIDE,
    Chart,
    ChartWords,
    Dot,
    DotPlot,
    Histogram,
    HistogramBar,
    MarksBar,
    MarksBars,
    Steps,
    StepState,
    Trend,
    TrendPoint,
    ZoneShape,
    as_table,
    as_text,
    render,
    responsive,
)

SVG = "{http://www.w3.org/2000/svg}"
MARK_WORDS = {str(mark): f"«{mark}»" for mark in (2, 3, 4, 5)}
DOTS = DotPlot(
    "Completion <4А>",
    "Per cent of the maximum",
    ChartWords(
        ("Task", "%", "from", "to", "Municipality", "n"),
        "{label}: {value} ({low}–{high}) against {reference}, n = {n}",
        {"enough": "enough", "not_enough": "not enough", "reference": "municipality", "interval": "95 %"},
        hidden="hidden",
        decimal=",",
    ),
    rows=(
        Dot("1", 25, Decimal("63.45"), Decimal("50"), Decimal("75.1"), Decimal("70"), ZoneShape.ENOUGH),
        Dot("2 & 3", 25, Decimal("20"), Decimal("8.86"), Decimal("39.13"), Decimal("44"), ZoneShape.NOT_ENOUGH),
        Dot("4"),
    ),
)
MARKS = MarksBars(
    "Marks",
    "",
    ChartWords(
        ("Group", "2", "3", "4", "5", "n"), "{label}: {mark_2}/{mark_3}/{mark_4}/{mark_5}", MARK_WORDS, hidden="hidden"
    ),
    rows=(
        MarksBar("Region", 24933, (Decimal("3.31"), Decimal("23.61"), Decimal("46.18"), Decimal("26.90"))),
        MarksBar("4А"),
    ),
)
HISTOGRAM = Histogram(
    "Scores",
    "",
    ChartWords(("Score", "n", "Mark"), "{score}: {n}", MARK_WORDS),
    bars=tuple(HistogramBar(score, score * 3, 2 + score // 6, score in (6, 12)) for score in range(18)),
)
STEPS = Steps(
    "Route",
    "",
    ChartWords(
        ("Step", "State"), "{label}: {state}", {"done": "done", "late": "late", "waiting": "to do", "active": "now"}
    ),
    steps=tuple((f"Step {number}", state) for number, state in enumerate([*StepState] * 5)),
)
TREND = Trend(
    "Dynamics",
    "",
    ChartWords(("When", "%", "from", "to"), "{label}: {value}", decimal=","),
    points=(
        TrendPoint("Sept", Decimal("41.2"), Decimal("30"), Decimal("52")),
        TrendPoint("Dec"),
        TrendPoint("May", Decimal("63.7"), Decimal("52"), Decimal("74")),
    ),
)
ALL = [DOTS, MARKS, HISTOGRAM, STEPS, TREND]
NAMES = [type(chart).__name__ for chart in ALL]


def parse(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)  # noqa: S314 -- our own output


def empty(chart: Chart) -> Chart:
    return type(chart)(chart.title, chart.description, chart.words)


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("chart", [*ALL, *map(empty, ALL)], ids=[*NAMES, *(f"empty {name}" for name in NAMES)])
def test_a_picture_is_well_formed_named_and_obeys_the_csp(chart: Chart, width: int) -> None:
    root = parse(render(chart, width=width))
    title, description = root[0], root[1]
    assert (root.tag, root.get("role"), root.get("width")) == (f"{SVG}svg", "img", "100%")
    assert title.text == chart.title
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    for element in root.iter():
        assert element.tag not in {f"{SVG}script", f"{SVG}style", f"{SVG}image", f"{SVG}foreignObject"}
        assert not [name for name in element.attrib if name == "style" or name.startswith("on") or "href" in name]


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("chart", ALL, ids=NAMES)
def test_everything_is_inside_the_picture(chart: Chart, width: int) -> None:
    root = parse(render(chart, width=width))
    height = float((root.get("viewBox") or "").split()[3])
    for element in root.iter():
        assert all(0 <= float(element.get(name, 0)) <= width for name in ("x", "x1", "x2", "cx"))
        assert all(0 <= float(element.get(name, 0)) <= height for name in ("y", "y1", "y2", "cy"))


@pytest.mark.parametrize("chart", ALL, ids=NAMES)
def test_the_two_layouts_share_no_id(chart: Chart) -> None:
    root = parse(f"<div>{responsive(chart)}</div>")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 4
    assert [svg.get("class", "").split()[-1] for svg in root] == ["chart-narrow", "chart-wide"]


def test_a_picture_for_a_document_has_its_size() -> None:
    root = parse(render(DOTS, width=WIDE, fixed=True))
    assert root.get("width") == "720"
    assert float(root.get("height", 0)) > 100


def test_suppressed_figures_are_said_in_words_and_never_drawn() -> None:
    assert as_table(DOTS).rows[2] == ("4", "hidden", "hidden", "hidden", "hidden", "hidden")
    assert as_table(MARKS).rows[1][1:] == ("hidden",) * 5
    for chart in (DOTS, MARKS):
        row = list(parse(render(chart)).iter(f"{SVG}g"))[-1]
        assert {element.tag.removeprefix(SVG) for element in row} == {"title", "text"}


def test_the_table_and_the_sentences_say_the_same() -> None:
    table = as_table(DOTS)
    assert table.caption == DOTS.title
    assert table.rows[0] == ("1", "63,45", "50", "75,1", "70", "25")
    assert as_text(DOTS)[0] == "1: 63,45 (50–75,1) against 70, n = 25"
    assert as_text(MARKS)[0] == "Region: 3.31/23.61/46.18/26.90"
    assert as_text(STEPS)[1] == "Step 1: now"
    assert as_table(HISTOGRAM).rows[6] == ("6", "18", "3")
    assert as_text(TREND)[2] == "May: 63,7"


@pytest.mark.parametrize("chart", ALL, ids=NAMES)
def test_every_table_row_has_its_columns(chart: Chart) -> None:
    table = as_table(chart)
    assert {len(row) for row in table.rows} == {len(table.columns)}


def test_zones_marks_and_states_differ_by_more_than_colour() -> None:
    tags = {
        element.get("class"): element.tag.removeprefix(SVG)
        for element in parse(render(DOTS)).iter()
        if "zone" in element.get("class", "")
    }
    assert tags == {"chart-zone-enough": "circle", "chart-zone-not_enough": "path"}
    assert ">!</text>" in render(STEPS)
    assert all(f">{mark}</text>" in render(MARKS) for mark in (2, 3, 4, 5))


def test_the_boundaries_of_the_marks_are_written() -> None:
    drawn = render(HISTOGRAM)
    assert "«3» 6+" in drawn
    assert "«4» 12+" in drawn
    assert drawn.count('class="chart-boundary"') == 2


def test_a_moment_not_measured_is_crossed_by_dashes() -> None:
    assert render(TREND).count("stroke-dasharray") == 1


def test_the_same_spec_gives_the_same_picture() -> None:
    assert render(DOTS) == render(DOTS)


def test_an_unknown_kind_of_chart_is_refused() -> None:
    chart = Chart("?", "", ChartWords((), ""))
    with pytest.raises(TypeError):
        render(chart)
    with pytest.raises(TypeError):
        as_table(chart)


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: type(chart).__name__)
def test_drawing_is_cheap(chart: Chart) -> None:
    render(chart, width=WIDE)
    assert calls_of(lambda: render(chart, width=WIDE)) < 6_000
