"""What Open Badges 3.0 asks of a credential that is signed as a JWT: the facts of its JSON schema for
AchievementCredential and of its vocabulary, written down by hand, so that no test asks the network.

Source: 1EdTech, Open Badges 3.0, JSON schema «ob_v3p0_achievementcredential_schema»; by the context 3.0.3 a credential
begins with ``validFrom`` (Verifiable Credentials 2.0), where the schema of 3.0 had ``issuanceDate``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

_IDENTITIES = """
name sourcedId systemId productId userName accountId emailAddress nationalIdentityNumber isbn issn lisSourcedId
oneRosterSourcedId sisSourcedId ltiContextId ltiDeploymentId ltiToolId ltiPlatformId ltiUserId identifier
"""
_ACHIEVEMENTS = """
Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge BachelorDegree Certificate
CertificateOfCompletion Certification CommunityService Competency Course CoCurricular Degree Diploma DoctoralDegree
Fieldwork GeneralEducationDevelopment JourneymanCertificate LearningProgram License Membership ProfessionalDoctorate
QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential ResearchDoctorate SecondarySchoolDiploma
"""
IDENTITY_TYPES, ACHIEVEMENT_TYPES = set(_IDENTITIES.split()), set(_ACHIEVEMENTS.split())


@dataclass(frozen=True)
class Shape:
    """``required`` keys; ``types`` that ``type`` names; ``only``: no other keys; ``words``: of a closed vocabulary."""

    required: set[str]
    types: set[str] = field(default_factory=set)
    only: set[str] | None = None
    words: dict[str, set[str]] = field(default_factory=dict)


IDENTITY = {"type", "hashed", "identityHash", "identityType"}
SHAPES = {
    "credential": Shape(
        {"@context", "id", "type", "name", "credentialSubject", "issuer", "validFrom"},
        {"VerifiableCredential", "OpenBadgeCredential"},
    ),
    "issuer": Shape({"id", "type"}, {"Profile"}),
    "credentialSubject": Shape({"type", "achievement", "identifier"}, {"AchievementSubject"}),
    "achievement": Shape(
        {"id", "type", "criteria", "description", "name"}, {"Achievement"},
        words={"achievementType": ACHIEVEMENT_TYPES},
    ),
    "identifier": Shape(IDENTITY, {"IdentityObject"}, IDENTITY | {"salt"}, {"identityType": IDENTITY_TYPES}),
    "evidence": Shape({"type"}, {"Evidence"}),
    "credentialStatus": Shape({"id", "type"}),
    "credentialSchema": Shape({"id", "type"}, {"1EdTechJsonSchemaValidator2019"}),
}  # fmt: skip


def parts_of(credential: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each part that has a shape, with the name of its shape."""
    waiting: list[tuple[str, Any]] = [("credential", credential)]
    while waiting:
        name, part = waiting.pop()
        for one in part if isinstance(part, list) else [part]:
            yield name, one
            waiting += [(key, inner) for key, inner in one.items() if key in SHAPES]


def faults_of(credential: dict[str, Any]) -> list[str]:
    """In words; none where it is as the vocabulary says."""
    found = [fault for name, part in parts_of(credential) for fault in _faults(name, part, SHAPES[name])]
    if list(credential.get("@context", []))[:1] != ["https://www.w3.org/ns/credentials/v2"]:
        found.append("@context: the first is of Verifiable Credentials 2.0")
    if not any("/spec/ob/v3p0/context" in str(one) for one in credential.get("@context", [])):
        found.append("@context: none of Open Badges 3.0")
    if "validFrom" in credential and datetime.fromisoformat(credential["validFrom"]).tzinfo is None:
        found.append("validFrom: without a time zone")
    return found


def _faults(name: str, part: dict[str, Any], shape: Shape) -> Iterator[str]:
    yield from (f"{name}: no {key}" for key in sorted(shape.required - part.keys()))
    if shape.only is not None:
        yield from (f"{name}: {key} is not known" for key in sorted(part.keys() - shape.only))
    said = part.get("type", [])
    if missing := shape.types - {*([said] if isinstance(said, str) else said)}:
        yield f"{name}: is no {', '.join(sorted(missing))}"
    yield from (
        f"{name}: {key} is {part[key]}"
        for key, words in shape.words.items()
        if key in part and part[key] not in words and not part[key].startswith("ext:")
    )
