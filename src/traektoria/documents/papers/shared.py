"""What all official papers share: their language, days, names of persons in cases."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import ParamSpec, TypeVar

from django.utils import translation

from traektoria.engines.papers.typography import long_date

Given = ParamSpec("Given")
Made = TypeVar("Made")


def in_russian(make: Callable[Given, Made]) -> Callable[Given, Made]:
    """Papers are Russian whatever the language of the one who prints them."""

    @wraps(make)
    def made(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        with translation.override("ru"):
            return make(*args, **kwargs)

    return made


def day_in_words(day: date) -> str:
    """«5 сентября 2026 г.»"""
    return long_date(day)
