"""All that is done with spoken notes, piles and tables."""

from buurtdraad.agendas.ways_in.actions.importing import Imported, import_wishes
from buurtdraad.agendas.ways_in.actions.meetings import import_meetings, undo_meetings
from buurtdraad.agendas.ways_in.actions.pile import EnteredBefore, Sheet, enter
from buurtdraad.agendas.ways_in.actions.speaking import drop, speak, sweep, write_down
from buurtdraad.agendas.ways_in.actions.undoing import NotTakenBack, take_back, undo

__all__ = [
    "EnteredBefore",
    "Imported",
    "NotTakenBack",
    "Sheet",
    "drop",
    "enter",
    "import_meetings",
    "import_wishes",
    "speak",
    "sweep",
    "take_back",
    "undo",
    "undo_meetings",
    "write_down",
]
