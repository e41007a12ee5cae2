"""What the room routes tells the rooms below (core registries)."""

import traektoria.routes.categories.registration
import traektoria.routes.groups.registration
import traektoria.routes.groups.waiting
import traektoria.routes.needs.registration
import traektoria.routes.needs.waiting
import traektoria.routes.personal_data
import traektoria.routes.route.errands
import traektoria.routes.route.registration
import traektoria.routes.route.waiting.items
import traektoria.routes.route.waiting.routes
import traektoria.routes.supports.registration
import traektoria.routes.supports.search
import traektoria.routes.supports.waiting.supports
import traektoria.routes.supports.waiting.tutees  # noqa: F401
