"""The published reports themselves: every defect that the notes name, and no other finding."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita.agency import Agency
from ita.checks import Finding, Severity
from ita.tables import UnreadableTable
from tests.ita.reports import AGENCY, checked

PATHUMRAT = "000_b022a820d0604ae2.txt"
DONGMUANG = "002_cd183b99c7d21b1c.txt"
CHATTURAT = "003_04e3c4b60f406543.txt"
SEEDS = (PATHUMRAT, DONGMUANG, CHATTURAT)
OF_DONGMUANG = Agency(
    "dongmuang", "องค์การบริหารส่วนตำบลดงเมือง", "อบต.ดงเมือง", "ยางสีสุราช", "มหาสารคาม", 2568
)


def _text(shared: Path, name: str) -> str:
    file = shared / "seeds" / name
    if not file.is_file():
        pytest.skip(f"needs ../shared/seeds/{name}, a published report, not in this project")
    return file.read_text(encoding="utf-8")


def _places(findings: tuple[Finding, ...]) -> dict[str, list[str]]:
    """Kind → the numbers of its lines."""
    places = defaultdict(list)
    for finding in findings:
        places[str(finding.kind)].append(finding.where.replace("บรรทัดที่ ", ""))
    return dict(places)


def _proposals(findings: tuple[Finding, ...], kind: str) -> list[str]:
    return [finding.proposal for finding in findings if finding.kind == kind]


def test_pathumrat(shared: Path) -> None:
    """Measure 2's results are measure 1's; <p> remains."""
    findings = checked(_text(shared, PATHUMRAT))
    assert _places(findings) == {"copied_result": ["28", "28"], "html_remains": ["28"]}
    messages = [finding.message for finding in findings[:2]]
    assert [message.split("ของ")[0] for message in messages] == ["สรุปผลการดำเนินการ", "ผลลัพธ์"]


def test_dongmuang(shared: Path) -> None:
    """A date outside the year, a cut cell, a shared method, the cover's names, ชี้วัด, <a href>."""
    findings = checked(_text(shared, DONGMUANG), agency=OF_DONGMUANG, today=date(2026, 1, 1))
    assert _places(findings) == {
        "outside_fiscal_year": ["13"],
        "agency": ["8"],
        "place_name": ["9"],
        "shared_method": ["18"],
        "cut_cell": ["13"],
        "heading": ["16"],
        "html_remains": ["13, 14, 18, 23, 24 และอีก 1 แห่ง"],
    }
    assert _proposals(findings, "outside_fiscal_year") == ["30 ต.ค. 2567"]
    assert _proposals(findings, "agency") == ["องค์การบริหารส่วนตำบลดงเมือง"]
    assert _proposals(findings, "place_name") == ["อำเภอยางสีสุราช"]
    assert _proposals(findings, "heading") == ["ตัวชี้วัด"]


def test_dongmuang_without_knowing_the_agency(shared: Path) -> None:
    """No page of the report has the right district: the one on the cover is only asked about."""
    findings = checked(_text(shared, DONGMUANG))
    found = _places(findings)
    assert (found["agency"], found["place_name"]) == (["8"], ["9"])
    assert _proposals(findings, "place_name") == ["ขอให้ตรวจชื่ออำเภอและจังหวัดบนปกอีกครั้ง"]


CODES = {
    "273": "o13", "274": "o14", "275": "o21", "276": "o22", "277": "o27", "278": "o30",
    "284": "o32", "285": "o35", "286": "o36", "287": "o37", "289": "o38", "290": "o40",
    "291": "o43",
    "319": "e6", "321": "e7", "322": "e10", "328": "o3 หรือ o13", "329": "o14", "331": "o21",
    "332": "o22", "333": "o27", "334": "o30", "339": "o32", "340": "o35", "342": "o36",
    "343": "o37", "344": "o38", "346": "o40", "347": "o43",
}  # fmt: skip
"""The rows of the weak points and of the plan, whose first has no code; the codes they mean."""


def test_chatturat(shared: Path) -> None:
    """Scores that disagree, broken figures, Lao letters, damaged codes, labels, one mayor twice."""
    findings = checked(_text(shared, CHATTURAT))
    assert _places(findings) == {
        "score": ["34", "47", "51", "336"],
        "foreign_letters": ["47", "51"],
        "item_code": list(CODES),
        "item_reference": ["291", "343", "347"],
        "least_points": ["171"],  # ๘๘ คะแนน for 85
        "instrument": ["223", "261"],  # EIT ส่วนที่ ๖; indicator 7 under IIT
        "person_name": ["145"],
        "html_remains": ["265, 266, 331, 332, 333 และอีก 6 แห่ง"],
    }
    # ๓๙.๔๑ for 78.41, ๓/๕.๐๐, ๔๘.๓/๕, ๔๘.๓๕ for 48.75
    assert _proposals(findings, "score") == ["78.41", "75.00", "48.75", "48.75"]
    assert _proposals(findings, "item_code") == list(CODES.values())
    assert _proposals(findings, "item_reference") == ["o42", "o36", "o42"]
    assert _proposals(findings, "least_points") == ["85 คะแนนขึ้นไป"]
    assert _proposals(findings, "instrument") == ["ส่วนที่ 2", "EIT"]


@pytest.mark.parametrize("name", SEEDS)
def test_every_finding_can_be_read(shared: Path, name: str) -> None:
    for finding in checked(_text(shared, name)):
        assert len(finding.message) > 40
        assert not any(word in finding.message for word in ("ล้มเหลว", "ไม่ถูกต้อง", "  "))
        assert finding.severity in Severity


@given(data=st.data())
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_damage_breaks_it(shared: Path, data: st.DataObject) -> None:
    """The seeds with pieces torn out, moved and replaced."""
    text = _text(shared, data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 20))):
        at = data.draw(st.integers(0, len(text)))
        until = data.draw(st.integers(at, min(len(text), at + 300)))
        source = data.draw(st.integers(0, max(0, len(text) - 60)))
        piece = data.draw(st.text(max_size=6) | st.just(text[source : source + 60]))
        text = text[:at] + piece + text[until:]
    try:
        findings = checked(text, agency=AGENCY, today=date(2030, 1, 1))
    except UnreadableTable:
        return
    assert all(one.where and one.message for one in findings)
