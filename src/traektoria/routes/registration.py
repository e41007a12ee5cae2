"""What the room routes tells the rooms below (core registries)."""

from traektoria.routes import need_registration, route_registration, support_registration  # noqa: F401
