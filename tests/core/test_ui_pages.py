"""Appearance preferences, the gallery and the weight of what a first view loads."""

import gzip
import re
from pathlib import Path

import django_htmx
import pytest
from django.test import Client
from django.urls import reverse

import traektoria

STATIC = Path(traektoria.__file__).parent / "static" / "traektoria"
HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"


def packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))


def test_appearance_is_kept_in_a_cookie(client: Client):
    answer = client.post(reverse("core:appearance"), {"theme": "dark", "next": "/design/"})
    assert (answer.status_code, answer["Location"]) == (302, "/design/")
    client.post(reverse("core:appearance"), {"vision": "impaired"})
    assert client.cookies["appearance"].value == "dark.impaired"


@pytest.mark.parametrize(("colour", "size"), [("white", ""), ("black", "large"), ("blue", "largest"), ("", "large")])
def test_the_version_for_the_visually_impaired_keeps_its_colours_and_size(client: Client, colour: str, size: str):
    for said in ({"vision": "impaired"}, {"colour": colour}, {"size": size}):
        client.post(reverse("core:appearance"), said)
    page = client.get("/account/login/").content.decode()
    assert f'data-vision="impaired" data-colour="{colour}" data-size="{size}"' in " ".join(page.split())
    assert page.count('name="colour"') == page.count('name="size"') == 3
    client.post(reverse("core:appearance"), {"vision": "normal"})
    assert 'name="colour"' not in client.get("/account/login/").content.decode()


@pytest.mark.parametrize("said", [{"colour": "red"}, {"size": "900"}, {"vision": "x"}, {"theme": "dark.impaired"}])
def test_appearance_takes_no_other_word(client: Client, said: dict[str, str]):
    client.post(reverse("core:appearance"), said)
    assert "appearance" not in client.cookies


@pytest.mark.parametrize("kept", ["", ".", "....", "dark", "dark.impaired.blue.largest.more", "x.y.z.w", "%D0%B0.b"])
def test_whatever_the_cookie_says_the_page_is_shown(client: Client, kept: str):
    client.cookies["appearance"] = kept
    assert client.get("/account/login/").status_code == 200


@pytest.mark.parametrize("viewer", ["teacher", "coordinator"])
def test_the_name_of_the_centre_stays_in_each_version(as_, world, viewer: str):
    client = as_(viewer)
    for vision in ("normal", "impaired"):
        client.post(reverse("core:appearance"), {"vision": vision})
        assert f'class="top-centre" title="{world.own.name}">{world.own.name}<' in client.get("/").content.decode()
    css = (STATIC / "house.css").read_text()
    assert not re.search(r"\.top-centre[^{}]*\{[^}]*display:\s*none", css)


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_appearance_never_leads_away(client: Client, next_page: str):
    assert client.post(reverse("core:appearance"), {"theme": "dark", "next": next_page})["Location"] == "/"


def test_appearance_ignores_unknown_words(client: Client):
    client.post(reverse("core:appearance"), {"theme": "<b>"})
    assert "appearance" not in client.cookies


def test_appearance_wrong_method(client: Client):
    assert client.get(reverse("core:appearance")).status_code == 405


@pytest.mark.django_db
def test_sign_in_page_wears_the_appearance(client: Client):
    client.cookies["appearance"] = "dark.impaired"
    page = client.get(reverse("account_login")).content.decode()
    assert 'data-theme="dark" data-vision="impaired"' in " ".join(page.split())


def test_gallery_asks_a_stranger_to_sign_in(client: Client):
    assert client.get(reverse("core:gallery")).status_code == 302


def test_gallery_has_one_heading_and_nothing_inline(as_):
    page = as_("tutor").get(reverse("core:gallery")).content.decode()
    assert page.count("<h1") == 1
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]* src=)", page)


def test_gallery_asks_nothing_from_other_hosts(as_):
    page = as_("tutor").get(reverse("core:gallery")).content.decode()
    assert not re.findall(r'(?:src|href)="(?:https?:)?//[^"]+', page)


def test_styles_and_script_are_light():
    assert packed(STATIC / "house.css") <= 14_000
    assert packed(STATIC / "app.js") <= 4_000


def test_first_view_is_light(as_):
    page = as_("coordinator").get(reverse("core:gallery"))
    files = [STATIC / "house.css", STATIC / "app.js", STATIC / "mark.svg", HTMX]
    assert len(gzip.compress(page.content)) + sum(map(packed, files)) <= 60_000
