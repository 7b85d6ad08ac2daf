"""How far something is, as people say it: a percent, a word, a negation.

What sounds like a standing and is none (จะเสร็จ, เสร็จแล้ว 2 เรื่อง, ประชุมเสร็จแล้ว) is told apart,
so that nothing is taken for done that is not.
"""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from handlers.understanding.folding import TAKEN, Folded
from handlers.understanding.words import NUMBER, PARTICLES, TENS, number, pattern
from ita.measures import Status

ALL_DONE: Final = 100
HALF: Final = 50


class Unclear(Enum):
    """Why words about progress say nothing that could be kept."""

    ODD = "odd"  # 150%, 80.5%, 80-90%
    PARTLY = "partly"  # เสร็จแล้ว 2 เรื่อง, ประชุมเสร็จแล้ว, จะเสร็จ


@dataclass(frozen=True, slots=True)
class Mark:
    """One saying about progress at start..end of the folded text."""

    start: int
    end: int
    status: Status | None = None
    percent: int | None = None
    unclear: Unclear | None = None
    asked: bool = False
    """Somebody asks whether it is so."""

    @property
    def says(self) -> bool:
        """Whether it says how far something is."""
        return self.status is not None or self.percent is not None


_NOT: Final = "(?:ไม่|ไม(?!้)|บ่อ?|หม้าย|ม่าย|มิ|ไม่ได้|บ่ได้)"
_DO: Final = "(?:«เริ่ม|ทำ|ลงมือ|ดำเนินการ|ดำเนินงาน|เฮ็ด|เยียะ|จัดทำ|ดำเนิน»|ยะ(?=$|[^ก-๎]|เลย|เตื่อ|เจ้า))"
_FINISHED: Final = (
    "(?:เสร็?[็่้]?จ|เสร็?[็่้]?[ดตชน]|เส็?[็่้]?[จดตช]|แส[็่้]?ร?จ|เส็?ร[็่้]?จ|สำ«เร็จ»|«แล้วเสร็จ|เรียบร้อย|ลุล่วง"
    "|ครบถ้วน|สมบูรณ์»|ปิดงาน|ปิดจ[็๊้]?อ[บป])"
)
_FINISHED_OR_LESS: Final = f"(?:{_FINISHED}|ครบ|จบ|เบิด|หมด|แล้ว(?={PARTICLES}|[^ก-๎]|$))"
_COUNTED: Final = (
    "(?:คน|ครั้ง|บาท|เรื่อง|ชุด|แผ่น|ป้าย|ฉบับ|ราย|หมู่|วัน|เดือน|ปี|ข้อ|แห่ง|หน่วย|กอง|ครัวเรือน|ชั่วโมง|ชม"
    "|นาที|รูป|ภาพ|ไฟล์|ลิงก์|ลิ้งค์|ลิงค์|โครงการ|รายการ|เล่ม|ตัว|อัน|หน้า|รอบ|ท่าน|นาย|กลุ่ม|น\\.|โมง|ขั้น"
    "|จุด|ดวง|หลัง|คัน|มาตรการ|งาน|ตำบล|หมู่บ้าน|ตอน|ส่วน|ไตรมาส|คะแนน|เม็ด|สัปดาห์|ทุ่ม|กิจกรรม|หัวข้อ)"
)
_EVEN: Final = rf"(?:แล้ว|แล่ว|แร้ว|แลว|แล้ง|ล้ว|ละ(?={PARTICLES}|[^ก-๎]|$))"

_UNIT: Final = (
    rf"(?! %\d) ?(?:%|(?:เปอ|เปิอ|เปร)[ก-๎]{{0,3}}?เ?ซ[็่้]?[นณ](?:ต์|ท์|ต|ท|์)?"
    rf"|เปอ(?:ร์?)?(?=[^ก-๎]|$|แล้ว|{PARTICLES})|per ?cent|pct\b)"
)
_ROUND: Final = r"(?:\d[05]|0|100)(?!\d)"
_NO_MORE: Final = r"(?![.,/:]?\d)"
_CHANGED: Final = (
    rf"(?P<changed>(?:(?:แก้(?:ไข)?|เปลี่ยน)?จาก|แก้(?:ไข)?|เปลี่ยน) ?{_ROUND}(?:{_UNIT})?"
    r" ?(?:(?:ขึ้น|มา)?เป็น|->|→) ?"
    rf"(?P<e>{_ROUND})(?:{_UNIT}|{_NO_MORE}(?! ?{_COUNTED})))"
)
_OF_HUNDRED: Final = rf"(?P<d>\d{{1,3}}) ?(?:/|จาก|เต็ม) ?100{_NO_MORE}(?! ?{_COUNTED})(?:{_UNIT})?"
_AMOUNT: Final = pattern(
    rf"(?<![\da-z./])(?<!\d,)(?:{_CHANGED}|{_OF_HUNDRED}|(?<!\d)% ?(?P<c>\d{{1,3}}){_NO_MORE}(?!%)"
    rf"|(?P<hundredth>«ร้อยละ|รอยละ» ?)"
    rf"(?P<b>[-+]?(?:\d[\d.,]*+|{NUMBER}))(?:{_UNIT})?"
    rf"|(?P<a>[-+]?(?:\d[\d.,]*+(?: ?(?:-|–|ถึง) ?\d[\d.,]*+)?|{NUMBER})"
    rf"(?: ?(?:กว่า|เศษ|\+))?){_UNIT})"
)
_AROUND_NOT_YET: Final = re.compile(
    rf"(?:ยัง{_NOT}?|{_NOT})(?:ถึง|ครบ|เต็ม|ได้)?(?:ถึง)? ?\Z|(?:เกือบ|ใกล้|เกิน|มากกว่า|น้อยกว่า"
    rf"|(?<!บอ)กว่า)(?:จะ)?(?:ถึง|ครบ)? ?\Z"
)
_REMAINS: Final = re.compile(r"(?:เหลือ|ขาด|อีก|ค้าง)(?:อีก|อยู่|แค่|เพียง)* ?\Z")
_PEOPLE: Final = (
    r"คนมา|บุคลากร|พนักงาน|เจ้าหน้าที่|ข้าราชการ|ลูกจ้าง|ประชาชน|ชาวบ้าน|ครัวเรือน|นักเรียน|สมาชิก|ผู้[ก-๎]{1,8}"
    r"|(?<!ทุก)(?<!\d)(?<!\d )คน"
)
_THINGS: Final = (
    "พึงพอใจ|พอใจ|ร่วม|เป้า(?:หมาย)?|เพิ่ม(?:ขึ้น|อีก)?|ลด(?:ลง)?|ประหยัด|คะแนน|ตอบ|สอบ|โหวต|ชนะ|ถูก|น้ำหนัก|สัดส่วน"
    "|แบบ(?:สอบถาม|ประเมิน)|ผล(?:การ)?ประเมิน|งบ(?:ประมาณ)?|เบิก(?:จ่าย)?|ใช้เงิน|กำไร|ขาดทุน|มั่นใจ|แน่ใจ|เชื่อ|ชัวร์|เห็นด้วย"
    "|ดอกเบี้ย|ราคา|ส่วนลด|vat|แวต|ภาษี|ค่าปรับ|ความชื้น|แบต|ฝน|หุ้น|โอกาส[ก-๎]{0,12}"
    "|กว่า(?:แผน|เป้า|เดิม|กำหนด|ปี[ก-๎]{0,8})"
)
_WHAT_THEY_DO: Final = (
    "เข้า|ร่วม|อบรม|ครบ|ใช้|ลงนาม|ลงชื่อ|เซ็น(?:ชื่อ)?|รับทราบ|รับรู้|ยืนยัน|ประชุม|มา|ผ่าน|ส่ง|กรอก|อ่าน|ปฏิบัติตาม|รู้|เห็น|ว่า"
    "|ได้รับ|สอบถาม|ไว้|กระดาษ|พลังงาน|ลง|ไป|ได้|แล้ว|อยู่|ที่|ระดับ|เฉลี่ย|คิดเป็น|แบบ|ทั้งหมด|งาน"
)
_OF_SOMETHING: Final = re.compile(rf"(?:{_PEOPLE}|{_THINGS})(?:{_WHAT_THEY_DO})*+ ?\Z")
"""A percent after these tells of something else than of how far the measure is."""
_OF_PEOPLE: Final = re.compile(
    r" ?ของ(?:พนักงาน|บุคลากร|เจ้าหน้าที่|ข้าราชการ|คน|ประชาชน|ชาวบ้าน|ผู้|หมู่บ้าน|ครัวเรือน|งบ|เงิน)"
)
"""Behind a percent: 60% ของพนักงาน."""
_TO_COME: Final = (
    "พรุ่งนี้|มะรืน|มื้ออื่น|วันพรุ่ง|(?:เดือน|สัปดาห์|อาทิตย์|วีค|ปี|รอบ|งวด|ไตรมาส)หน้า|สิ้น(?:เดือน|ปี|ไตรมาส"
    "|งวด)|เร็วๆ?นี้|เดี๋ยว|(?:เย็น|บ่าย|ค่ำ|คืน|วัน(?:จันทร์|อังคาร|พุธ|พฤหัส(?:บดี)?|ศุกร์|เสาร์|อาทิตย์))นี้"
    "|วัน(?:จันทร์|อังคาร|พุธ|พฤหัส(?:บดี)?|ศุกร์|เสาร์|อาทิตย์)หน้า|อีก(?:หน่อย|นิด|สักพัก|ไม่นาน|แป๊บ)(?:หนึ่ง|นึง"
    "|เดียว)?"
)
_NOT_YET: Final = re.compile(
    rf"(?:จะ|คาดว่า|น่าจะ|ต้อง(?:ให้)?|ควร|ถ้า|หาก|สมมุ?ติ?(?:ว่า)?|{_TO_COME})(?:จะ|ให้|ได้|ถึง|ครบ|เป็น|ใส่|เต็ม"
    rf"|ก็|คง|ทำ|ที่|อยู่|เสร็จ|ประมาณ|ราว|[\s\x01])*\Z"
)
"""After these a standing is of a day to come, or only supposed."""
_SUPPOSED: Final = re.compile(
    r"(?:ถ้า|หาก|สมมุ?ติ?(?:ว่า)?|(?<!ปี)(?<!เดือน)(?<!ครึ่ง)(?<!รอบ)หลัง(?:จาก)?|รอ(?:ให้)?|พอ|ต้องให้|อยากให้)[\s\x01.]*\Z"
)
_WHO: Final = re.compile(r"(?:ใคร|ไผ|ไหน)[ก-๎]{0,10}\Z")
_OF_MONEY: Final = re.compile(
    r"(?<!การ)(?:ใช้|เบิก(?:จ่าย)?)(?:เงิน)?งบ(?:ประมาณ)?(?:ไป|ได้|แล้ว|อยู่|ทั้งหมด)* ?\Z"
)
"""Money spent, even where the words are those of a measure's title."""
_DIGIT_WORDS: Final = "(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|ศูนย์|ยี่)"
_DIGIT_BEFORE: Final = re.compile(rf"{_DIGIT_WORDS} ?\Z")
"""แปดศูนย์เปอร์เซ็นต์ is said digit by digit, and มาตรการสามสิบเปอร์เซ็นต์ may be 10% or 30%."""
_TENS_BEFORE: Final = re.compile(r"สิบ \Z")
"""แปดสิบ ห้าเปอร์เซ็นต์, as it is dictated, is one number or two."""
_ADDRESS: Final = re.compile(r"(?:ที่|หน้า|บ้าน|ห้อง|ซอย|ซ\.|ถนน|โทร\.?|ข้อ|ไร่) ?\Z")
"""Before 80/100 these make no percent of it."""
_BECOMES: Final = re.compile(r" ?(?:(?:ขึ้น|มา|เพิ่ม|ลด|ลง|ปรับ)*(?:เป็น|เหลือ|ถึง)|ขึ้น|-)")
_OLD: Final = re.compile(r"(?:จาก|เดิม|เคย)(?:เดิม)? ?\Z")

_ASKED: Final = re.compile(
    rf"(?= ?{_EVEN}? ?(?:หรือ|รึ|ฤ|เหรอ|หรอ|ใช่)?ยัง(?!{_NOT}|เหลือ|ขาด|ต้อง|รอ|มี|เลย|ค้าง)|"
    rf" ?{_EVEN}? ?(?:ใช่|เลย|ได้|ดี|จริง|แน่|นะ|ถูก|ถูกต้อง)*"
    rf"(?:ไหม|มั้ย|ไม๊|มัย|ปะ(?![ก-๎])|ป่ะ|ป่าว|หรือเปล่า|รึเปล่า|หรือไม่|เมื่อไหร่|เมื่อไร|กี่"
    rf"|ม่าย(?![ก-๎])|ม้าย|ไม้(?![ก-๎])|(?<=จริง)(?:ดิ|อ่ะ)|เหรอ|หรอ|หรือ(?=[^ก-๎]|$|{PARTICLES})|ตอนไหน|วันไหน|บ่(?![ก-๎])|ก่อ(?![ก-๎]))"
    rf"| ?{_EVEN}?(?:{PARTICLES})*+ ?\?)"
)

_ENGLISH_NOT: Final = r"(?:\bnot|(?:is|are|was|has|have|did)n ?t) (?:yet )?"
_A_MONTH: Final = (
    "(?:มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรก[ฎฏ]า|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา|(?:ม|ก|มี|เม|พ|มิ|ส|ต|ธ)"
    "\\.?[คพย]\\.)"
)
_Kind = tuple[re.Pattern[str], Status | None, int | None, Unclear | None]

_FOLLOWS_IDLE: Final = re.compile(
    rf"$|[^ก-๎]|{PARTICLES}|อะไร|ใด|เพราะ|เนื่อง|รอ|แต่|สัก|ซัก|จัก|จริง|ยัง|ตอน|ขอ|เตื่อ|หยัง|ไผ|มาตรการ"
    rf"|เรื่อง(?:นี้)?"
)
"""What may follow ยังไม่ได้ทำ so that nothing was done at all; ยังไม่ได้ทำรายงาน is less."""

_ALMOST: Final = "(?:แทบ|เกือบ)(?:จะ)?(?:ทั้งหมด|หมด|ทุกอย่าง|ครบ)?"
_OF_AN_OFFICE: Final = "(?:ใน|ของ)?ส่วน(?:ของ|ที่)|(?:ใน|ของ)?(?:กอง|สำนัก|หน่วย|ฝ่าย)(?!ทุน)|ใน(?:งาน|หมู่)"
_ON_A_DAY: Final = (
    "(?:ใน|ภายใน|ช่วง)?วัน(?:จันทร์|อังคาร|พุธ|พฤหัส(?:บดี)?|ศุกร์|เสาร์|อาทิตย์)(?!ที่แล้ว|ที่ผ่าน|ก่อน)"
)
_BUT_A_PART: Final = "แต่(?:แค่|เพียง|ใน|ของ)?(?:รอบ|ขั้น|ส่วน|เฟส|งวด|ระยะ|ครั้ง|ครึ่ง|ไตรมาส)"
_IN_TIME: Final = rf"(?:ทัน(?:เวลา|กำหนด|ตาม)*+|แน่(?:นอน)?+|ชัวร์)(?!ที|น(?![ะา่้])|{_EVEN})"
"""Behind เสร็จ these say that less is done than all of it, or that it will be."""

_KINDS: Final[tuple[_Kind, ...]] = (
    # asked, wished for or expected: nothing is said of today
    (pattern(
        rf"(?:จะ|น่าจะ|ต้อง|ขอ|ควร|ให้|ก่อน|ถ้า|เมื่อ|พอ|หาก|ไว้|รอ|เพื่อ|คาดว่า)(?:ให้|จะ|ทำ|ดำเนินการ"
        rf"|มัน)*{_FINISHED}{_EVEN}?"),
     None, None, Unclear.PARTLY),
    # almost
    (pattern(
        rf"(?:ใกล้|เกือบ|จวน|ใก้ล|ไกล้|จ่อ)(?:จะ)?(?:ทำ|ดำเนินการ)?(?:{_FINISHED_OR_LESS}"
        rf"|แล้ว)(?:{_EVEN})?"),
     Status.IN_PROGRESS, None, None),
    # given up, which is no standing
    (pattern(rf"(?<!ยัง){_NOT}(?:ได้)?(?:ทำ|เอา|จัด|ดำเนินการ|เฮ็ด)+{_EVEN}"),
     None, None, Unclear.PARTLY),
    # not begun
    (pattern(
        rf"(?:ยัง{_NOT}(?:ได้|ทัน|เคย|มี(?:การ|ใคร|คน)?|มีผู้|คิด)*|{_NOT}(?:ได้|ทัน|เคย)+|{_NOT}มีการ"
        rf"|{_NOT}(?=«เริ่ม»)){_DO}(?:{_DO})*"
        rf"(?!{_FINISHED})(?:อะไร)?(?:เลย)?"),
     Status.NOT_STARTED, None, None),
    # not finished
    (pattern(
        rf"(?:ยัง)?(?:ทำ|ดำเนินการ|เฮ็ด)?{_NOT}(?:ได้|ทัน|ค่อย|ทำ|ดำเนินการ|เฮ็ด|ถือว่า"
        rf"|ใช่ว่า|ใช่จะ|เรียกว่า|เป็นอัน)*{_FINISHED_OR_LESS}(?:ดี|สมบูรณ์|{_EVEN})?"),
     Status.IN_PROGRESS, None, None),
    (pattern(rf"(?:ยัง)?(?:ทำ|ดำเนินการ|เฮ็ด)?{_FINISHED}{_NOT}(?:ทั้ง)?(?:หมด|ครบ|ทัน)"),
     Status.IN_PROGRESS, None, None),
    (pattern(rf"(?<![ก-๎])ยัง(?:{_NOT}(?:ได้|ทัน)?)?เลย"), Status.NOT_STARTED, None, None),
    (pattern(r"(?:\b(?:will|to|should|must|would|can|if|when|until|before)\b ?"
             r"(?:be|get|have|been)? ?"
             r"(?:fully )?\b(?:done|finish(?:ed)?|completed?))"),
     None, None, Unclear.PARTLY),
    (pattern(rf"{_ENGLISH_NOT}(?:even )?(?:been )?(?:started|begun)"),
     Status.NOT_STARTED, None, None),
    (pattern(rf"(?:{_ENGLISH_NOT}|\b(?:almost|nearly|partly|partially|mostly|half|some) (?:of )?)"
             r"(?:quite |fully |all |been )?(?:done|finished|completed?)\b"),
     Status.IN_PROGRESS, None, None),
    (pattern(rf"(?:ยัง)?{_NOT}(?:ค่อย)?(?:มี)?(?:ความ|อะไร|ไร)?คืบหน้า"), None, None, Unclear.PARTLY),
    # in part
    (pattern(
        rf"{_FINISHED}(?:ไป)?{_EVEN}?(?:ไป)?(?:ได้)? ?(?:บางส่วน|บาง|ส่วนหนึ่ง|เยอะ|มาก|แค่|เพียง"
        rf"|เฉพาะ|หลาย)"),
     Status.IN_PROGRESS, None, None),
    (pattern(
        rf"{_FINISHED}(?:{_FINISHED}|ไป|{_EVEN})*+(?:{_ALMOST}|{_OF_AN_OFFICE}|{_ON_A_DAY}|{_BUT_A_PART})"
        rf"|{_FINISHED}(?:{_FINISHED})*+{_IN_TIME}"),
     None, None, Unclear.PARTLY),
    (pattern(
        rf"{_FINISHED}(?:ไป)?{_EVEN}?(?:ใน|ของ)?(?:(?:รอบ|ขั้น|ขั้นตอน|ส่วน|เฟส|งวด|ระยะ|ครั้ง|เดือน|ครึ่งปี|ไตรมาส)"
        rf"แรก|ก่อน(?!กำหนด|เวลา|แผน)|ภายใน|ไม่เกิน|{_TO_COME})"
        rf"|{_FINISHED}(?:ใน|ราว|ประมาณ|ช่วง|ปลาย|ต้น|กลาง)*(?:เดือน)? ?{_A_MONTH}"),
     None, None, Unclear.PARTLY),
    (pattern(
        rf"{_FINISHED}(?:ไป)?{_EVEN}?(?:ไป)?(?:ได้)? ?(?={NUMBER} ?{_COUNTED}|{NUMBER}(?= ?(?:ใน"
        rf"|จาก|/)))"),
     None, None, Unclear.PARTLY),
    (
        pattern(r"(?:ยัง)?(?:เกิน|กว่า|เกือบ|ไม่ถึง|บ่ถึง|มากกว่า)ครึ่ง(?:หนึ่ง|นึง|ทาง)?(?:แล้ว)?"),
        Status.IN_PROGRESS,
        None,
        None,
    ),
    (pattern(
        rf"(?:{_FINISHED}|ทำ)?(?:ไป)?{_EVEN}?(?:ไป)?(?:ได้)? ?(?:ประมาณ|ราว)?(?:ครึ่งหนึ่ง|ครึ่งนึง"
        rf"|ครึ่งทาง|ครึ่งค่อน|ครึ่งเดียว|ครึ่ง(?={_EVEN}|[^ก-๎]|$))(?:{_EVEN})?"),
     Status.IN_PROGRESS, HALF, None),
    (pattern(rf"{_FINISHED}(?:ไป){_EVEN}?(?:ได้)?(?= ?\x01)"), None, None, None),  # เสร็จไปแล้ว 50%
    # under way
    (pattern(
        r"(?:«อยู่»(?:ใน)?)?(?:«ระหว่าง»)(?:การ|กำลัง)?(?:«ดำเนินการ|ดำเนินงาน|จัดทำ|ทำ|ปฏิบัติ»)?(?:อยู่)?"
        r"|(?:กำลัง|กะลัง|พวม|กำลัง)(?!ใจ|พล|ไฟ|คน|แรง|การผลิต|งบ)(?:จะ)?(?:«ดำเนินการ|ทำ|จัดทำ|เฮ็ด"
        r"|เยียะ|เร่ง|รวบรวม|เริ่ม|ทยอย|เตรียม|ประสาน|เสนอ»)?(?:อยู่)?"
        r"|(?:ยัง)?(?:«ทำ|เฮ็ด|เยียะ|ดำเนินการ|จัดทำ»)อยู่(?!ที่)"
        r"|(?:เริ่ม)(?:«ทำ|ดำเนินการ|เฮ็ด|ลงมือ»)*(?:ไป)?(?:บ้าง)?(?:แล้ว|บ้าง|บางส่วน)"
        r"|\bin progress|\bongoing|\bworking on"),
     Status.IN_PROGRESS, None, None),
    (pattern(
        r"(?:ทำ|ดำเนินการ)(?:ไป|ได้|ไปได้|แล้ว|ไปแล้ว)(?:บางส่วน|บ้างแล้ว|เยอะ(?:แล้ว)?|มาก(?:แล้ว)?"
        r"|หลายส่วน|บ้าง(?![ก-๎]))|เพิ่ง(?:จะ)?(?:ได้)?เริ่ม(?:ทำ|ดำเนินการ)?"),
     Status.IN_PROGRESS, None, None),
    # done
    (pattern(r"รอตรวจรับ|\b(?:finished|completed?|done)\b"), Status.AWAITING_ACCEPTANCE, None, None),
)  # fmt: skip
_DONE: Final = pattern(
    rf"(?P<verb>(?:ได้)?(?:«ดำเนินการ|ดำเนินงาน|ทำ|จัดทำ|เฮ็ด|เยียะ|ปฏิบัติ»)?(?:งาน)?(?:เบิด|หมด|จน"
    rf"|{_EVEN})*)"
    rf"(?P<done>{_FINISHED}|(?:ครบ|จบ|เบิด|หมด)(?:ทุก(?:อย่าง|ข้อ|ขั้นตอน|ขั้น))?(?={_EVEN}|[^ก-๎]|$))"
    rf"(?:สิ้น|สมบูรณ์|หมด|ทั้งหมด|ครบ|ถ้วน|เป็นที่|ดี|ทุกอย่าง|ทุกขั้นตอน|{_FINISHED})*(?:ไป)?(?:{_EVEN})*"
)
_DIALECT_DONE: Final = re.compile(
    rf"{_EVEN}(?:{_EVEN})?(?:เด้อ|เจ้า|เน้อ|เน่อ|เด้|จ้า|ล่ะเด้อ|เนาะ)(?:{PARTICLES})*+(?=$|[^ก-๎])"
)
_BEFORE_DONE: Final = re.compile(
    r"(?:ก็|เนี่ย|เนี้ย|เนีย|อ่ะ|น่ะ|แรก|ทั้งหมด|นี้|นี่|นั้น|ได้|ว่า|แจ้ง|คือ|ถือ|ตอน|เป็น|มัน|งาน|ข้อ|อัน|เรื่อง|และ|แล้ว|ไป|ทั้ง|ทุกอย่าง"
    r"|ทุกขั้นตอน|สถานะ|ครับ|ค่ะ|คะ|คับ|จ้า|จ้ะ|กับ|ต่างหาก|คู่|หมาย|ขอ|รายงาน|ผล|มาตรการ|เปอร์เซ็นต์)\Z"
)


_OF_A_THING: Final = re.compile(
    rf"(?!{PARTICLES}|ทุก|ตาม|ก่อน|ตั้งแต่|เมื่อ|ทั้ง|จริง|วัน|พร้อม|ใน|และ|กับ|แล้ว|ที่|นาน|ตั้ง|พอดี|สัก|เร็ว|ไว|ซะ|เสีย|เอง"
    r"|สิ้น|หมด|ครบ|ถูกต้อง|ดี|แน่|ทัน)[ก-๎]{2,16}?แล้ว"
    rf"(?={PARTICLES}|[^ก-๎]|$)"
)
"""เสร็จประชุมแล้ว: it is the meeting that is over."""
_BARE_PERCENT: Final = re.compile(
    r" ?[:=]? ?(?:(?:ขอ)?(?:แก้(?:ไข)?|เปลี่ยน)เป็น|อั[พป]เ?ด[ทต](?:เป็น)?|ทำ"
    r"|คืบหน้า|เป็น|ได้|ไป|อยู่ที่|ถึง|ประมาณ| )*+"
    rf"(\d[05]|0|100|{TENS})(?=[\s\x01]|\Z|แล้ว|{PARTICLES})(?!\s?{_COUNTED})"
)
COUNTED: Final = re.compile(rf"\s?{_COUNTED}")


def marks(folded: Folded, text: str) -> tuple[list[Mark], str]:
    """The sayings about progress in order, and the text with them taken out.

    `text` is the folded one in which what has another meaning is TAKEN already.
    """
    found, text = _amounts(folded, text)
    for kind, status, percent, unclear in _KINDS:
        for match in kind.finditer(text):
            if match.end() > match.start():
                start, end = _to_gap(folded, kind, text, *match.span())
                asked = _ASKED.match(text, end) is not None
                mark = Mark(start, end, status, percent, unclear, asked)
                found.append(_not_begun(folded, text, mark))
        text = _without_marks(found, text)
    for match in _DONE.finditer(text):
        found.append(_done(folded, text, match))
    text = _without_marks(found, text)
    for match in _DIALECT_DONE.finditer(text):
        before = text[: match.start()].rstrip(" ")
        amounts = [mark.end for mark in found if mark.percent is not None]
        of_number = before[-1:].isdigit() or len(before) in amounts  # 90แล้วจ้า
        if not of_number and _at_boundary(folded, text, match.start()):
            found.append(Mark(*match.span(), Status.AWAITING_ACCEPTANCE))
    return sorted(found, key=lambda mark: mark.start), _without_marks(found, text)


def _to_gap(
    folded: Folded, kind: re.Pattern[str], text: str, start: int, end: int
) -> tuple[int, int]:
    """A saying as far as the space that ends it: ยังไม่ได้ดำเนินการ ทำแล้ว is two."""
    inside = sorted(gap for gap in folded.gaps if start < gap < end)
    return start, next((gap for gap in inside if kind.fullmatch(text, start, gap)), end)


def _not_begun(folded: Folded, text: str, mark: Mark) -> Mark:
    """Not begun, unless only a part of it is: ยังไม่ได้ทำรายงาน."""
    idle = mark.status is Status.NOT_STARTED
    at_all = text[: mark.end].endswith("เลย")
    whole = at_all or mark.end in folded.gaps or _FOLLOWS_IDLE.match(text, mark.end)
    return mark if whole or not idle else Mark(mark.start, mark.end, unclear=Unclear.PARTLY)


def is_bare_percent(text: str, at: int) -> re.Match[str] | None:
    """A number right after a measure that can only be a percent: ม3 80, and no ม3 80 คน."""
    return _BARE_PERCENT.match(text, at)


def _amounts(folded: Folded, text: str) -> tuple[list[Mark], str]:
    found = []
    for match in _AMOUNT.finditer(text):
        before = text[max(0, match.start() - 20) : match.start()]
        if _is_no_amount(match, before, text):
            continue
        typed = folded.text[max(0, match.start() - 24) : match.start()]
        found.append(_amount(match, before, typed, text))
    return found, _without(_AMOUNT, text)


def _is_no_amount(match: re.Match[str], before: str, text: str) -> bool:
    """Whether it is an address, or a correction of no measure: 10 and 15 may be measures."""
    of_nothing = match["changed"] and "%" not in match[0] and TAKEN not in text
    return bool(of_nothing or (match["d"] and _ADDRESS.search(before)))


def _amount(match: re.Match[str], before: str, typed: str, text: str) -> Mark:
    span = match.span()
    behind = text[match.end() :]
    old = _OLD.search(before) and _BECOMES.match(behind)
    of_else = _OF_MONEY.search(typed) or _OF_SOMETHING.search(before) or _OF_PEOPLE.match(behind)
    if of_else or old or re.match(" ?→", behind):
        return Mark(*span)
    if (
        _is_part_of_number(match, before, typed)
        or _NOT_YET.search(before)
        or _SUPPOSED.search(before)
    ):
        return Mark(*span, unclear=Unclear.PARTLY)
    if _AROUND_NOT_YET.search(before) or _REMAINS.search(before):
        return Mark(*span, Status.IN_PROGRESS)
    written = next(match[name] for name in "abcde" if match[name]).strip()
    plain = re.fullmatch(NUMBER, written) and not re.match(r"0\d", written)
    percent = number(written) if plain else None
    if percent is None or percent > ALL_DONE:
        return Mark(*span, unclear=Unclear.ODD)
    asked = _ASKED.match(text, match.end()) is not None
    return Mark(*span, percent=percent, asked=asked)


def _is_of_a_thing(folded: Folded, text: str, match: re.Match[str]) -> bool:
    ends = match.end() in folded.gaps or re.search(rf"{_EVEN}\Z", match[0])
    return not ends and _OF_A_THING.match(text, match.end()) is not None


def _is_part_of_number(match: re.Match[str], before: str, typed: str) -> bool:
    """Whether a number in words goes on from the one before it, whatever that one is."""
    written = match["a"] or match["b"] or ""
    if written[:1].isdecimal():
        return bool(_TENS_BEFORE.search(before))
    tens = written.startswith(("สิบ", "ร้อย")) and re.search(rf"{_DIGIT_WORDS}\Z", typed)
    goes_on = tens or typed.endswith("สิบ")
    return bool(_TENS_BEFORE.search(before) or _DIGIT_BEFORE.search(before) or goes_on)


def _done(folded: Folded, text: str, match: re.Match[str]) -> Mark:
    """Done, unless it is only something that was done for it: ประชุมเสร็จแล้ว."""
    before = text[max(0, match.start() - 24) : match.start()]
    asked = bool(_ASKED.match(text, match.end()) or _WHO.search(before))
    if not asked and (_SUPPOSED.search(before) or _NOT_YET.search(before)):
        return Mark(*match.span(), unclear=Unclear.PARTLY)
    if _is_of_a_thing(folded, text, match):
        return Mark(*match.span(), asked=asked, unclear=Unclear.PARTLY)
    whole = bool(re.match("(?:ได้)?[ดทจเป]", match["verb"])) and not match["verb"].startswith("จน")
    whole = whole and not text[: match.start()].endswith(("คณะ", "การ"))
    if asked or whole or _at_boundary(folded, text, match.start()):
        return Mark(*match.span(), Status.AWAITING_ACCEPTANCE, asked=asked)
    return Mark(*match.span(), unclear=Unclear.PARTLY)


def _at_boundary(folded: Folded, text: str, at: int) -> bool:
    """Whether a word begins at `at` for certain."""
    before = text[max(0, at - 20) : at]
    return (
        at in folded.gaps or not re.search("[ก-๎]\\Z", before) or bool(_BEFORE_DONE.search(before))
    )


def _without_marks(found: list[Mark], text: str) -> str:
    for mark in found:
        text = text[: mark.start] + TAKEN * (mark.end - mark.start) + text[mark.end :]
    return text


def _without(found: re.Pattern[str], text: str) -> str:
    return found.sub(lambda match: TAKEN * len(match[0]), text)
