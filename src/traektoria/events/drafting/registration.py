"""What drafting tells the sub-room of events: of what one can be made."""

from traektoria.events.drafting import letters as letters
from traektoria.events.drafting import school_requests as school_requests
from traektoria.events.drafting import sources as sources
