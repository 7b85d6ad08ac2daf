"""Every request that `spreadsheets.batchUpdate` does here; one not in this table gets 501."""

from collections.abc import Callable

from sandbox.google.edit import Edit
from sandbox.google.requests import (
    arranging,
    dimensions,
    fences,
    marks,
    objects,
    pasting,
    sheets,
    writing,
)
from sandbox.google.schema import Json

ROUTES: dict[str, Callable[[Edit, Json], Json]] = {
    # the spreadsheet and its tabs
    "updateSpreadsheetProperties": sheets.update_spreadsheet_properties,
    "addSheet": sheets.add_sheet,
    "deleteSheet": sheets.delete_sheet,
    "duplicateSheet": sheets.duplicate_sheet,
    "updateSheetProperties": sheets.update_sheet_properties,
    # rows and columns
    "insertDimension": dimensions.insert_dimension,
    "deleteDimension": dimensions.delete_dimension,
    "moveDimension": dimensions.move_dimension,
    "appendDimension": dimensions.append_dimension,
    "updateDimensionProperties": dimensions.update_dimension_properties,
    "autoResizeDimensions": dimensions.auto_resize_dimensions,
    "addDimensionGroup": dimensions.add_dimension_group,
    "deleteDimensionGroup": dimensions.delete_dimension_group,
    "updateDimensionGroup": dimensions.update_dimension_group,
    # cells
    "updateCells": writing.update_cells,
    "repeatCell": writing.repeat_cell,
    "appendCells": writing.append_cells,
    "setDataValidation": writing.set_data_validation,
    "updateBorders": writing.update_borders,
    "copyPaste": pasting.copy_paste,
    "cutPaste": pasting.cut_paste,
    "pasteData": pasting.paste_data,
    "insertRange": pasting.insert_range,
    "deleteRange": pasting.delete_range,
    "sortRange": arranging.sort_range,
    "findReplace": arranging.find_replace,
    "trimWhitespace": arranging.trim_whitespace,
    "deleteDuplicates": arranging.delete_duplicates,
    "textToColumns": arranging.text_to_columns,
    # developer metadata
    "createDeveloperMetadata": marks.create_developer_metadata,
    "updateDeveloperMetadata": marks.update_developer_metadata,
    "deleteDeveloperMetadata": marks.delete_developer_metadata,
    # what hangs on a tab
    "addProtectedRange": fences.add_protected_range,
    "updateProtectedRange": fences.update_protected_range,
    "deleteProtectedRange": fences.delete_protected_range,
    "addNamedRange": fences.add_named_range,
    "updateNamedRange": fences.update_named_range,
    "deleteNamedRange": fences.delete_named_range,
    "mergeCells": objects.merge_cells,
    "unmergeCells": objects.unmerge_cells,
    "setBasicFilter": objects.set_basic_filter,
    "clearBasicFilter": objects.clear_basic_filter,
    "addFilterView": objects.adder("filterViews", "filter", "filterViewId"),
    "updateFilterView": objects.updater("filterViews", "filter", "filterViewId", "FilterView"),
    "deleteFilterView": objects.deleter("filterViews", "filterViewId", "filterId"),
    "duplicateFilterView": objects.duplicate_filter_view,
    "addConditionalFormatRule": objects.add_conditional_format_rule,
    "updateConditionalFormatRule": objects.update_conditional_format_rule,
    "deleteConditionalFormatRule": objects.delete_conditional_format_rule,
    "addBanding": objects.adder("bandedRanges", "bandedRange", "bandedRangeId"),
    "updateBanding": objects.updater("bandedRanges", "bandedRange", "bandedRangeId", "BandedRange"),
    "deleteBanding": objects.deleter("bandedRanges", "bandedRangeId", "bandedRangeId"),
    "addChart": objects.add_chart,
    "updateChartSpec": objects.update_chart_spec,
    "deleteEmbeddedObject": objects.deleter("charts", "chartId", "objectId"),
}
