"""What exports tell the rooms below: lists that the worker can make."""

from traektoria.events.exports import errands as errands
