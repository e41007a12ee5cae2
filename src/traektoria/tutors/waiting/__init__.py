"""Who waits because of which objects of the room (``core.waiting``): one module a subject."""
