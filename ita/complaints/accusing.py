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
    "เรียก(?:รับ)?(?:เงิน|ตัง|สินบน|ผลประโยชน์|ทรัพย์)", "เรียกรับ", "ไถ(?:เงิน|ตัง|ทรัพย์)",
    "(?:ถูก|โดน)(?:รีด)?ไถ", "รีด(?:ไถ|เงิน|ตัง)", "ขู่(?:เอา|เรียก|กรรโชก)",
    "(?:ขอ|เก็บ|หัก|กิน|เรียก|คิด)(?:ค่า)?เปอร์เซ็?น", "หัวคิว", "เงินทอน", "เงินปากถุง", "อม(?:เงิน|งบ)",
    "กิน(?:งบ|เงิน|ตามน้ำ|ส่วนต่าง)", "ยักยอก", "เบียดบัง", "เวียนเทียน(?:งบ|เงิน|โครงการ|งาน|เบิก)",
    "เบิก(?:เงิน|งบ)?(?:เท็จ|ทิพย์|ซ้ำ)", "งบทิพย์", "ไม่จ่าย(?:ก็)?ไม่(?:เซ็น|อนุมัติ|ทำ|ผ่าน)", "ล็?อ[กค]สเ?ป[คก]",
    "ซื้อตำแหน่ง", "ขายตำแหน่ง", "สมยอม", "ล็?อ[กค]ผล", "เอื้อ(?:ประโยชน์|ผู้รับเหมา|พวก|ญาติ|บริษัท)",
    "แบ่งซื้อแบ่งจ้าง", "ผลประโยชน์ทับซ้อน", "ปลอม(?:ลายเซ็น|เอกสาร|ใบเสร็จ|บิล)",
    "(?:ลายเซ็น|เอกสาร|ใบเสร็จ|บิล)ปลอม", "(?:โครงการ|อบรม|งาน|เบิก)ทิพย์", "ยัดเงิน", "พรรคเล่นพวก",
    "พรรคพวกตัวเอง",
)  # fmt: skip
"""Not: ทรัพย์สินบนถนน (things on the road), ตัดสินบน (decided on), โกงกาง (a mangrove), เสื้อฮั้ว."""
_ENGLISH: Final = (
    r"\b(?:brib|corrupt|kickback|extort|embezzl|nepotis|rigged|rigging|under the table"
    r"|conflict of interest)"
)

_THINGS: Final = "(?:รถ|เครื่อง|แบคโฮ|แม็?คโคร|น้ำมัน|เงิน|ทราย|หิน|วัสดุ|คนงาน|ลูกจ้าง)"
_KIN: Final = (
    "ญาติ|ลูก(?!จ้าง|รัง|ระนาด|ค้า|บ้าน)(?:ชาย|สาว|เขย|สะใภ้)?|หลาน|เมีย|สามี|ผัว|(?:น้อง|พี่)(?:ชาย|สาว)|พวก"
)
_PERSONS: Final = (
    "(?<!นคร)นายก|ปลัด|ผอ(?!ม)|ผู้อำนวยการ|กำนัน|ผู้ใหญ่|ผญบ|หัวหน้า|กรรมการ|ประธาน|สมาชิกสภา|ผู้บริหาร"
)
_DOUBTFUL: Final = (
    f"(?:ขโมย|แอบเอา)[ก-๎]{{0,12}}{_OF_THE_OFFICE}",
    f"(?:เอา|ขน|แอบ)(?:รถ|น้ำมัน|เงิน|ของ|ทราย|หิน|วัสดุ){_OF_THE_OFFICE}(?:ไป)?(?:ใช้|ขาย|บ้าน)",
    f"(?:เอา|ขน|ใช้|ขับ|นำ){_THINGS}[ก-๎.]{{0,20}}?ไป"
    "(?:ขาย|รับจ้าง|ถม|ขุด(?!คลอง|ลอก|ดิน)|ทำสวน|ทำบ้าน|ทำนา|ส่งลูก|ใช้ส่วนตัว)",
    f"ขน{_THINGS}(?:ไป)?(?:ขาย|บ้าน)",
    "(?:ถึง(?:จะ)?|จึงจะ|แล้วจะ)(?:ยอม)?"
    "(?:เซ็น|อนุมัติ|ออกใบ|ออกหนังสือ|ลงนาม|ทำเรื่องให้)(?!(?:ให้)?เมื่อ)",
    "(?:จ่าย|เลี้ยง|ให้(?:เงิน|ตัง|ซอง|สินน้ำใจ|เหล้า))[ก-๎]{0,20}?"
    "(?:ถึง|จึง)(?:จะ)?(?:ยอม)?(?:มา|ซ่อม|ทำ|ติด|ต่อ|ได้)",
    "(?:มา|เขา|มัน|ช่าง|คน)ขอ(?:เงิน|ตัง)", "ขอ(?:เงิน|ตัง(?:ค์)?|อีก|เพิ่ม)?\\d[\\d,]*(?:บาท|ค่า)",
    "ขอ(?:เงิน|ตัง(?:ค์)?)(?:ค่า|\\d|ก่อน|เพิ่ม)", "ซื้อเสียง", "สินน้ำใจ", "เลี้ยง(?:เหล้า|โต๊ะ)",
    # what was ordered and what was built
    "ตรวจรับ(?!(?:พัสดุ|งาน)?(?:แล้ว|เรียบร้อย))", "เซ็นผ่าน", "ราคากลาง", "ประมูล", "จัดซื้อ", "จัดจ้าง",
    "(?<![a-z])tor(?![a-z])", "e-?bidding",
    "(?:ไม่(?:ตรง|ได้|เป็นไป)?(?:ตาม)?|ผิด|ต่ำกว่า|ลด)(?:แบบ|สเ?ป[คก])",
    "ไม่เต็ม(?:ความ|หน้า|สเ?ป|แบบ|จำนวน)",
    "(?:บาง|แคบ|สั้น|เล็ก|น้อย|ต่ำ|เตี้ย|ตื้น)กว่า(?:ใน|ที่)?(?:แบบ|สเ?ป|สัญญา|กำหนด|ป้าย)", "ไม่ใส่เหล็ก",
    "เหล็กไม่ครบ", "(?:โครงการ|ก่อสร้าง|ผู้รับเหมา|ถนน|สะพาน|อาคาร|คอนกรีต)[ก-๎]{0,15}ไม่ได้มาตรฐาน",
    "แพงเกินจริง",
    "(?:ผู้รับเหมา|บริษัท|ร้าน|เจ้า)(?:ราย|เจ้า)?(?:เดิม|เดียว)[ก-๎]{0,10}"
    "(?:ได้|รับ)(?:งาน|หมด|ทุก|ตลอด|ประมูล)",
    "(?:ให้|แต่)(?:บริษัท|เจ้า|ร้าน|ราย)เดียว", "(?:ซอย|แตก)งบ", "แบ่งงบ",
    # whose kin it is
    "เด็ก(?:เส้น|ฝาก)", "เส้นสาย", "พวกพ้อง", "เครือญาติ", "ฝาก[ก-๎]{0,10}เข้าทำงาน",
    f"(?:เอา|ดัน|ยัด|ดึง|รับ(?:แต่)?|บรรจุ)(?:{_KIN}|เพื่อน|คนสนิท|คนของ)"
    "[ก-๎]{0,15}?(?:ทำงาน|เข้างาน|เข้าเทศบาล|เข้าอบต|เข้ากอง|บรรจุ|สอบ|เป็นลูกจ้าง|เป็นพนักงาน)",
    f"จ้าง(?:แต่)?(?:{_KIN})", f"(?:{_KIN}|คนสนิท|พรรคพวก)(?:ๆ|ของ|ท่าน)*(?:{_PERSONS})",
    f"(?:เป็น|คือ)(?:พี่|น้อง|คน|พวก|เพื่อน|ลุง|ป้า|น้า|อา)(?:ๆ|ของ|ท่าน)*(?:{_PERSONS})",
    # what was claimed and never was
    "เบิก[ก-๎]{0,25}?(?:แต่|ทั้ง(?:ๆ)?ที่|โดย)", "เบิก[ก-๎]{0,25}?ไม่ได้(?:ไป|ทำ|มา|จัด)", "เบี้ยเลี้ยง", "เบิกเกิน",
    "(?:ลงชื่อ|เซ็น(?:ชื่อ)?|ลงเวลา)แทน", "(?:อบรม|โครงการ|กิจกรรม|ประชุม|รายชื่อ)[ก-๎]{0,10}ไม่มีจริง",
    "(?:เอกสาร|รายงาน|หลักฐาน|ข้อมูล|เป็น)เท็จ", "(?:ชื่อ|บัญชี)ผี", "สวมสิทธิ", "บิลเปล่า", "เขียนบิล",
)  # fmt: skip
"""A thief of the village's cables writes like one of the office, and so does who asks for bids."""
_OFFICES: Final = (
    "เจ้าหน้าที่", "จนท", "เจ้าพนักงาน", "พนักงาน", "ข้าราชการ", "นายก", "ปลัด", "ผอ(?!ม)",
    "ผู้อำนวยการ", "กำนัน", "ผู้ใหญ่", "ผญบ", "หัวหน้า", "ช่าง(?!เถอะ|มัน|น่า)", "อบต", "เทศบาล",
    "เทศกิจ", "สมาชิกสภา", r"สท\.", r"สจ\.", "ลูกจ้าง", "กรรมการ", "กองคลัง", "กองช่าง", "ตำรวจ",
)  # fmt: skip
_TAKINGS: Final = (
    "(?<!ตัว)(?<!น้ำ)เงิน(?!เดือน)", "ตัง", "(?<!ฟุต)บาท", r"คนละ\d", "(?:เก็บ|คิด|เรียก|ขอ|จ่าย)ค่า",
    "เปอร์เซ็?น", "ไถ(?!นา|ดิน|ไร่|กลบ|พรวน)", "ขโมย", "ข่มขู่", "ขู่(?:ว่า|จะ|ให้)", "ฮุบ", "รับของ",
    "แอบ(?:ขาย|เอา)", "เอาไป(?:ขาย|ใช้ส่วนตัว|เป็นของ)", "เซ็นให้", "ซองขาว", "ใส่ซอง",
    "รับ(?:กระเช้า|ซอง|นาฬิกา|ทอง)",
)  # fmt: skip
_ENGLISH_OFFICES: Final = r"\b(?:officers?|officials?|mayor|staff|clerks?|chief|headman)\b"
_ENGLISH_TAKINGS: Final = r"\b(?:money|baht|pay|paid|cash|fees?|stole|steals?|took|gifts?)\b"
_ENGLISH_DOUBTFUL: Final = (
    r"\b(?:ask(?:s|ed|ing)?|demand(?:s|ed|ing)?|wants)\b.{0,25}\b(?:baht|thb|money|cash|tip|fee)s?\b"
    r"|\btea money\b|\b(?:relative|son|daughter|wife|husband|brother|sister|cousin|friend)s? "
    r"of the\b"
    r"|\bfake (?:receipt|invoice|document|signature)|\bbidding\b"
)

_HOLDERS: Final = (
    f"(?:{_PERSONS}|เจ้าหน้าที่|จนท|เจ้าพนักงาน|พนักงาน|ข้าราชการ|ลูกจ้าง|คนงาน|สารวัตร|ส[.]?อบต|สท[.]|สจ[.]"
    r"|เทศกิจ|นิติกร|ธุรการ|เลขา|ตำรวจ|ครู(?!่)|ภารโรง|อสม|นายช่าง|คนขับรถ(?:ขยะ|น้ำ|เทศบาล|อบต|ดับเพลิง|ของ)"
    r"|คน(?:ใน|ของ)(?:เทศบาล|อบต|กอง|สำนัก))"
)
"""Who holds an office, or works in one: whoever reads the sheet may know the person by it."""
_TECHNICIAN: Final = re.compile(
    r"ช่าง(?!\s*+(?:$|[^ก-๎]|มา|ไม่|ยัง|ซ่อม|ไฟ|ประปา|น้ำ|ที่|จาก|ของ|เทศบาล|อบต|แล้ว|ช่วย|ไป|ด้วย|หน่อย|ให้|จะ|ก็|ทำ"
    r"|ลง|ดู|เข้า|แก้|ด่วน|คน|นัด|บอก|เลย|ครับ|คับ|ค่ะ|คะ|จ้า|เถอะ|มัน|น่า|ติด|เปลี่ยน|ตัด|เดิน|ขุด|ปู|อีก|เคย|ว่าง"
    r"|เพิ่ง|เมื่อ|วัน|สัก|กลับ|รับ|รื้อ|เชื่อม|ก่อ|ภาพ|เป็น|หรือ|และ|กับ|ถึง|ว่า|ๆ))"
)
"""A technician followed by what may be his name; ช่างมาซ่อม is nobody."""
_ADDRESS: Final = re.compile(
    r"(?:กราบ|ขอ)?(?:เรียน|ฝาก(?:ถึง|บอก|เรียน)?|รบกวน|วอน|ขอให้|อยากให้|สวัสดี|ขอความ(?:กรุณา|อนุเคราะห์))"
    rf" ?(?:(?:ท่าน|ทาง|คุณ|พี่)(?:ๆ)? ?)*(?:รอง)?{_HOLDERS}"
    r" ?(?:บ้าน|เทศมนตรี|เทศบาล(?:ตำบล)?|อบต[.]?|ทต[.]?|ตำบล)?"
    r"(?=\s|$|[,.:!]|ช่วย|มา|ดู|ด้วย|หน่อย|ครับ|คับ|ค่ะ|คะ|นะ|จ้า|จ้ะ|แก้|ซ่อม)"
)
"""Who is politely asked to see to it."""

_CRIME: Final = re.compile("|".join(_CRIMES))
_HOLDER: Final = re.compile(_HOLDERS)
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
    english = re.search(_ENGLISH_DOUBTFUL, said) or (
        re.search(_ENGLISH_OFFICES, said) and re.search(_ENGLISH_TAKINGS, said)
    )
    return accuses(words) or bool(thai or english)


def names_an_office(words: str) -> bool:
    """Whether somebody stands in the words by an office; not whoever is only asked for help.

    >>> names_an_office("ปลัดไม่มาดูเลย"), names_an_office("เรียนนายก ไฟดับ ช่างยังไม่มา")
    (True, False)
    """
    said = _ADDRESS.sub(" ", normalise(words))
    thai = _HOLDER.search(said.replace(" ", "")) or _TECHNICIAN.search(said)
    return bool(thai or re.search(_ENGLISH_OFFICES, said))
