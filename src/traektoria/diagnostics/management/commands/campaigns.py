"""``traektoria campaigns``: every hour from cron, closes diagnostics whose window is over, reminds and forgets."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from traektoria.diagnostics.actions.campaigns import close_due
from traektoria.diagnostics.actions.forgetting import forget_old
from traektoria.diagnostics.actions.reminding import remind_before_the_end


class Command(BaseCommand):
    help = (
        "Closes diagnostics whose window and minutes for late answers are over, reminds three days before the end and "
        "sends waiting letters, erases answers that were kept long enough. Run hourly; twice does no harm."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        closed, letters, forgotten = close_due(), remind_before_the_end(now), forget_old(now)
        self.stdout.write(f"closed: {closed}, letters: {letters.sent}, answers erased in: {forgotten}")
        if letters.printed:
            self.stdout.write(
                f"letters that wait: {letters.printed}. Mail is not set up (TRAEKTORIA_MAIL_HOST): "
                "people see the reminder on «My day» only"
            )
        if letters.failed:
            raise CommandError(f"{letters.failed} letters could not be sent; they are tried again next time")
