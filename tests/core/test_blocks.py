"""A name that a block of a page sets («{% url … as back %}») is gone after that block: another must set its own."""

import re
from pathlib import Path

import traektoria

TEMPLATES = Path(traektoria.__file__).parent / "templates"
BLOCK = re.compile(r"\{% block (\w+) %\}(.*?)\{% endblock(?: \w+)? %\}", re.S)
NAMED = re.compile(r"\bas(?:var)? (\w+)(?= %\}| )")
WORDS = re.compile(r'(?<=trans )"[^"]*"')
LOOP = re.compile(r"\{% for ([\w, ]+) in ")
TAG = re.compile(r"\{(?:% *\w+|\{)(.*?)[%}]\}", re.S)


def names_used(block: str) -> set[str]:
    """Names in tags that are read there: no words in quotes, no keys, no filters, no attributes, none just set."""
    tags = [re.sub(r'"[^"]*"', '""', tag) for tag in TAG.findall(block)]
    return {name for tag in tags for name in re.findall(r"(?<![\w.|])(?<!as )(?<!asvar )(\w+)\b(?!=)", tag)}


def names_set(block: str) -> set[str]:
    """Names that tags of the block set; what only reads so in a translated sentence is none."""
    return {*NAMED.findall(WORDS.sub("", block)), *", ".join(LOOP.findall(block)).split(", ")}


def foreign_names(page: str) -> set[str]:
    blocks = dict(BLOCK.findall(page))
    have = {
        name: {*NAMED.findall(WORDS.sub("", text)), *", ".join(LOOP.findall(text)).split(", ")}
        for name, text in blocks.items()
    }
    elsewhere = {name: set().union(*(have[other] for other in have if other != name)) for name in blocks}
    return {found for name, text in blocks.items() for found in names_used(text) & elsewhere[name] - have[name]}


def test_no_block_counts_on_the_names_of_another() -> None:
    pages = {
        path.relative_to(TEMPLATES).as_posix(): foreign_names(path.read_text()) for path in TEMPLATES.rglob("*.html")
    }
    assert {page: names for page, names in pages.items() if names} == {}


def test_the_check_sees_such_a_name() -> None:
    page = '{% block a %}{% url "x" as back %}{% endblock %}{% block b %}{% link_button back _("y") %}{% endblock %}'
    assert foreign_names(page) == {"back"}
    assert foreign_names(page.replace("link_button back", 'url "x" as back %}{% link_button back')) == set()
