"""Words that accuse somebody of taking what is not his: never filed as a grievance without asking.

Two measures: what nobody writes but to accuse, and what may be either, as an office beside money.
Both are looked for in all that was told, however it is spaced, since a grievance's first words may
come to stand in the shared sheet. Data, to be extended by whoever finds another word.
"""

import re
from typing import Final

from ita.text import normalise

_OF_THE_OFFICE: Final = "(?:ของ)?(?:หลวง|ราชการ|ทางการ|อบต|เทศบาล|สำนักงาน)"
_CRIMES: Final = (
    "ทุจร[ิ]?ต", "คอร์?รัปชั่?น", "(?<!ทรัพย์)(?<!ตัด)สินบน", "โกง(?!กาง)", "(?<!เสื้อ)ฮั้ว",
    "(?:เงิน|จ่าย|รับ|ขอ)ใต้โต๊ะ", "น้ำร้อนน้ำชา", "ค่าน้ำร้อน", "ค่าน้ำชา", "ค่าคุ้มครอง", "ส่วย",
    "เรียก(?:รับ)?(?:เงิน|ตัง|สินบน|ผลประโยชน์|ทรัพย์)", "เรียกรับ",
    "ไถ(?:เงิน|ตัง|ทรัพย์)", "(?:ถูก|โดน)(?:รีด)?ไถ", "รีด(?:ไถ|เงิน|ตัง)", "ขู่(?:เอา|เรียก|กรรโชก)",
    "(?:ขอ|เก็บ|หัก|กิน|เรียก|คิด)(?:ค่า)?เปอร์เซ็?น", "หัวคิว", "เงินทอน", "เงินปากถุง",
    "อม(?:เงิน|งบ)", "กิน(?:งบ|เงิน|ตามน้ำ|ส่วนต่าง)", "ยักยอก", "เบียดบัง",
    "เวียนเทียน(?:งบ|เงิน|โครงการ|งาน|เบิก)", "เบิก(?:เงิน|งบ)?(?:เท็จ|ทิพย์|ซ้ำ)", "งบทิพย์",
    "ไม่จ่าย(?:ก็)?ไม่(?:เซ็น|อนุมัติ|ทำ|ผ่าน)", "ล็?อ[กค]สเ?ป[คก]", "ซื้อตำแหน่ง", "ขายตำแหน่ง",
)  # fmt: skip
"""Not: ทรัพย์สินบนถนน (things on the road), ตัดสินบน (decided on), โกงกาง (a mangrove), เสื้อฮั้ว."""
_ENGLISH: Final = r"\b(?:brib|corrupt|kickback|extort|embezzl)"

_DOUBTFUL: Final = (
    f"(?:ขโมย|แอบเอา)[ก-๎]{{0,12}}{_OF_THE_OFFICE}",
    f"(?:เอา|ขน|แอบ)(?:รถ|น้ำมัน|เงิน|ของ|ทราย|หิน|วัสดุ){_OF_THE_OFFICE}(?:ไป)?(?:ใช้|ขาย|บ้าน)",
    "(?:ถึง|จึง|แล้ว)จะ(?:ยอม)?(?:เซ็น|อนุมัติ|ออกใบ|ออกหนังสือ|ลงนาม|ทำเรื่องให้)",
)
"""A thief of the village's cables writes like one of the office."""
_OFFICES: Final = (
    "เจ้าหน้าที่", "จนท", "เจ้าพนักงาน", "พนักงาน", "ข้าราชการ", "นายก", "ปลัด", "ผอ(?!ม)",
    "ผู้อำนวยการ", "กำนัน", "ผู้ใหญ่", "ผญบ", "หัวหน้า", "ช่าง(?!เถอะ|มัน|น่า)", "อบต", "เทศบาล",
    "เทศกิจ", "สมาชิกสภา", r"สท\.", r"สจ\.", "ลูกจ้าง", "กรรมการ", "กองคลัง", "กองช่าง", "ตำรวจ",
)  # fmt: skip
_TAKINGS: Final = (
    "(?<!ตัว)(?<!น้ำ)เงิน(?!เดือน)", "ตัง", "(?<!ฟุต)บาท", r"คนละ\d", "(?:เก็บ|คิด|เรียก|ขอ|จ่าย)ค่า",
    "เปอร์เซ็?น", "ไถ(?!นา|ดิน|ไร่|กลบ|พรวน)", "ขโมย", "ข่มขู่", "ขู่(?:ว่า|จะ|ให้)", "ฮุบ", "รับของ",
    "แอบ(?:ขาย|เอา)", "เอาไป(?:ขาย|ใช้ส่วนตัว|เป็นของ)", "เซ็นให้", "เส้นสาย", "ซองขาว", "ใส่ซอง",
)  # fmt: skip
_ENGLISH_OFFICES: Final = r"\b(?:officers?|officials?|mayor|staff|clerks?|chief)\b"
_ENGLISH_TAKINGS: Final = r"\b(?:money|baht|pay|paid|cash|fees?|stole|steals?|took)\b"

_CRIME: Final = re.compile("|".join(_CRIMES))
_DOUBT: Final = re.compile("|".join(_DOUBTFUL))
_OFFICE: Final = re.compile("|".join(_OFFICES))
_TAKING: Final = re.compile("|".join(_TAKINGS))


def accuses(words: str) -> bool:
    """Whether there are words that nobody writes but to accuse.

    >>> accuses("เจ้าหน้าที่ไถ เงินแม่ค้า"), accuses("ทรัพย์สินบนถนนหน้าป่าโกงกาง")
    (True, False)
    """
    said = normalise(words)
    return bool(_CRIME.search(said.replace(" ", "")) or re.search(_ENGLISH, said))


def may_accuse(words: str) -> bool:
    """Whether it has to be asked: they accuse, or name an office beside money or taking.

    >>> may_accuse("กำนันเก็บเงินคนละ 100"), may_accuse("เทศบาลไม่มาเก็บขยะ")
    (True, False)
    """
    said = normalise(words)
    joined = said.replace(" ", "")
    thai = _DOUBT.search(joined) or (_OFFICE.search(joined) and _TAKING.search(joined))
    english = re.search(_ENGLISH_OFFICES, said) and re.search(_ENGLISH_TAKINGS, said)
    return accuses(words) or bool(thai or english)
