"""The criteria of the ITA by fiscal year: facts in `criteria_data/<year>.toml`, checked at load.

What a year's sources leave open is absent from its file and named in its `unverified`. An agency
may put facts of its own over a year's: `agency_criteria`.
"""

from ita.criteria.facts import (
    Criteria,
    Indicator,
    Instrument,
    Item,
    Level,
    Milestone,
    NoCriteria,
    NotPublished,
    SubIndicator,
)
from ita.criteria.overrides import Override, agency_criteria, overridden
from ita.criteria.reading import CriteriaError, criteria_for, read_criteria

__all__ = [
    "Criteria",
    "CriteriaError",
    "Indicator",
    "Instrument",
    "Item",
    "Level",
    "Milestone",
    "NoCriteria",
    "NotPublished",
    "Override",
    "SubIndicator",
    "agency_criteria",
    "criteria_for",
    "overridden",
    "read_criteria",
]
