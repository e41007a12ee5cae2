"""Who may open what in the room: a module for each of its parts."""

from tests.diagnostics.bank_matrix import BANK_ENTRIES, prepare_bank
from tests.diagnostics.campaign_matrix import CAMPAIGN_ENTRIES, prepare_campaigns
from tests.diagnostics.findings_matrix import FINDINGS_ENTRIES, prepare_findings
from tests.diagnostics.hypothesis_matrix import HYPOTHESIS_ENTRIES, prepare_hypotheses
from tests.diagnostics.instrument_matrix import INSTRUMENT_ENTRIES, prepare_instruments
from tests.diagnostics.protocol_matrix import PROTOCOL_ENTRIES, prepare_protocols
from tests.diagnostics.sitting_matrix import SITTING_ENTRIES, prepare_sittings
from tests.world import World

ENTRIES = {
    **HYPOTHESIS_ENTRIES,
    **BANK_ENTRIES,
    **CAMPAIGN_ENTRIES,
    **FINDINGS_ENTRIES,
    **INSTRUMENT_ENTRIES,
    **PROTOCOL_ENTRIES,
    **SITTING_ENTRIES,
}


def prepare(world: World) -> None:
    prepare_hypotheses(world)
    prepare_bank(world)
    prepare_campaigns(world)
    prepare_findings(world)
    prepare_instruments(world)
    prepare_protocols(world)
    prepare_sittings(world)
