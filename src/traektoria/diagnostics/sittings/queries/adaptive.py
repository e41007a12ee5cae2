"""What an adaptive sitting has behind it: points so far, and items that enough people have met."""

from django.db.models import Count

from traektoria.diagnostics.campaigns.models import CampaignPart
from traektoria.diagnostics.instruments.queries.forms import Form
from traektoria.diagnostics.sittings.models import Answer, Sitting
from traektoria.engines.adaptive import AdaptiveAnswer as Points
from traektoria.engines.adaptive import AdaptiveRules
from traektoria.engines.adaptive.rules import closed_items


def points_of(sitting: Sitting, form: Form) -> list[Points]:
    """What was answered so far, in its order: 1 for the full points, 0 for less."""
    rows = Answer.objects.filter(sitting=sitting, sequence__gt=0).order_by("sequence")
    return [Points(str(row.form_item_id), int(row.score == form.by_pk[row.form_item_id].max_score)) for row in rows]


def closed_of(part: CampaignPart, rules: AdaptiveRules) -> frozenset[str]:
    """Items that enough people of this part have met. Two queries."""
    asked = Answer.objects.filter(sitting__part=part).order_by().values_list("form_item").annotate(n=Count("pk"))
    used = {str(item): number for item, number in asked}
    begun = Sitting.objects.filter(part=part).exclude(state="new").count()
    return closed_items(used, begun, rules)
