"""What materials tell the rooms below: files that count for quotas."""

from traektoria.core.installation.sources import Attached, attached
from traektoria.events.event.models import EventMaterial

attached.add(Attached("events.materials", 33, EventMaterial, "by", ("event__centre",)))
