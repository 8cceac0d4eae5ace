"""Everything that writes places: loading a source, working areas, what became of an area."""

from buurtdraad.places.actions.changes import save_changes
from buurtdraad.places.actions.load import Report, load
from buurtdraad.places.actions.working_areas import NotAWorkingArea, make_working_area

__all__ = ["NotAWorkingArea", "Report", "load", "make_working_area", "save_changes"]
