"""The user's guide, shown in the product as help: the pages of ``docs/guide`` as they are, with their pictures."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from traektoria.core.boxes import boxed
from traektoria.core.guard import guard

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "guide"
PICTURES = FOLDER / "pictures"
_PICTURE = re.compile(r'src="pictures/([a-z_]+)\.webp"')
_LINK = re.compile(r'href="([a-z_]+)\.md"')
FIRST = "README"


@dataclass(frozen=True)
class GuidePage:
    """A page of the guide: its heading and its HTML without the heading."""

    slug: str
    heading: str
    body: SafeString


@cache
def guide_page(slug: str) -> GuidePage | None:
    """The page ``docs/guide/<slug>.md``, or None. Read once: the guide changes with the release."""
    path = FOLDER / f"{slug}.md"
    if path not in FOLDER.glob("*.md"):
        return None
    first, _, rest = path.read_text(encoding="utf-8", errors="replace").partition("\n")
    return GuidePage(slug, first.lstrip("# "), boxed("guide", lambda: _html(slug, rest)))


def _html(slug: str, text: str) -> str:
    from markdown import markdown

    html = markdown(text, extensions=["tables", "sane_lists"], output_format="html")
    html = _LINK.sub(r'href="../\1/"' if slug != FIRST else r'href="\1/"', html)
    html = _PICTURE.sub(rf'src="{"" if slug == FIRST else "../"}pictures/\1.webp" loading="lazy"', html)
    html = html.replace("<table>", '<div class="table-wrap"><table class="table table--plain">')
    return html.replace("</table>", "</table></div>")


@guard()
def help_page(request: HttpRequest, slug: str = FIRST) -> HttpResponse:
    """A page of the guide; the first one lists the roles."""
    page = guide_page(slug)
    if page is None:
        raise Http404
    return render(request, "core/help.html", {"page": page, "first": slug == FIRST})


@guard()
def help_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """A picture of the guide: it changes with the release."""
    path = PICTURES / f"{slug}.webp"
    if path not in PICTURES.glob("*.webp"):
        raise Http404
    answer = HttpResponse(path.read_bytes(), content_type="image/webp")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer
