"""The judge of the stand-in's answers can say no."""

from typing import Any

import pytest

from tests.sandbox.google.stage import misfits, must_fit

GOOD = {
    "spreadsheetId": "x",
    "sheets": [{"properties": {"sheetId": 1, "title": "ก", "sheetType": "GRID", "hidden": False}}],
}
WRONG: list[tuple[Any, str]] = [
    ({"spreadsheetId": 1}, ".spreadsheetId: 1 is no string"),
    ({"sheets": {}}, ".sheets: {} is no array"),
    ({"sheets": [{"properties": {"sheetId": True}}]}, "True is no integer"),
    ({"sheets": [{"properties": {"sheetType": "TABLE"}}]}, "'TABLE' is none of"),
    ({"sheets": [{"data": [{"rowData": [{"cells": []}]}]}]}, ".rowData[0].cells is unknown"),
]


def test_a_right_answer_fits() -> None:
    must_fit(GOOD, "Spreadsheet")


@pytest.mark.parametrize(("answer", "says"), WRONG)
def test_a_wrong_answer_does_not(answer: Any, says: str) -> None:
    (found,) = misfits(answer, {"$ref": "Spreadsheet"})
    assert says in found
