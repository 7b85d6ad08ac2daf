"""What is outstanding, and whose it is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from ita.measures import Acceptance, Measure, Status
from ita.outstanding import Why, belongs_to, outstanding
from tests.ita.made import measure

TODAY = date(2025, 3, 1)


def _due(
    days: int,
    *,
    reported: bool = True,
    status: Status = Status.IN_PROGRESS,
    acceptance: Acceptance | None = None,
) -> Measure:
    end = TODAY + timedelta(days)
    return measure(end=end, reported=reported, status=status, acceptance=acceptance)


RETURNED = Acceptance.RETURNED


@pytest.mark.parametrize(
    ("one", "why", "days_left"),
    [
        (_due(-1), Why.OVERDUE, -1),
        (_due(-1, reported=False), Why.OVERDUE, -1),
        (_due(0), Why.NEAR_DUE, 0),
        (_due(30), Why.NEAR_DUE, 30),
        (_due(31, reported=False, status=Status.NOT_STARTED), Why.NEVER_REPORTED, 31),
        (measure(), Why.NEVER_REPORTED, None),
        (_due(90, acceptance=RETURNED), Why.RETURNED, 90),
        (_due(30, acceptance=RETURNED), Why.NEAR_DUE, 30),
        (_due(-1, acceptance=RETURNED), Why.OVERDUE, -1),
        (_due(-5, status=Status.AWAITING_ACCEPTANCE), Why.AWAITING_ACCEPTANCE, -5),
        (_due(90, status=Status.AWAITING_ACCEPTANCE), Why.AWAITING_ACCEPTANCE, 90),
    ],
)
def test_why_a_measure_is_outstanding(one: Measure, why: Why, days_left: int | None) -> None:
    (item,) = outstanding([one], TODAY)
    assert (item.why, item.days_left) == (why, days_left)


@pytest.mark.parametrize(
    "one",
    [
        _due(-100, status=Status.DONE),
        _due(0, status=Status.DONE),
        _due(31),
        measure(reported=True, status=Status.IN_PROGRESS),
        measure(output="ทำแล้วตามรายงานเดิม", status=Status.IN_PROGRESS),
    ],
)
def test_what_is_not_outstanding(one: Measure) -> None:
    assert outstanding([one], TODAY) == ()


def test_the_worst_comes_first() -> None:
    measures = [
        measure(1, end=TODAY + timedelta(90)),
        measure(2, status=Status.AWAITING_ACCEPTANCE),
        measure(3, end=TODAY + timedelta(10)),
        measure(4, end=TODAY - timedelta(2)),
        measure(5, end=TODAY - timedelta(40)),
        measure(6),
        measure(7, end=TODAY + timedelta(3)),
        measure(8, reported=True, status=Status.IN_PROGRESS, acceptance=RETURNED),
    ]
    numbers = [item.measure.number for item in outstanding(measures, TODAY)]
    assert numbers == [5, 4, 7, 3, 8, 1, 6, 2]


def test_of_what_is_due_together_the_most_worth_comes_first() -> None:
    measures = [measure(number, end=TODAY + timedelta(5)) for number in (1, 2, 3)]
    measures.append(measure(4, end=TODAY + timedelta(4)))
    worths = {2: Decimal("0.5"), 3: Decimal(2)}
    found = outstanding(measures, TODAY, worths)
    assert [(item.measure.number, item.worth) for item in found] == [
        (4, 0), (3, Decimal(2)), (2, Decimal("0.5")), (1, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("measure_unit", "units"),
    [
        ("กองคลัง", ["กองคลัง"]),
        (" กอง คลัง ", ["กองคลัง"]),
        ("ทุกส่วนราชการ", ["กองช่าง"]),
        ("เจ้าหน้าที่ประชาสัมพันธ์/ทุกส่วนราชการ", ["กองช่าง"]),
        ("งาน ประชาสัมพันธ์ สำนักปลัด", ["สำนักปลัด"]),
        ("งาน ประชาสัมพันธ์ สำนักปลัด", ["สำนักปลัดเทศบาล"]),
        ("งานประชาสัมพันธ์ สำนักปลัด", ["งานประชาสัมพันธ์"]),
        ("สำนักปลัดเทศบาล", ["สำนักปลัด"]),
        ("สำนักงานปลัด อบต.", ["สำนักปลัด"]),
        ("สำนักปลัดองค์การบริหารส่วนตำบลดงเมือง", ["สํานักปลัด"]),
        ("กองคลัง, สำนักปลัด", ["กองคลัง"]),
        ("กองคลัง, สำนักปลัด", ["สำนักปลัด"]),
        ("กองคลัง และสำนักปลัด", ["สำนักปลัด"]),
        ("กองคลัง กองช่าง", ["กองช่าง"]),
        ("คณะกรรมการ และกองคลัง", ["กองคลัง"]),
        ("งานนิติการ / สำนักปลัด", ["งานนิติการ"]),
        ("กองยุทธศาสตร์และงบประมาณ", ["กองยุทธศาสตร์และงบประมาณ"]),
    ],
)
def test_units_that_a_measure_belongs_to(measure_unit: str, units: list[str]) -> None:
    assert belongs_to(measure_unit, units)


@pytest.mark.parametrize(
    ("measure_unit", "units"),
    [
        ("กองคลัง", ["กองช่าง", "สำนักปลัด"]),
        ("กองคลัง", []),
        ("กองคลัง", [""]),
        ("", ["กองคลัง"]),
        ("กองช่างสุขาภิบาล", ["กองช่าง"]),
        ("สำนักปลัด", ["งานประชาสัมพันธ์"]),
        ("กองยุทธศาสตร์และงบประมาณ", ["กองยุทธศาสตร์"]),
    ],
)
def test_units_that_it_does_not_belong_to(measure_unit: str, units: list[str]) -> None:
    assert not belongs_to(measure_unit, units)
