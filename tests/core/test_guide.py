"""The guide is shown in the product, and its links lead somewhere."""

import re

import pytest
from django.test import Client

from traektoria.core.guide import FOLDER, PICTURES, guide_page


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_help_page_is_shown(path, as_) -> None:  # type: ignore[no-untyped-def]
    page = guide_page(path.stem)
    assert page is not None
    url = "/help/" if path.stem == "README" else f"/help/{path.stem}/"
    response = as_("teacher").get(url)
    assert response.status_code == 200
    assert page.heading in response.content.decode()
    assert "\n- " not in page.body, "a list needs an empty line before it"


def test_help_links_lead_to_pages() -> None:
    for path in FOLDER.glob("*.md"):
        for target in re.findall(r"\]\((\w+)\.md\)", path.read_text()):
            assert (FOLDER / f"{target}.md").exists(), (path.name, target)


def test_pictures_of_the_guide_are_shown_and_said_in_words(as_) -> None:  # type: ignore[no-untyped-def]
    """Each that a page names is there, has words for who does not see it, and is asked for when it comes into sight."""
    named = set()
    for path in FOLDER.glob("*.md"):
        for words, name in re.findall(r"!\[(.*?)\]\(pictures/(\w+)\.webp\)", path.read_text()):
            assert len(words) > 20, (path.name, name)
            named.add(name)
    assert named == {path.stem for path in PICTURES.glob("*.webp")}
    page = as_("teacher").get("/help/consultations/").content.decode()
    (first, *_rest) = re.findall(r'<img alt="[^"]+" src="\.\./(pictures/\w+\.webp)" loading="lazy"', page)
    answer = as_("teacher").get(f"/help/{first}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
    assert as_("teacher").get("/help/pictures/nothing.webp").status_code == 404
    assert max(path.stat().st_size for path in PICTURES.glob("*.webp")) < 60_000


def test_help_page_unknown(as_) -> None:  # type: ignore[no-untyped-def]
    assert as_("teacher").get("/help/nothing/").status_code == 404
    assert as_("teacher").get("/help/README/").status_code == 200


def test_help_page_stranger(db: None) -> None:
    assert Client().get("/help/").status_code == 302
