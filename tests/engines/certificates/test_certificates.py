"""The paper of a certificate: days in words, what the QR holds, long names and titles on one page."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from traektoria.engines import certificates
from traektoria.engines.certificates import Kind, PrintedCertificate, days_in_words, render, render_all
from traektoria.engines.certificates.sheet import modules

ONE = PrintedCertificate(
    number="3-2026-0015", replaces="", kind=Kind.PARTICIPANT, issuer="Центр", town="Округ", name="Ли Ян",
    event_kind="Мастер-класс", title="Проценты", days="3 декабря 2026 г.", place="каб. 12", length="1 ч 30 мин",
    signed_post="Координатор", signed_name="Кузнецова О. В.", issued_on=date(2026, 12, 4), word="бамолисуто",
    address="https://centre.example.org/events/check/7KQM2XAB94TZ/", check="centre.example.org/events/check/",
)  # fmt: skip
LONG = replace(
    ONE,
    name="Константинопольская-Преображенская Александрина Святославовна",
    issuer="Муниципальное казённое учреждение дополнительного профессионального образования «Центр» " * 3,
    title="Формирование функциональной грамотности обучающихся " * 4,
    place="Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 12 имени Героя» " * 4,
    signed_post="Заместитель начальника управления образования администрации муниципального округа " * 2,
    replaces="3-2026-0009",
)
DESIGNS = {1: "904e90c54e193ed1614c406629f4376e24fd8427bd2443403e0b7a4854f00acb"}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], ""),
        ([date(2026, 12, 3)], "3 декабря 2026 г."),
        ([date(2026, 12, 17), date(2026, 12, 3), date(2026, 12, 10)], "3, 10 и 17 декабря 2026 г."),
        ([date(2026, 11, 3), date(2026, 12, 3), date(2027, 1, 4)], "3 ноября, 3 декабря 2026 г., 4 января 2027 г."),
        ([date(2026, 1, day) for day in range(1, 13)], "с 1 января 2026 г. по 12 января 2026 г., дней: 12"),
    ],
)
def test_days(days: list[date], said: str) -> None:
    assert days_in_words(days).replace("\xa0", " ") == said


def test_long_words_stay_on_one_page_and_equal_certificates_are_equal_files() -> None:
    file = render_all([ONE, LONG])
    pages = PdfReader(io.BytesIO(file)).pages
    assert len(pages) == 2
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [842, 595]
    text = " ".join(pages[1].extract_text().replace("\xa0", " ").split())
    assert "взамен № 3-2026-0009" in text
    assert LONG.name in text
    assert file == render_all([ONE, LONG])
    assert render(ONE) != render(replace(ONE, number="3-2026-0016"))


def test_the_qr_is_made_of_runs_of_dark_modules() -> None:
    made = modules(ONE.address)
    assert made["runs"][0] == [2, 2, 7], "the upper side of the first eye"
    assert made["side"] >= 33


def test_a_design_is_never_edited() -> None:
    """Issued certificates are drawn by it for ever: a change is a new design with the next number."""
    import hashlib

    folder = Path(certificates.__file__).parent
    found = {number: hashlib.sha256((folder / f"design{number}.typ").read_bytes()).hexdigest() for number in DESIGNS}
    assert found == DESIGNS
    assert max(DESIGNS) == certificates.DESIGN
