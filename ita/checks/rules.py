"""The rules, in the order in which their findings are told where they weigh the same."""

from collections.abc import Callable, Iterator

from ita.checks import (
    announced,
    copies,
    cut,
    doubts,
    evidence,
    instruments,
    items,
    levels,
    lists,
    markup,
    missing,
    names,
    scanned,
)
from ita.checks.finding import Finding
from ita.checks.subject import Subject

RULES: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    doubts.reader_doubts,
    names.other_agency,
    names.districts,
    names.people,
    announced.announced_measures,
    missing.missing_results,
    missing.overdue,
    missing.missing_evidence,
    evidence.evidence_outside_year,
    copies.copied_cells,
    copies.same_output_and_outcome,
    cut.cut_cells,
    lists.skipped_points,
    items.unknown_items,
    levels.levels,
    levels.passes,
    levels.pass_marks,
    instruments.wrong_instruments,
    instruments.unknown_parts,
    scanned.impossible_figures,
    scanned.foreign_letters,
    markup.html_remains,
)
