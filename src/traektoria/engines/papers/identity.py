"""What a paper is known by: the digest of what it says, and the name of its file."""

import hashlib
import json
from dataclasses import asdict, replace
from typing import Any

from .model import Paper
from .typography import safe_name

#: Fields that came later count only where they say something, so that papers signed before keep their code.
_LATER = {"edition": "", "ruled": False}


def content_digest(paper: Paper) -> str:
    """SHA-256 (hex) of what the paper says, without the code by which it is verified and the name of its file."""
    content = asdict(replace(paper, verification_code="", verify_url="", file_name=""), dict_factory=_content)
    return hashlib.sha256(json.dumps(content, default=str, sort_keys=True).encode()).hexdigest()


def _content(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in fields if name not in _LATER or value != _LATER[name]}


def file_stem(paper: Paper) -> str:
    """A file name without extension, safe on every system: «Приказ № 12 о назначении тьютора»."""
    return safe_name(paper.file_name, 100, also="№,()«»") or safe_name(paper.kind, 100, also="_") or "paper"
