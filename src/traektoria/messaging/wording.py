"""A letter as it is read: plain text that needs nothing else, and the same with a button."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.messaging import unsubscribe_links
from traektoria.messaging.channels import Attachment, Parcel
from traektoria.messaging.invitations import attached
from traektoria.messaging.kinds import MessageKind, Reader, Told
from traektoria.messaging.models import Message


@dataclass(frozen=True)
class Letter:
    """``link`` is empty where the installation does not know its address; ``leave`` where nobody may unsubscribe."""

    subject: str
    sentences: tuple[str, ...]
    action: str
    link: str
    why: str
    settings_link: str
    leave: str
    mandatory: bool
    attachments: tuple[Attachment, ...] = ()

    @property
    def text(self) -> str:
        parts = [_("Good day!"), *self.sentences]
        if self.attachments:
            parts.append(self.of_the_file)
        parts.append(f"{self.action}:\n{self.link}" if self.link else _("Open Traektoria: it stands on «My day»."))
        foot = [f"-- \n{_('Why you get this letter:')} {self.why}"]
        if self.mandatory:
            foot.append(_("Letters about the password and signing in always come: they guard your account."))
        elif self.settings_link:
            foot.append(_("Which letters come, and when: %(link)s") % {"link": self.settings_link})
        if self.leave:
            foot.append(_("No more letters of this kind: %(link)s") % {"link": self.leave})
        return "\n\n".join([*parts, "\n".join(foot)]) + "\n"

    @property
    def of_the_file(self) -> str:
        """What the attached file does; the same for one that takes a time out."""
        return _("Open the attached file: your calendar takes the change in.") if self.attachments else ""

    @property
    def html(self) -> str:
        return render_to_string("messaging/letter.html", {"letter": self})

    @property
    def headers(self) -> dict[str, str]:
        """One click in the mail program (RFC 8058)."""
        if not self.leave:
            return {}
        return {"List-Unsubscribe": f"<{self.leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}

    def parcel(self, key: str, to: str) -> Parcel:
        return Parcel(key, to, self.subject, self.text, self.html, self.headers, self.attachments)


def letter(kind: MessageKind, told: Told, reader: Reader, site: str = "") -> Letter:
    """One message as a letter."""
    site = site or settings.ADDRESS
    may_leave = site and not kind.mandatory and reader.person_id is not None
    return Letter(
        subject=told.subject,
        sentences=told.sentences,
        action=told.action,
        link=site + told.path if site else "",
        why=str(kind.why),
        settings_link=_settings_link(site),
        leave=unsubscribe_links.link(reader.person_id or 0, [kind.slug], site) if may_leave else "",
        mandatory=kind.mandatory,
        attachments=attached([told.invitation], reader),
    )


def digest(several: Sequence[tuple[MessageKind, Told]], reader: Reader, *, weekly: bool) -> Letter:
    """Several messages as one letter: a line each, one button. Its one click switches off all kinds in it."""
    site = settings.ADDRESS
    slugs = dict.fromkeys(kind.slug for kind, _told in several)
    sentences = tuple(f"• {' '.join(told.sentences)}" for _kind, told in several)
    whys = dict.fromkeys(str(kind.why) for kind, _told in several)
    return Letter(
        subject=_("Traektoria: what is new this week") if weekly else _("Traektoria: what is new today"),
        sentences=sentences,
        action=_("Open «My day»"),
        link=f"{site}/" if site else "",
        why=" ".join(whys),
        settings_link=_settings_link(site),
        leave=unsubscribe_links.link(reader.person_id or 0, slugs, site) if site else "",
        mandatory=False,
        attachments=attached([told.invitation for _kind, told in several], reader),
    )


def key_of(message: Message) -> str:
    return _key(f"m{message.pk}.{int(message.made_at.timestamp())}.{message.version}")


def key_of_digest(person_id: int, period: str) -> str:
    return _key(f"d{person_id}.{period.replace(':', '.')}")


def _key(what: str) -> str:
    host = settings.ADDRESS.partition("//")[2].partition(":")[0] or "traektoria.localhost"
    return f"<{what}@{host}>"


def _settings_link(site: str) -> str:
    return site + reverse("messaging:settings") if site else ""
