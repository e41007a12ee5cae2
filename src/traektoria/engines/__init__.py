"""Pure computing: no Django, no clock, no network.

Engines take and return frozen dataclasses or arrays. They never word a sentence for a user: they raise or return
stable codes with parameters, and the room above puts them into Russian.
"""
