"""Criteria of the status: a tree of thresholds, documents and judged criteria joined by «all», «any», «at least».

Whether a candidate meets them is worked out by ``traektoria.engines.criteria`` from findings by slug.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from traektoria.organisations.regulations.parts import FieldLook, Named, Optional, Part, Text


class Fact(StrEnum):
    """What the system computes about a person itself."""

    REGION_SERVICE = "region_service"  # full years of work at schools of the centre's region
    SERVICE = "service"  # full years of teaching altogether
    MUNICIPALITY_SERVICE = "municipality_service"  # full years of work at schools of the municipality
    CATEGORY = "category"  # 0 none or conformity, 1 first, 2 highest


class Paper(StrEnum):
    """What kind of document shows that a criterion is met."""

    DIPLOMA = "diploma"
    TRAINING = "training"
    OTHER = "other"


class Descriptor(Part):
    """What a number of points means, so that experts judge alike."""

    points: Annotated[int, Field(ge=0, le=100), FieldLook(_("Points"))]
    text: Annotated[Text, FieldLook(_("What it looks like"), lines=2)]


class _Criterion(Named):
    hint: Annotated[Optional, FieldLook(_("Hint for the candidate"), lines=2)] = ""
    source: Annotated[Optional, FieldLook(_("Where the regulation says so"))] = ""


class Threshold(_Criterion):
    """A computed fact that must reach a number."""

    kind: Literal["threshold"] = "threshold"
    fact: Annotated[Fact, FieldLook(_("What is counted"))]
    at_least: Annotated[float, Field(ge=0, le=100), FieldLook(_("At least"))]


class Document(_Criterion):
    """A document that the candidate attaches and the secretary looks at."""

    kind: Literal["document"] = "document"
    document: Annotated[Paper, FieldLook(_("Kind of document"))]


class Judged(_Criterion):
    """A criterion on which each member of the commission gives points by the descriptors."""

    kind: Literal["judged"] = "judged"
    descriptors: Annotated[tuple[Descriptor, ...], Field(min_length=2, max_length=11)]
    pass_points: Annotated[float, Field(ge=0, le=100), FieldLook(_("Met from this mean number of points"))]

    @property
    def most(self) -> int:
        return max(one.points for one in self.descriptors)

    @model_validator(mode="after")
    def _scale(self) -> Self:
        points = [one.points for one in self.descriptors]
        if points != sorted(set(points)):
            raise ValueError("descriptors_order")
        if self.pass_points > points[-1]:
            raise ValueError("pass_points_above_scale")
        return self


class Group(_Criterion):
    """``all`` of the criteria, ``any`` of them, or ``at_least`` a number of them."""

    kind: Literal["group"] = "group"
    rule: Annotated[Literal["all", "any", "at_least"], FieldLook(_("How they are joined"))] = "all"
    number: Annotated[int, Field(ge=1, le=50), FieldLook(_("How many"))] = 1
    of: Annotated[tuple["Criterion", ...], Field(max_length=50)] = ()

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if self.rule == "at_least" and self.number > sum(not one.archived for one in self.of):
            raise ValueError("group_number")
        return self


Criterion = Annotated[Threshold | Document | Judged | Group, Field(discriminator="kind")]
Leaf = Threshold | Document | Judged
Group.model_rebuild()


def walk(node: Group | Leaf, *, archived: bool = False) -> Iterator[Group | Leaf]:
    """The criterion and all below it, top down; archived ones (with what is below them) only when asked for."""
    if node.archived and not archived:
        return
    yield node
    if isinstance(node, Group):
        for one in node.of:
            yield from walk(one, archived=archived)


def leaves(node: Group | Leaf) -> list[Leaf]:
    """The criteria in force that are met or not by themselves, in order."""
    return [one for one in walk(node) if not isinstance(one, Group)]
