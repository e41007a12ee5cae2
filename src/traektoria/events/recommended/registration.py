"""What recommendations tell the rooms below: a button beside an item of a route."""

from traektoria.events.recommended.item_link import beside_items, of_item
from traektoria.routes.route.registries import ItemLink, item_links

item_links.add(ItemLink("events.recommended", 18, of_item, beside_items))
