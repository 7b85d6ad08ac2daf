"""Reports for tests in the five agencies' layouts: test data in the words of such papers."""

from collections.abc import Mapping, Sequence

from ita.agency import Agency
from ita.checks import Finding, Kind, check, years_of
from ita.criteria import Criteria, NoCriteria, criteria_for
from ita.layouts import LAYOUTS, SCORE_HEADINGS, Layout
from ita.tables import read_published, text_document
from ita.tables.headings import Column
from ita.text import thai_digits

AGENCY = Agency("test", "เทศบาลตำบลทดสอบ", "ทต.ทดสอบ", "ตัวอย่าง", "สมมุติ", 2568)
COVER = "เทศบาลตำบลทดสอบ อำเภอตัวอย่าง จังหวัดสมมุติ"

LONG = "บุคลากรทุกคนรับทราบประกาศและถือปฏิบัติเป็นแนวทางเดียวกันโดยไม่มีข้อร้องเรียน"
"""A sentence that nobody writes twice by chance."""
ROW_1 = 4
"""The line of the first measure in a report without other text."""

Cells = Mapping[Column, str]

_TITLES = (
    "การประกาศเจตนารมณ์ไม่รับของขวัญ (No Gift Policy)",
    "การเผยแพร่ข้อมูลข่าวสารให้ประชาชนเข้าถึงง่าย",
    "การใช้รถยนต์ส่วนกลางตามระเบียบ",
    "การเปิดช่องทางร้องเรียนออนไลน์",
    "การเผยแพร่แผนและผลการจัดซื้อจัดจ้าง",
    "การอบรมจริยธรรมแก่บุคลากร",
)
_METHODS = (
    "แจ้งเวียนให้ทราบและถือปฏิบัติ",
    "๑. รวบรวมข้อมูล ๒. ตรวจความถูกต้อง ๓. เผยแพร่บนเว็บไซต์",
    "แจ้งเวียนให้ทราบและถือปฏิบัติ",
    "- จัดทำแบบรับเรื่อง - แต่งตั้งผู้รับผิดชอบ",
    "ประกาศแผนและรายงานทุกเดือน",
    "จัดประชุมเชิงปฏิบัติการและติดตามผล ณ ห้องประชุมของหน่วยงาน เวลา ๐๘.๓๐ - ๑๖.๓๐ น.",
)
_OUTPUTS = (
    "นายกเทศมนตรีลงนามในประกาศและเผยแพร่ทั้งภาษาไทยและภาษาอังกฤษ https://test.go.th/nogift",
    "ปรับปรุงหน้าเว็บไซต์ ๑๒ ครั้ง และตอบคำถามในช่องถามตอบครบทุกคำถาม https://test.go.th/news",
    "จัดทำสมุดคุมการใช้รถและตรวจสอบทุกสิ้นเดือน พบว่าใช้ตามระเบียบทุกครั้ง",
    "๑. เปิดแบบรับเรื่องบนเว็บไซต์ ๒. ได้รับเรื่องร้องเรียน ๔ เรื่อง ๓. ตอบแล้วทั้ง ๔ เรื่อง",
    "เผยแพร่แผนจัดซื้อจัดจ้างและรายงานรายเดือนครบทั้งปี https://test.go.th/buy",
    "อบรม ๒ รุ่น มีผู้เข้าร่วม ๔๕ คน จากทุกกองและสำนัก",
)
_OUTCOMES = (
    "ไม่มีบุคลากรรับของขวัญในเทศกาลปีใหม่",
    "ประชาชนเข้าชมเว็บไซต์เพิ่มขึ้นร้อยละ ๒๐",
    "ค่าน้ำมันลดลงจากปีก่อน",
    "ผู้ร้องเรียนได้รับคำตอบภายในกำหนดทุกราย",
    "มีผู้เสนอราคาเพิ่มขึ้นและไม่มีเรื่องร้องเรียน",
    "บุคลากรผ่านแบบทดสอบหลังอบรมร้อยละ ๙๐ ขึ้นไป",
)
_UNITS = ("สำนักปลัด", "สำนักปลัด", "กองคลัง", "งานนิติการ / สำนักปลัด", "กองคลัง", "ทุกส่วนราชการ")

SCORES_2566 = "98.01 93.22 92.14 91.21 88.18 88.45 84.85 85.61 75.00 48.75"
"""The indicators of seed 003; they come to 78.41."""


def clean_rows(year: int) -> list[dict[Column, str]]:
    """Six measures of a fiscal year of which nothing can be said."""
    before, after = (thai_digits(str(one)[2:]) for one in (year - 1, year))
    whole = thai_digits(str(year))
    periods = (
        f"๒๗ ธ.ค.{before}",
        f"ตลอดปีงบประมาณ พ.ศ. {whole}",
        f"ตุลาคม {before} - กันยายน {after}",
        "ประจำทุกเดือน",
        f"๑ ต.ค.{before} และ ๑ เม.ย. {after}",
        f"ภายในเดือนมิถุนายน {whole}",
    )
    return [
        {
            Column.NUMBER: f"{thai_digits(str(number))}.",
            Column.INDICATOR: f"ตัวชี้วัดที่ {thai_digits(str(number))}",
            Column.MEASURE: title,
            Column.METHOD: _METHODS[number - 1],
            Column.UNIT: _UNITS[number - 1],
            Column.PERIOD: periods[number - 1],
            Column.OUTPUT: _OUTPUTS[number - 1],
            Column.OUTCOME: _OUTCOMES[number - 1],
            Column.BUDGET: "ไม่ใช้งบประมาณ",
        }
        for number, title in enumerate(_TITLES, 1)
    ]


def table(layout: Layout, rows: Sequence[Cells]) -> str:
    """A table in a layout, a line a row."""
    lines = ["\t".join(layout.headings)]
    for number, row in enumerate(rows, 1):
        cells = {head.column: row.get(head.column, "") for head in layout.heads}
        if layout.numbered_titles:
            cells[Column.MEASURE] = f"{thai_digits(str(number))}. {cells[Column.MEASURE]}"
        lines.append("\t".join(cells[head.column] for head in layout.heads))
    return "\n".join(lines)


def score_table(points: str = SCORES_2566, level: str = "") -> str:
    """A table of scores of indicators 1 to 10, in the layout of seed 003."""
    instruments = ["IIT"] * 5 + ["EIT"] * 3 + ["OIT"] * 2
    rows = [
        (str(n), name, f"ตัวชี้วัดที่ {n}", value, level)
        for n, (name, value) in enumerate(zip(instruments, points.split(), strict=True), 1)
    ]
    return "\n".join("\t".join(cells) for cells in (SCORE_HEADINGS, *rows))


def report(
    rows: Sequence[Cells],
    *,
    slug: str = "pathumrat",
    year: int = 2568,
    before: str = "",
    after: str = "",
) -> str:
    """A report with a cover; `before` and `after` stand around its table."""
    title = f"รายงานผลการดำเนินการตามมาตรการ ปีงบประมาณ พ.ศ. {thai_digits(str(year))}"
    parts = (title, COVER, before, table(LAYOUTS[slug], rows), after)
    return "\n".join(part for part in parts if part)


def known(years: set[int]) -> dict[int, Criteria]:
    """The criteria of these years, as far as there are any."""
    found = {}
    for year in years:
        try:
            found[year] = criteria_for(year)
        except NoCriteria:
            continue
    return found


def checked(text: str, **facts: object) -> tuple[Finding, ...]:
    """The findings on a text under the criteria of its years."""
    document = text_document(text)
    published = read_published(document)
    criteria = known(years_of(published))
    return check(document, published, **{"criteria": criteria, **facts})  # type: ignore[arg-type]


def kinds_of(findings: Sequence[Finding]) -> list[str]:
    """The kinds, in the order of the alphabet."""
    return sorted(finding.kind for finding in findings)


def places_of(findings: Sequence[Finding]) -> list[str]:
    """The places, in the findings' order."""
    return [finding.where for finding in findings]


def at_line(number: int) -> str:
    """A line of a text, as findings name it."""
    return f"บรรทัดที่ {number}"


def changed(*changes: tuple[int, Column, str]) -> str:
    """A clean report of FY2568 in which some cells hold something else."""
    rows = clean_rows(2568)
    for number, column, text in changes:
        rows[number - 1][column] = text
    return report(rows)


def only(text: str, kind: Kind, **facts: object) -> Finding:
    """The one finding on a text."""
    (finding,) = checked(text, **facts)
    assert finding.kind == kind
    return finding
