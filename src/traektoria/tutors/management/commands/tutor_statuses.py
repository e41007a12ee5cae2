"""``traektoria tutor_statuses``: every day from cron, ends the statuses whose term is over and sends reminders."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from traektoria.tutors.actions.reminders import keep_statuses


class Command(BaseCommand):
    help = "Ends tutors' statuses whose term is over and reminds of those that end soon. Run daily; twice does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = keep_statuses(today=timezone.localdate())
        self.stdout.write(f"ended: {outcome.ended}, reminded: {outcome.reminded}")
        if outcome.printed:
            self.stdout.write(
                f"only printed: {outcome.printed}. Mail is not set up (TRAEKTORIA_MAIL_HOST): "
                "nobody got these reminders, so they are not marked as sent"
            )
        if outcome.failed:
            raise CommandError(f"{outcome.failed} reminders could not be sent; they are tried again next time")
