"""What drafting tells the sub-room of events: of what one can be made."""

from traektoria.events.drafting import answering as answering
from traektoria.events.drafting import letters as letters
from traektoria.events.drafting import sources as sources
