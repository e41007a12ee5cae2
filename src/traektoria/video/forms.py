"""The form of a centre's video server, and of a link by hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.video.enums import ServerKind
from traektoria.video.models import ADDRESS_LENGTH, LINK_LENGTH


class ConnectionForm(forms.Form):
    """The secret is written and never shown: an empty field leaves it as it is."""

    server = forms.ChoiceField(label=_("Server"), choices=ServerKind.choices)
    address = forms.CharField(
        label=_("Address of the server"), max_length=ADDRESS_LENGTH,
        help_text=_("For example https://meet.example.org/, of BigBlueButton https://bbb.example.org/bigbluebutton/"),
    )  # fmt: skip
    app = forms.CharField(
        label=_("Application"), required=False, max_length=100,
        help_text=_("Only for a Jitsi that asks for tokens: its «app_id»."),
    )  # fmt: skip
    secret = forms.CharField(
        label=_("Secret"), required=False, max_length=200, strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    record = forms.BooleanField(
        label=_("Who leads a meeting may record it"), required=False,
        help_text=_("Only BigBlueButton; whoever is there sees that it is recorded."),
    )  # fmt: skip

    def __init__(self, *args: Any, has_secret: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["secret"].help_text = (
            _("A secret is kept; it is shown to nobody. Leave the field empty to keep it, write another to change it.")
            if has_secret
            else _("Of BigBlueButton always, of Jitsi if it asks for tokens. It is shown to nobody afterwards.")
        )


class LinkForm(forms.Form):
    """Empty: the meeting is held by the centre's server."""

    link = forms.CharField(
        label=_("Link to the meeting"), required=False, max_length=LINK_LENGTH,
        help_text=_("Copied from any service. Empty: by the centre's server, if there is one."),
    )  # fmt: skip
