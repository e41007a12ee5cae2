"""The signed sheet of a date, photographed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from traektoria.events.event.models import EventDate
from traektoria.people.models import Person


class SheetPhoto(models.Model):
    """A photo of the paper that was signed: what shows that they were there. Drawn anew, without place and device;
    ``sha256`` is of what was sent, so that the same photo is kept once."""

    drawn_anew = True
    date = models.ForeignKey(EventDate, on_delete=models.PROTECT, related_name="sheet_photos")
    sha256 = models.CharField(max_length=64, editable=False)
    file = models.FileField(_("photo"), upload_to="events/%Y/%m")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("photo of a signed sheet")
        constraints = [models.UniqueConstraint(fields=["date", "sha256"], name="sheet_photo_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.at)

    @property
    def centre_id(self) -> int:
        return self.date.event.centre_id
