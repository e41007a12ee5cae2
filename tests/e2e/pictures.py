"""Takes the pictures of the user's guide anew: ``python -m tests.e2e.pictures http://127.0.0.1:8000 [NAME …]`` on a
running demo, those of these names or all. Each is what a person sees at that place, without the band of the demo."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests import browser

PICTURES = Path(__file__).parents[2] / "docs" / "guide" / "pictures"
PASSWORD = "demo-traektoria"
PHONE, DESK = 390, 1280
HIDDEN = ".demo-strip { display: none !important; }"


@dataclass(frozen=True)
class Shot:
    """``name`` is the picture, taken as ``who`` of ``path`` after ``act``."""

    name: str
    who: str
    path: str
    width: int = PHONE
    height: int = 760
    act: Callable[[Page], object] = lambda page: None


def _dates_of_an_hour(page: Page) -> None:
    """The second step: what becomes of each date."""
    page.locator("[name=tutors]").first.check()
    page.locator("[name=first_day]").fill(str(page.evaluate(_IN_A_WEEK)))
    page.locator("[name=start]").fill("15:00")
    page.locator("[name=end]").fill("16:30")
    page.locator("[name=look]").click()
    page.locator("[name=days]").first.wait_for()


_IN_A_WEEK = "new Date(Date.now() + 7 * 864e5).toISOString().slice(0, 10)"


def _first(link: str) -> Callable[[Page], object]:
    return lambda page: page.locator(f"main a[href*='{link}']").last.click()


def _wall(page: Page) -> None:
    """The code that is shown in the hall, from the page of the door, at the address of a centre."""
    page.locator("main a[href*='/door/']").last.click()
    page.locator("main a[href*='/wall/']").click()
    page.locator("main svg, main img").first.wait_for()
    page.evaluate("document.body.innerHTML = document.body.innerHTML.replaceAll(location.host, 'tutor.example.org')")


SHOTS = (
    Shot("ask", "uchitel1", "/consultations/new/"),
    Shot("free_hours", "uchitel1", "/consultations/bookings/free/"),
    Shot("my_calendar", "tutor1", "/calendar/"),
    Shot("who_is_booked", "tutor1", "/consultations/bookings/?who=received"),
    Shot("letters", "tutor1", "/messages/settings/"),
    Shot("point", "uchitel1", "/consultations/points/1/"),
    Shot("write_down", "tutor1", "/consultations/hours/new/"),
    Shot("board", "koordinator", "/consultations/board/", DESK, 820),
    Shot("dates_of_an_hour", "koordinator", "/consultations/help/new/", DESK, 820, _dates_of_an_hour),
    Shot("absence", "koordinator", "/consultations/absences/", DESK, 760, _first("/consultations/absences/")),
    Shot("event", "uchitel1", "/events/1/"),
    Shot("event_ideas", "koordinator", "/events/ideas/", DESK, 760),
    Shot("event_door", "koordinator", "/events/13/", act=_first("/door/")),
    Shot("event_wall", "koordinator", "/events/13/", DESK, 700, _wall),
    Shot("event_how_it_was", "koordinator", "/events/10/feedback/told/", DESK, 820),
    Shot("certificates_given_out", "koordinator", "/events/10/certificates/", DESK, 760),
    Shot("week_of_a_centre", "koordinator", "/calendar/week/?who=centre:1", DESK, 820),
)


def signed_in(chromium: Browser, site: str, who: str, width: int) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, locale="ru-RU", bypass_csp=True,
        device_scale_factor=1.5 if width == PHONE else 1,
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{site}/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_function("!document.querySelector('[name=password]')")
    page.wait_for_load_state("networkidle")
    return page


def taken(page: Page, site: str, shot: Shot) -> bytes:
    page.set_viewport_size({"width": shot.width, "height": shot.height})
    page.goto(site + shot.path)
    shot.act(page)
    page.wait_for_load_state("networkidle")
    page.add_style_tag(content=HIDDEN)
    page.evaluate("window.scrollTo(0, 0)")
    out = io.BytesIO()
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(out, "WEBP", quality=64, method=6)
    return out.getvalue()


def main(site: str, *names: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    pages: dict[tuple[str, int], Page] = {}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.installed(), args=browser.FLAGS)
        for shot in (one for one in SHOTS if not names or one.name in names):
            key = shot.who, shot.width
            page = pages.get(key) or signed_in(chromium, site, *key)
            pages[key] = page
            content = taken(page, site, shot)
            (PICTURES / f"{shot.name}.webp").write_bytes(content)
            print(shot.name, len(content) // 1000, "kB")
        chromium.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), *sys.argv[2:])
