"""What a column may be about, and the words that its heading begins with."""

import re
from enum import StrEnum

_TONES = re.compile("[\u0e47-\u0e4e\\s]")


class Column(StrEnum):
    """What a column is about."""

    NUMBER = "number"
    YEAR = "year"
    INDICATOR = "indicator"
    ITEM = "item"
    ISSUE = "issue"
    MEASURE = "measure"
    METHOD = "method"
    UNIT = "unit"
    PERIOD = "period"
    OUTPUT = "output"
    OUTCOME = "outcome"
    BUDGET = "budget"
    STATUS = "status"
    PERCENT = "percent"
    OBSTACLE = "obstacle"
    SUGGESTION = "suggestion"
    EVIDENCE = "evidence"
    INSTRUMENT = "instrument"
    POINTS = "points"
    LEVEL = "level"


def bones(text: str) -> str:
    """Thai without tone marks and spaces, which scans lose first.

    >>> bones("ผู้รับ ผิดชอบ") == bones("ผูรับผิดชอบ")
    True
    """
    return _TONES.sub("", text).replace("ำ", "า")


LONG_HEADINGS = (Column.MEASURE, Column.ISSUE)
"""Only these have headings of more than `SHORT` letters."""

SHORT = 60

_MONTH = r"([มกตธ]\.?คม?|[กม]\.?พ|[มพก]\.?ย|มี\.?ค|เม\.?ย|มิ\.?ย|ส\.?ค)\.?"

# In the order in which they are tried: a method's heading may name มาตรการ too.
_MEANINGS = (
    (Column.YEAR, r"ปีงบประมาณ$"),
    (
        Column.PERIOD,
        r"(ช่วง|กำหนด)?(ระยะ)?เวลา|ห้วงเวลา|กำหนดแล้วเสร็จ|วันที่(ดำเนิน|แล้วเสร็จ)|วัน.{0,3}เดือน.{0,3}ปี"
        r"|การ(รายงาน|กำกับ|ติดตาม).{0,40}(กำหนด|ระยะ)เวลา|ปฏิทิน|แผนการดำเนินงาน\(",
    ),
    (
        Column.UNIT,
        r"(ผู้|หน่วย|ส่วนราชการ|กอง|ฝ่าย).{0,20}รับผิดชอบ|(หน่วยงาน|ส่วนราชการ|ผู้ดำเนินการ|เจ้าภาพ(หลัก)?)$",
    ),
    (Column.OUTCOME, r"ผลลัพธ์|ผลสัมฤทธิ์|ความสำเร็จ|outcome"),
    (Column.LEVEL, r"ผลการประเมิน$|ระดับ"),
    (Column.OUTPUT, r"สรุปผล|(รายงาน)?ผล(การ)?(ดำเนิน|ปฏิบัติ)|ผลผลิต|ความก้าวหน้า|output"),
    (Column.METHOD, r"ขั้นตอน|วิธี|รายละเอียด|กระบวนการ|แนวทาง"),
    (Column.BUDGET, r"(การใช้)?งบประมาณ"),
    (Column.NUMBER, r"(ลำดับ(ที่)?|ที่|ข้อ(ที่)?|มาตรการที่|no\.?|#)$"),
    (Column.ITEM, r"(รหัส)?ข้อ(ที่)?oit|รหัสข้อ|oit$"),
    (Column.STATUS, r"สถานะ|สถานภาพ"),
    (Column.PERCENT, r"ร้อยละ(?!.*\d)|เปอร์เซ็นต์|%$"),
    (Column.EVIDENCE, r"หลักฐาน|เอกสาร(หลักฐาน|อ้างอิง|ประกอบ|แนบ)|ลิงก์|ลิงค์|url|link"),
    (Column.OBSTACLE, r"ปัญหา|อุปสรรค"),
    (Column.SUGGESTION, r"(เหตุผล/?)?ข้อเสนอแนะ|ข้อคิดเห็น"),
    (
        Column.POINTS,
        r"(ผล|ค่า)?คะแนน(?!.*(\d|เพิ่ม|คาด)|เต็ม|รวม|แบบวัด|เฉลี่ย(รวม|แบบวัด|เครื่องมือ))"
        r"|(ผล|ค่า)?คะแนน.{0,30}ปี.{0,20}2[45]\d\d",
    ),
    (Column.INSTRUMENT, r"เครื่องมือ|แบบวัด"),
    (
        Column.INDICATOR,
        r"(ชื่อ)?ตัวชี้วัด(?!(ที่)?\d|ความสำเร็จ|ผล|เชิง|(ของ)?(โครงการ|กิจกรรม|แผน|มาตรการ))",
    ),
    (Column.ISSUE, r"ประเด็น|ข้อคำถาม|ข้อบกพร่อง|จุดอ่อน"),
    (Column.MEASURE, r"มาตรการ(?!(ที่)?\d)|กิจกรรม|โครงการ|แผนงาน"),
)
_PATTERNS = tuple((column, re.compile(bones(pattern))) for column, pattern in _MEANINGS)

_WORDS_IN_FULL = {
    Column.NUMBER: ("ลำดับ", "ลำดับที่"),
    Column.INDICATOR: ("ตัวชี้วัด",),
    Column.ISSUE: ("ประเด็นที่ต้องปรับปรุงแก้ไข/ ประเด็นที่ต้องพัฒนา", "ประเด็นข้อคำถาม"),
    Column.MEASURE: (
        *("มาตรการ", "มาตรการ/กิจกรรม", "โครงการ/กิจกรรม", "มาตรการ/แนวทางที่จะดำเนินการ"),
        "มาตรการ โครงการ หรือ กิจกรรมที่ดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
    ),
    Column.METHOD: (
        *("วิธีดำเนินการ", "วิธีการดำเนินการ", "ขั้นตอนหรือวิธีการปฏิบัติ", "ขั้นตอน/วิธีการปฏิบัติ"),
        *("ขั้นตอนหรือวิธีการ/มาตรการ", "แนวทางการพัฒนา"),
    ),
    Column.UNIT: ("ผู้รับผิดชอบ", "หน่วยงานผู้รับผิดชอบ"),
    Column.PERIOD: (
        *("ระยะเวลาดำเนินการ", "ระยะเวลาในการดำเนินการ", "ระยะเวลา", "ช่วงระยะเวลาในการดำเนินการ"),
        "การรายงานผลและกำกับติดตาม กำหนดเวลาแล้วเสร็จ",
    ),
    Column.OUTPUT: (
        *("สรุปผลการดำเนินการ", "ผลการดำเนินการ", "ผลการดำเนินงาน", "ผลการดำเนินการ (Output)"),
        "สรุปผลการดำเนินการตามมาตรการหรือกิจกรรม",
    ),
    Column.OUTCOME: (
        *("ผลลัพธ์", "ผลลัพธ์หรือความสำเร็จ", "ผลลัพธ์/ความสำเร็จ", "ผลลัพธ์หรือความสำเร็จในการดำเนินการ"),
        "ผลลัพธ์หรือผลสัมฤทธิ์ในการดำเนินการ (outcome/result)",
    ),
    Column.BUDGET: ("งบประมาณ",),
    Column.INSTRUMENT: ("เครื่องมือการประเมิน",),
    Column.POINTS: ("คะแนน",),
    Column.LEVEL: ("ผลการประเมิน",),
}
USUAL = tuple(
    (bones(name.casefold()), name, column)
    for column, names in _WORDS_IN_FULL.items()
    for name in names
)
"""Usual headings in full, those of the five agencies among them, as (bones, heading, column)."""

_BELOW = re.compile(
    bones(
        r"(การ)?(ดำเนินการ|ดำเนินงาน|ปฏิบัติ(งาน|การ)?)|(และ|หรือ|/)?(กิจกรรม|โครงการ|มาตรการ|แนวทาง\S*)"
        r"|(ผู้)?รับผิดชอบ|ผิดชอบ|ชอบ|(กำหนด)?แล้วเสร็จ|(ระยะ)?เวลา|(ใน)?การดำเนินการ"
        r"|ตาม(มาตรการ|กิจกรรม).{0,40}|(หรือ)?(ความ)?สำเร็จ.{0,40}"
        r"|\(?(output|outcome|result|outcome/result|บาท|ร้อยละ|%)\)?|รอบ(ที่)?\d{1,2}(เดือน)?(แรก|หลัง)?"
        r"|ไตรมาส(ที่)?\d|\d{1,2}เดือน(แรก|หลัง)?|เริ่ม(ต้น)?|สิ้นสุด|ที่|ประมาณ|การประเมิน"
    )
    + f"|{bones(_MONTH)}(\\d\\d|\\d{{4}})?"
)


def meaning(skeleton: str) -> Column | None:
    """What a heading is about, by the words that its bones begin with."""
    for column, pattern in _PATTERNS:
        if pattern.match(skeleton):
            return column if column in LONG_HEADINGS or len(skeleton) <= SHORT else None
    return None


def goes_below(skeleton: str) -> bool:
    """Whether a heading's second line may be just this: "ดำเนินการ", "(output)", "ไตรมาส 1"."""
    return bool(_BELOW.fullmatch(skeleton))
