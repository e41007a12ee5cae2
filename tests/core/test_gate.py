"""The gate: what comes in is fit to be kept, or is refused on a page of the house."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from traektoria.core.error_pages import answer_to
from traektoria.core.gate import Gate, read_json
from traektoria.engines.storable_text import fit, fit_all

DIRT = "\0\x08\x1f\udfff\ud800\ufdd0\ufffe\uffff\U0001ffff\U0010ffff"
KEPT = "Ёлка\t\r\n\u202e\u200b👩‍🏫 e\u0301 \x85\ufeff\ue000"


def test_only_what_nobody_can_keep_is_taken_out() -> None:
    assert fit(f"{DIRT}{KEPT}{DIRT}") == KEPT
    assert fit_all({f"a{DIRT}": [f"{DIRT}b", 1, None, {"c": DIRT}]}) == {"a": ["b", 1, None, {"c": ""}]}


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b"[" * 30 + b"]" * 30,
        b'{"a":' * 100_000,
        b"NaN",
        b"[Infinity]",
        b"1" * 5_000,
        b"\xff",
        b"",
        b"{",
    ],
)
def test_json_that_no_page_sends(body: bytes) -> None:
    with pytest.raises(ValueError):
        read_json(body)


def test_json_is_fit() -> None:
    assert read_json(json.dumps({"text": f"а{DIRT}б"}).encode()) == {"text": "аб"}


def _through(request: HttpRequest) -> tuple[HttpRequest, HttpResponse]:
    seen: list[HttpRequest] = []

    def view(passed: HttpRequest) -> HttpResponse:
        seen.append(passed)
        return HttpResponse("дошло")

    gate = Gate(view)
    response = gate(request)
    refused = gate.process_view(request, view, (), {}) if seen else None
    return request, refused or response


def _bytes(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))


def test_form_query_file_and_cookie() -> None:
    request = RequestFactory().post(
        f"/?q=a{_bytes(chr(0))}b", {"text": f"a{chr(0)}б", "file": SimpleUploadedFile("a\x01.csv", b"1")}
    )
    request.COOKIES = {"good": "1", "bad": "a\0"}
    passed, response = _through(request)
    assert response.status_code == 200
    assert (passed.GET["q"], passed.POST["text"], passed.FILES["file"].name) == ("ab", "aб", "a.csv")  # type: ignore[union-attr]
    assert passed.COOKIES == {"good": "1"}


def test_what_is_fit_is_left_alone() -> None:
    request = RequestFactory().post("/?q=б", {"text": KEPT})
    query, form = request.GET, request.POST
    passed, _response = _through(request)
    assert passed.GET is query
    assert passed.POST is form
    assert form["text"] == KEPT


def test_text_that_is_too_long_is_refused_by_its_length() -> None:
    with override_settings(LONGEST_TEXT=100):
        _passed, response = _through(RequestFactory().post("/", {"text": "я" * 101}))
        assert response.status_code == 413
        assert "101" in response.text
        assert _through(RequestFactory().post("/", {"text": "я" * 100}))[1].status_code == 200


@pytest.mark.parametrize(("path", "status"), [("/a%00b/", 400), (f"/centre/{2**70}/", 404), ("/%ED%A0%80/", 404)])
@pytest.mark.django_db
def test_address(client: Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert "<h1" in response.text


@pytest.mark.parametrize(
    "error", [DataError("too long"), OverflowError("too large"), ValueError("year 10001 is out of range"), "\ud800"]
)
def test_value_that_a_database_cannot_hold(error: Any) -> None:
    if isinstance(error, str):
        with pytest.raises(UnicodeEncodeError) as caught:
            error.encode()
        error = caught.value
    response = answer_to(RequestFactory().post("/"), error)
    assert response is not None
    assert response.status_code == 422
