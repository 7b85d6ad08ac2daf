"""What is understood of free wording, what is asked, and what is left alone."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.understanding import Facts, Told, Topic, Understood, understand
from ita.agency import Role
from ita.measures import Measure, Status
from ita.text import thai_digits
from tests.ita import made


def measure(number: int, title: str, unit: str = "สำนักปลัด", **more: object) -> Measure:
    facts: dict[str, object] = {"indicator": number, **more}
    return made.measure(number, title, end=date(2025, 3, 31), unit=unit, **facts)  # type: ignore[arg-type] # a table's facts


MEASURES = (
    measure(1, "เกณฑ์ประเมินผลการทำงานของบุคลากร", items=("o8",)),
    measure(2, "ให้บุคลากรรู้และร่วมตรวจการใช้งบประมาณ", "กองคลัง", items=("o6",)),
    measure(3, "นโยบาย No Gift Policy งดรับของขวัญ", items=("o21",)),
    measure(4, "การขออนุญาตใช้รถยนต์ส่วนบุคคล", keywords="รถหลวง, กุญแจรถ"),
    measure(5, "แนวทางคุณธรรมและความโปร่งใสประจำปี", items=("o27",)),
    measure(6, "วัฒนธรรมองค์กรสุจริต"),
    measure(7, "ช่องทางติดต่อและบริการประชาชน", items=("o3",)),
    measure(8, "เจตจำนงสุจริตของผู้บริหาร"),
    measure(9, "การเผยแพร่ข้อมูลให้ประชาชน", items=("o18",)),
    measure(10, "ความโปร่งใสในการจัดซื้อจัดจ้าง", "กองคลัง", items=("o12", "o13")),
    measure(11, "ช่องทางร้องเรียนการทุจริต", "งานนิติการ สำนักปลัด", indicator=9, items=("o18",)),
)
TODAY = date(2025, 1, 15)
FACTS = Facts(MEASURES, TODAY, ("สำนักปลัด",))
URL = "https://example.go.th/a"

WORDS = {
    "idle": Status.NOT_STARTED,
    "busy": Status.IN_PROGRESS,
    "done": Status.AWAITING_ACCEPTANCE,
    "?": None,
}


def heard(text: str, role: Role = Role.STAFF, facts: Facts = FACTS) -> Understood:
    return understand(text, role, facts)


def short(told: Told) -> str:
    """One measure as the tables write it: "3 80" where a percent says it all, else "3 done"."""
    assert told.measure
    word = next(word for word, status in WORDS.items() if status is told.status)
    plain = told.percent is None or (told.percent == 100 and word == "done")
    return f"{told.measure.number} {word if plain else told.percent}"


REPORTS = (
    # in the order of the example
    ("ม3 80 เปอร์เซ็นต์ ประชุมแล้ว", "3 80"),
    ("ม3 80% ประชุมแล้ว", "3 80"),
    ("ม.3 80% ประชุมแล้ว", "3 80"),
    ("ม. 3 80 % ประชุมแล้วครับ", "3 80"),
    ("ม๓ ๘๐% ประชุมแล้วค่ะ", "3 80"),
    ("M3 80%", "3 80"),
    ("m.3 80%", "3 80"),
    ("ม３ ８０％ ประชุมแล้ว", "3 80"),
    ("ม3️⃣ 80%", "3 80"),
    ("มาตรการ 3 80%", "3 80"),
    ("มาตรการที่ ๓ ร้อยละ ๘๐", "3 80"),
    ("มาตรการ3ร้อยละ80", "3 80"),
    ("มาตราการที่3 80เปอร์เซ็น", "3 80"),
    ("มาตการ 3 80เปอเซ็น", "3 80"),
    ("3 80% ทำแล้ว", "3 80"),
    ("3: 80%", "3 80"),
    ("ข้อ 3 80%", "3 80"),
    ("ข้อ๓ ได้ 80%", "3 80"),
    ("อันที่ 3 80%", "3 80"),
    ("ลำดับที่ 3 ได้ 80 เปอร์เซ็นต์แล้ว", "3 80"),
    ("กิจกรรมที่ 3 ทำไป 80%", "3 80"),
    ("#3 80%", "3 80"),
    ("เบอร์ 3 80%", "3 80"),
    ("รายงานผล 3 80% ทำแล้ว", "3 80"),
    ("รายงานความก้าวหน้า ม3 80%", "3 80"),
    ("รายงาน ม3 80%", "3 80"),
    ("ขอรายงานมาตรการที่ 3 ค่ะ 80%", "3 80"),
    ("อัพเดท ม3 80%", "3 80"),
    ("สวัสดีค่ะ ม3 80% ค่ะ ขอบคุณค่ะ", "3 80"),
    ("ม3 80", "3 80"),
    ("ม3 80 ประชุมแล้ว", "3 80"),
    ("ม3 = 80%", "3 80"),
    ("ม3 แปดสิบเปอร์เซ็นต์", "3 80"),
    ("มาตรการที่สาม แปดสิบเปอร์เซ็นต์", "3 80"),
    ("มาตรการสามร้อยละแปดสิบ", "3 80"),
    ("มอสามแปดสิบเปอร์เซ็นต์", "3 80"),
    ("ข้อสาม แปดสิบห้าเปอร์เซ็น", "3 85"),
    ("ตัวชี้วัดที่สี่ ร้อยละเก้าสิบ", "4 90"),
    # in another order
    ("80% ม3 ประชุมแล้ว", "3 80"),
    ("ประชุมแล้ว 80% ม3", "3 80"),
    ("ประชุมคณะทำงานเรียบร้อย ม3 ได้ 80 เปอร์เซ็นต์", "3 80"),
    ("ได้ 80% แล้วค่ะ ม.3", "3 80"),
    ("เสร็จแล้ว ม3", "3 done"),
    ("เสร็จแล้วค่ะ มาตรการที่ 3", "3 done"),
    # done
    ("ม3 เสร็จ", "3 done"),
    ("ม3เสร็จแล้ว", "3 done"),
    ("ม3 เสร็จแล้วววว", "3 done"),
    ("ม3 เสร็จแล้วครับผม 🙏", "3 done"),
    ("ม3 เสดแล้ว", "3 done"),
    ("ม3 เส็ดแล้วจ้า", "3 done"),
    ("ม3 เสร้จแล้ว", "3 done"),
    ("ม3 เสรจแลว", "3 done"),
    ("ม3 เเล้วเสร็จ", "3 done"),
    ("ม3 เสร็จเเล้วค่ะ", "3 done"),
    ("ม3 ทำเสร็จแล้ว", "3 done"),
    ("ม3 ดําเนินการเเล้วเสร็จ", "3 done"),
    ("ม3 ดำเนินการเสร็จสิ้นเรียบร้อยแล้ว", "3 done"),
    ("ม3 ดำเนินการเรียบร้อยแล้วค่ะ", "3 done"),
    ("ม3 เรียบร้อยแล้วครับ", "3 done"),
    ("ม3 เสร็จหมดแล้ว", "3 done"),
    ("ม3 เสร็จสมบูรณ์", "3 done"),
    ("ม3 เสร็จ 100%", "3 done"),
    ("ม.3 เสร็จ 100% ครับ แนบรูปให้แล้ว", "3 done"),
    ("ม3 ครบ 100%", "3 done"),
    ("ม3 100 เปอร์เซ็นต์", "3 done"),
    ("ม3 หนึ่งร้อยเปอร์เซ็นต์", "3 done"),
    ("ม3 done", "3 done"),
    ("measure 3 finished", "3 done"),
    ("555 ม3 เสร็จแล้ว", "3 done"),
    ("ม3 เสร็จแล้ว 5555", "3 done"),
    ("ม3 แล้วเด้อ", "3 done"),
    ("ม3 แล่วเด้อ", "3 done"),
    ("ม3 แล้วเจ้า", "3 done"),
    ("ม3 เสร็จแล้วเน้อเจ้า", "3 done"),
    ("ม3 เฮ็ดเบิดแล้ว", "3 done"),
    ("ข้อ 3 เฮ็ดเสร็จแล้วเด้อ", "3 done"),
    # not begun, and not finished
    ("ม3 ยังไม่ได้ทำเลย", "3 idle"),
    ("ม3 ยังไม่ได้ทำเลยค่ะ ขอโทษด้วย", "3 idle"),
    ("ม3 ยังไม่ได้เริ่ม", "3 idle"),
    ("ม3 ยังไม่เริ่มครับ", "3 idle"),
    ("ม3 ยังไม่ได้ดำเนินการ", "3 idle"),
    ("ม3 ยังไม่ดําเนินการ", "3 idle"),
    ("ม3 ยังไม่มีการดำเนินการ", "3 idle"),
    ("ยังไม่ได้ทำ ม3 เลย", "3 idle"),
    ("ม3 ยังไม่ได้ทำอะไรเลย", "3 idle"),
    ("ม3 0%", "3 0"),
    ("ม3 ศูนย์เปอร์เซ็นต์", "3 0"),
    ("อันที่ 3 ยังเลยจ้า", "3 idle"),
    ("ม3 ยังบ่ได้เฮ็ด", "3 idle"),
    ("ม3 ยังบ่ได้เฮ็ดเด้อ", "3 idle"),
    ("ม3 ยังบ่ทันเฮ็ดเลย", "3 idle"),
    ("ม3 ยังบ่ได้เยียะเจ้า", "3 idle"),
    ("ม3 ยังม่ายได้ทำ", "3 idle"),
    ("ม3 not started", "3 idle"),
    ("ม3 ยังไม่เสร็จ", "3 busy"),
    ("ม3 ยังไม่เสร็จเลยค่ะ", "3 busy"),
    ("ม3 ยังทำไม่เสร็จ", "3 busy"),
    ("ม3 ยังไม่แล้วเสร็จ", "3 busy"),
    ("ม3 ยังบ่แล้ว", "3 busy"),
    ("ม3 ยังบ่เสร็จเด้อ", "3 busy"),
    ("ม3 ยังไม่เรียบร้อย", "3 busy"),
    ("ม3 ยังไม่ครบ", "3 busy"),
    ("ม3 ยังไม่ถึง 50%", "3 busy"),
    ("ม3 เหลืออีก 20%", "3 busy"),
    ("ม3 เกือบ 100%", "3 busy"),
    ("ม3 ใกล้เสร็จแล้ว", "3 busy"),
    ("ม3 เกือบเสร็จแล้วค่ะ", "3 busy"),
    ("ม3 เสร็จบางส่วน", "3 busy"),
    ("ม3 กำลังทำ", "3 busy"),
    ("ม3 กำลังดำเนินการอยู่ครับ", "3 busy"),
    ("ม3 อยู่ระหว่างดำเนินการ", "3 busy"),
    ("ม3 อยู่ในระหว่างดำเนินการ 40%", "3 40"),
    ("ม3 กำลังเฮ็ดอยู่", "3 busy"),
    ("ม3 เริ่มแล้ว", "3 busy"),
    ("ม3 ทำอยู่ค่ะ", "3 busy"),
    ("ม3 ทำไปครึ่งนึงแล้ว", "3 50"),
    ("ม3 เสร็จไปแล้ว 50%", "3 50"),
    ("ม3 คืบหน้าประมาณ 60%", "3 60"),
    # by other names
    ("o21 เสร็จแล้ว " + URL, "3 done"),
    ("O21 เสร็จ", "3 done"),
    ("โอ21 เสร็จ", "3 done"),
    ("โอ ๒๑ เสร็จแล้ว", "3 done"),
    ("โอยี่สิบเอ็ด เสร็จแล้ว", "3 done"),
    ("ข้อ o21 เสร็จแล้วค่ะ", "3 done"),
    ("ตัวชี้วัด 3 เสร็จ", "3 done"),
    ("ตัวชี้วัดที่๓ เสร็จ", "3 done"),
    ("ตชว.3 เสร็จ", "3 done"),
    ("ตัวชีวัดที่ 3 เสร็จ", "3 done"),
    ("no gift เสร็จ", "3 done"),
    ("No Gift เสร็จแล้วค่ะ", "3 done"),
    ("nogift เสร็จ", "3 done"),
    ("โนกิฟ เสดแล้ว", "3 done"),
    ("โนกิฟท์เสร็จแล้ว", "3 done"),
    ("โนกิ๊ฟ 80%", "3 80"),
    ("งดรับของขวัญ เสร็จแล้ว", "3 done"),
    ("งดรับของขวันเสร็จแล้วคับ", "3 done"),
    ("ประกาศนโยบายไม่รับของขวัญ 80%", "3 80"),
    ("กุญแจรถ เสร็จแล้ว", "4 done"),
    ("รถหลวง ยังไม่ได้เริ่ม", "4 idle"),
    ("ขออนุญาตใช้รถยนต์ 60%", "4 60"),
    ("วัฒนธรรมองค์กร เสร็จแล้ว", "6 done"),
    ("เจตจำนงสุจริต ลงเว็บแล้ว 100%", "8 done"),
    ("จัดซื้อจัดจ้าง 70%", "10 70"),
    ("เกณฑ์ประเมินบุคลากร กำลังทำ", "1 busy"),
    ("ช่องทางร้องเรียนการทุจริต เสร็จแล้ว", "11 done"),
    ("ม11 ติดป้ายต่อต้านการทุจริตแล้ว 80%", "11 80"),
    # several, and taken back
    ("ม3 80% ม5 เสร็จแล้ว", "3 80, 5 done"),
    ("ม3 80% ประชุมแล้ว ม5 เสร็จแล้ว ลงเว็บแล้ว", "3 80, 5 done"),
    ("ม3 กับ ม5 เสร็จแล้ว", "3 done, 5 done"),
    ("ม3 และ 5 เสร็จแล้ว", "3 done, 5 done"),
    ("ม.3, ม.5 เสร็จ", "3 done, 5 done"),
    ("ม3,5,7 เสร็จ", "3 done, 5 done, 7 done"),
    ("เสร็จแล้ว ม3 กับ ม5", "3 done, 5 done"),
    ("80% ม3 60% ม5", "3 80, 5 60"),
    ("ม1 50% ม2 60% ม3 70%", "1 50, 2 60, 3 70"),
    ("ม3 เสร็จ\nม5 ยังไม่ได้ทำ", "3 done, 5 idle"),
    ("ข้อ 3 เสร็จแล้ว ข้อ 4 ยังเลย", "3 done, 4 idle"),
    ("ม3 เอ้ย ม5 เสร็จแล้ว", "5 done"),
    ("ม3 เสร็จแล้ว ขอโทษค่ะ ม5", "5 done"),
    ("ไม่ใช่ ม3 หมายถึง ม5 80%", "5 80"),
    ("ม5 80% ไม่ใช่ ม3", "5 80"),
    ("พิมพ์ผิด ม5 80% ค่ะ", "5 80"),
    ("ม3 80% เอ้ย 60%", "3 60"),
    ("ม3 ไม่ใช่ 80% เป็น 60%", "3 60"),
    ("แก้ ม3 จาก 60% เป็น 80%", "3 80"),
    ("ม3 80% ไม่ใช่สิ ม5", "5 80"),
    ("3 กับ 5 เสร็จแล้ว", "3 done, 5 done"),
    ("3,5,7 เสร็จ", "3 done, 5 done, 7 done"),
    ("มาตรการที่ 1 2 3 เสร็จแล้ว", "1 done, 2 done, 3 done"),
    ("ทั้ง ม3 และ ม5 เสร็จแล้ว", "3 done, 5 done"),
    ("ตัวชี้วัดที่ 3 และ 4 เสร็จแล้ว", "3 done, 4 done"),
    ("ม3เสร็จแล้วม5ยังไม่ได้ทำ", "3 done, 5 idle"),
    ("o21 กับ o27 เสร็จแล้วทั้งคู่", "3 done, 5 done"),
    ("ม3 ไม่ใช่ ม5 เสร็จแล้ว", "3 done"),
    ("แก้รายงาน ม3 เป็น 90", "3 90"),
    ("ขอแก้ไขมาตรการ 3 เป็น 90%", "3 90"),
    # among many words
    ("ขออนุญาตรายงานความคืบหน้ามาตรการที่ 5 ครับ อยู่ระหว่างดำเนินการ คิดเป็นร้อยละ 60", "5 60"),
    ("เรียนผู้ประสานงาน มาตรการที่ 5 ได้ดำเนินการเสร็จเรียบร้อยแล้ว ครับ", "5 done"),
    ("มาตรการ 5 จัดกิจกรรมแล้ว มีผู้เข้าร่วม 45 คน ใช้งบ 5,000 บาท เสร็จ 100%", "5 done"),
    ("ม5 ผู้เข้าร่วมพึงพอใจ 85% เสร็จแล้ว", "5 done"),
    ("ม3 เดือนธันวา เสร็จแล้ว", "3 done"),
    ("ม3 ครั้งที่ 1 เสร็จแล้ว", "3 done"),
    ("ม3 เสร็จแล้ว ต้องส่งอะไรอีกไหม", "3 done"),
    ("ข้อสิบเอ็ดยังไม่เริ่ม", "11 idle"),
    ("เจ้าหน้าที่กองคลังไม่ส่งเอกสาร ม10 ยังไม่เสร็จ", "10 busy"),
    ("บ่แม่น ม3 ม5 เสร็จแล้ว", "5 done"),
    # as clerks type, and what stands beside a standing
    ("ม3 80เปอ", "3 80"),
    ("ม3:80%", "3 80"),
    ("มาตรการณ์ที่ 3 เสร็จ", "3 done"),
    ("มารตรการ 3 เสร็จ", "3 done"),
    ("ม3 60%→80%", "3 80"),
    ("ม3 เป้าหมาย 100% ตอนนี้ 40%", "3 40"),
    ("ม3 เสร็จไม่ทัน", "3 busy"),
    ("ม3 ยังไม่ใช่ว่าเสร็จ", "3 busy"),
    ("m3 isn't done", "3 busy"),
    ("m3 almost done", "3 busy"),
    ("m3 haven't started", "3 idle"),
    ("3 80% 5 60%", "3 80, 5 60"),
    ("3 ค่ะ 80%", "3 80"),
    ("ม3 เอ้ย 5 เสร็จแล้ว", "5 done"),
    ("ม3 เกือบๆ 100%", "3 busy"),
    ("ม3 80% ผิดๆ 60%", "3 60"),
    ("3 เสร็จค่ะ 5 ยังไม่ได้ทำค่ะ", "3 done, 5 idle"),
    ("1 เสร็จ\n2 ยังไม่ทำ\n3 80%", "1 done, 2 idle, 3 80"),
    ("ม3 80 ม5 60", "3 80, 5 60"),
    ("ม3:เสร็จ,ม5:80%", "3 done, 5 80"),
    ("- ม3 เสร็จ\n- ม5 80%", "3 done, 5 80"),
    ("ม.3 เอ่อ ไม่ใช่ มาตรการสี่ 50%", "4 50"),
    ("ม4 เดือนพฤศจิกายน เสร็จแล้ว", "4 done"),
    ("ม5 ประเมินความเสี่ยงการทุจริต เสร็จแล้ว", "5 done"),
    ("555555 ม5 เสร็จแล้ว", "5 done"),
    ("กองคลังขอรายงาน ม10 เสร็จแล้วค่ะ", "10 done"),
    ("ม3 เสร็จแล้ว ไม่ใช้งบประมาณ ไม่มีอุปสรรค", "3 done"),
    # a percent in other forms
    ("ม3 80/100", "3 80"),
    ("ม3 ได้ ๘๐/๑๐๐ แล้ว", "3 80"),
    ("ม3 80 จาก 100", "3 80"),
    ("no gift ลงเว็บแล้ว 80/100", "3 80"),
    ("ม3 %80", "3 80"),
    ("ม3 % 80", "3 80"),
    ("o21 %๘๐", "3 80"),
    ("3 80 % 5 60 %", "3 80, 5 60"),
    ("ม3 ได้แปดสิบ", "3 80"),
    ("ม3 แปดสิบห้าแล้วจ้า", "3 85"),
    ("ข้อสามแปดสิบ", "3 80"),
    ("ม3 ห้าสิบ ม5 หกสิบ", "3 50, 5 60"),
    ("ม3 ทำไป 80 แล้วค่ะ", "3 80"),
    ("ม3 คืบหน้า 60", "3 60"),
    ("แก้จาก 80 เป็น 60 ม3", "3 60"),
    ("แก้ ม3 จาก 80 เป็น 60 นะคะ", "3 60"),
    ("ม3 เปลี่ยนจาก ๘๐ เป็น ๖๐", "3 60"),
    ("แก้จาก 80% เป็น 60% ม3", "3 60"),
    ("ม3ได้90แล้วจ้า", "3 90"),
    ("ม3 80%แล้วจ้า", "3 80"),
    ("ช่วยบันทึก ม3 80%", "3 80"),
    ("ม3 แก้เป็น 70", "3 70"),
    ("เมื่อกี้ผิด ม3 60", "3 60"),
    ("ม สาม แปด สิบ เปอร์เซ็นต์", "3 80"),
    # lists
    ("1) ม3 เสร็จ 2) ม5 80%", "3 done, 5 80"),
    ("(1) ม3 เสร็จ\n(2) ม5 ยังไม่ทำ", "3 done, 5 idle"),
    ("1. o21 80%\n2. o27 เสร็จ", "3 80, 5 done"),
    ("1️⃣ ม3 เสร็จ 2️⃣ ม5 80%", "3 done, 5 80"),
    ("• ม3 เสร็จ\n• ม5 80%", "3 done, 5 80"),
    ("ก. ม3 เสร็จ ข. ม5 80%", "3 done, 5 80"),
    ("5 เสร็จ 3 ยังไม่เสร็จ", "5 done, 3 busy"),
    # taken back by title
    ("ไม่ใช่จัดซื้อจัดจ้าง หมายถึงประกาศ no gift 80%", "3 80"),
    ("ไม่ใช่ no gift แต่เป็นรถหลวง เสร็จแล้ว", "4 done"),
    ("รถหลวง เสร็จแล้ว ไม่ใช่ no gift", "4 done"),
)

ASKED = (
    # how far it is
    ("ม3 ประชุมแล้ว", "3 ?", "how_far"),
    ("ม3 ทำแล้ว", "3 ?", "how_far"),
    ("ม3 ดำเนินการแล้ว", "3 ?", "how_far"),
    ("ม3 เฮ็ดแล้ว", "3 ?", "how_far"),
    ("ม3 " + URL, "3 ?", "how_far"),
    ("ม3 80 คน", "", "which_topic"),
    ("ม3 อบรมแล้ว 80 คน", "3 ?", "how_far"),
    ("3 80 ทำแล้ว", "", None),
    ("ม3 150%", "3 ?", "how_far"),
    ("ม3 80-90%", "3 ?", "how_far"),
    ("ม3 เสร็จ 50%", "3 ?", "how_far"),
    ("ม3 จะเสร็จเดือนหน้า", "3 ?", "how_far"),
    ("ม3 คาดว่าจะแล้วเสร็จภายใน 30 ก.ย. 68", "3 ?", "how_far"),
    ("ม3 ประชุมเสร็จแล้ว", "3 ?", "how_far"),
    ("ม3 เสร็จแล้วสองเรื่อง", "3 ?", "how_far"),
    ("ม3 เสร็จแล้ว 2 เรื่อง", "3 ?", "how_far"),
    ("ม3 เสร็จแล้ว เหลือลงเว็บ", "3 ?", "how_far"),
    ("ม3 เสร็จแล้ว แต่ยังไม่ได้ทำรายงาน", "3 ?", "how_far"),
    ("ม3 ยังไม่ได้ทำรายงาน", "3 ?", "how_far"),
    ("มาตรการที่ 7 ส่งแล้วนะคะ", "7 ?", "how_far"),
    ("ม5 ยังไม่มีความคืบหน้า", "5 ?", "how_far"),
    ("ม5 รอนายกเซ็น", "5 ?", "how_far"),
    ("ไม่ใช่ ม3 หมายถึง ม5", "5 ?", "how_far"),
    ("แก้ ม3 เป็น ม5", "5 ?", "how_far"),
    ("ส่งรายงาน ม3 กับ ม5 แล้วนะคะ", "3 ?, 5 ?", "how_far"),
    ("ม3 ประชุมแล้ว ม5 เสร็จแล้ว", "3 ?, 5 done", "how_far"),
    ("เสร็จแล้ว ม3 ประชุมอยู่ ม5 80%", "3 ?, 5 ?", "how_far"),
    ("ม5 ความพึงพอใจ 85%", "5 ?", "how_far"),
    ("ม5 ใช้งบไป 50% แล้ว", "5 ?", "how_far"),
    ("ม3 ทำ 3 ครั้ง", "3 ?", "how_far"),
    ("ม3 ติดปัญหา รอผู้บริหาร", "3 ?", "how_far"),
    ("ส่งรูป ม3 ให้แล้วนะคะ", "3 ?", "how_far"),
    ("ม3 เสร็จแล้วนะแต่ยังไม่ได้ลงเว็บ", "3 ?", "how_far"),
    ("ข้อ 3 ผิดค่ะ ขอแก้เป็นข้อ 4", "4 ?", "how_far"),
    ("ม3เสร็จค่ะม5กำลังทำค่ะม7ยังค่ะ", "3 done, 5 busy, 7 ?", "how_far"),
    ("ม10 80% แต่หัวหน้าทุจริต", "", "which_topic"),
    ("ร้องเรียนทุจริต 80%", "", "which_topic"),
    # which measure
    ("กิจกรรม 3 ครั้ง เสร็จแล้ว", "", "which_measure"),
    ("ข้อ 021 เสร็จ", "", "which_measure"),
    ("สามข้อแรกเสร็จแล้ว", "", "which_measure"),
    ("80%", "", "which_measure"),
    ("100 %", "", "which_measure"),
    ("เสร็จแล้วค่ะ", "", "which_measure"),
    ("เสร็จแล้ว ขอบคุณ", "", "which_measure"),
    ("ยังไม่ได้ทำเลย", "", "which_measure"),
    ("ยังไม่เสร็จค่ะ", "", "which_measure"),
    ("กำลังทำอยู่ครับ", "", "which_measure"),
    (URL, "", "which_measure"),
    ("รายงานผล", "", "which_measure"),
    ("ส่งรายงานค่ะ", "", "which_measure"),
    ("ม99 เสร็จ", "", "which_measure"),
    ("o43 80%", "", "which_measure"),
    ("o18 เสร็จ", "", "which_measure"),
    ("ตัวชี้วัด 9 เสร็จ", "", "which_measure"),
    ("ช่องทาง 80%", "", "which_measure"),
    ("ม3-5 เสร็จ", "", "which_measure"),
    ("ทุกมาตรการเสร็จแล้ว", "", "which_measure"),
    ("ม3 กับ ม99 เสร็จ", "3 done", "which_measure"),
    # the day
    ("ม3 เสร็จแล้ว วันที่ 31 ก.พ. 68", "3 done", "date"),
    ("ม3 เสร็จแล้ว 1/10/79", "3 done", "date"),
    # to come, wished for, supposed, doubted
    ("ม3 จะให้ถึง 80% เดือนหน้า", "3 ?", "how_far"),
    ("ม3 คาดว่าจะได้ 80%", "3 ?", "how_far"),
    ("ม3 เดือนหน้าน่าจะครบ 100%", "3 ?", "how_far"),
    ("ม3 ตั้งเป้า 80%", "3 ?", "how_far"),
    ("ม3 เสร็จพรุ่งนี้", "3 ?", "how_far"),
    ("ม3 เสร็จสิ้นเดือนนี้", "3 ?", "how_far"),
    ("ม3 เสร็จเดือนมีนา", "3 ?", "how_far"),
    ("ม3 เย็นนี้เสร็จ", "3 ?", "how_far"),
    ("ม3 เดี๋ยวก็เสร็จ", "3 ?", "how_far"),
    ("ม3 อีกหน่อยก็เสร็จแล้ว", "3 ?", "how_far"),
    ("m3 will be done tomorrow", "3 ?", "how_far"),
    ("m3 to be completed", "3 ?", "how_far"),
    ("ม3 เสร็จแล้วมั้ง", "3 ?", "how_far"),
    ("ม3 คิดว่าเสร็จแล้ว", "3 ?", "how_far"),
    ("ม3 อย่าเพิ่งรายงานว่าเสร็จ", "3 ?", "how_far"),
    # all but something, and something else
    ("ม3 100% แต่รอนายกเซ็น", "3 ?", "how_far"),
    ("ม3 100% เหลือถ่ายรูป", "3 ?", "how_far"),
    ("ม3 เสร็จแล้วนะยกเว้นลงเว็บ", "3 ?", "how_far"),
    ("เสร็จทุกข้อยกเว้น ม5", "5 ?", "how_far"),
    ("ม3 ขาดหลักฐาน นอกนั้นเสร็จหมด", "3 ?", "how_far"),
    ("ม3 เสร็จรอบแรก", "3 ?", "how_far"),
    ("ขุดลอก ม.5 เสร็จแล้ว", "5 ?", "how_far"),
    ("ประชุม ม3 เสร็จแล้ว", "3 ?", "how_far"),
    ("ม3 เพิ่มขึ้น 20%", "3 ?", "how_far"),
    ("ม6 พนักงานเข้าอบรมครบ 100%", "6 ?", "how_far"),
    ("ม5 มีคนตอบแบบสอบถาม 80%", "5 ?", "how_far"),
    ("ม3 80+%", "3 ?", "how_far"),
    ("ม3 แปดสิบกว่าเปอร์เซ็นต์", "3 ?", "how_far"),
    # two of them
    ("ม3 เมื่อวานรายงาน 60% วันนี้ 80%", "3 ?", "how_far"),
    ("ม3 เดือนก่อน 60% เดือนนี้ 80%", "3 ?", "how_far"),
    ("ม3,ม5 80%,60%", "3 ?, 5 ?", "how_far"),
    ("ม3 60% -> 80%", "3 ?", "how_far"),
    ("ม3 80 5 60%", "3 ?", "how_far"),
    ("3 80% รอบ 2 60%", "3 ?", "how_far"),
    ("ม3 80 เสร็จแล้ว", "3 ?", "how_far"),
    ("มาตรการ 3 5 เสร็จแล้ว", "3 ?", "how_far"),
    ("ม3 เสร็จแล้วไม่ใช่ยังไม่เสร็จ", "3 ?", "how_far"),
    ("ม3 วัฒนธรรมองค์กรสุจริต เสร็จ", "", "which_measure"),
    # a word of a title is no title
    ("วัฒนธรรมไทย เสร็จแล้ว", "", "which_measure"),
    ("ผู้บริหาร เสร็จแล้ว", "", "which_measure"),
    ("งบประมาณ 80%", "", "which_measure"),
    ("เบิกงบประมาณ 80%", "", "which_measure"),
    ("ใช้งบประมาณไปแล้ว 80%", "2 ?", "how_far"),
    ("ม3 ใส่ 100% ไปก่อนนะ เดี๋ยวทำ", "3 ?", "how_far"),
    # what was done in village 3, or how far measure 3 is
    ("วัคซีน ม.3 80%", "3 ?", "how_far"),
    ("แจกผ้าห่ม ม 3 50%", "3 ?", "how_far"),
    # a word of a title and words of progress
    ("อบรมบุคลากร 80%", "", "which_measure"),
    ("อบรมบุคลากรแล้ว", "", "which_measure"),
    ("คุณธรรม 60", "", "which_measure"),
    ("เจตจำนง ห้าสิบ", "", "which_measure"),
    ("งบประมาณ ยังไม่เบิก", "", "which_measure"),
    ("ประกาศนโยบายแล้วค่ะ", "", "which_measure"),
    ("สุจริต เสร็จแล้ว", "", "which_measure"),
    ("1) no gift เสร็จ 2) จัดซื้อจัดจ้าง 80%", "", "which_measure"),
    ("ช่องทางติดต่อ 90", "7 ?", "how_far"),
    ("no gift แปดสิบ", "3 ?", "how_far"),
    ("no gift ยังไม่ได้ประกาศ", "3 ?", "how_far"),
    ("จัดซื้อจัดจ้าง ยังไม่ลงเว็บ", "10 ?", "how_far"),
    ("ไม่ใช่อบรม หมายถึงประกาศ no gift", "3 ?", "how_far"),
    # what was done, and not for which
    ("ประชุมแล้วค่ะ", "", "which_measure"),
    ("ลงเว็บไซต์เทศบาลแล้ว", "", "which_measure"),
    ("ยังไม่ได้ประชุม", "", "which_measure"),
    ("อบรมเสร็จแล้วครับ", "", "which_measure"),
    # a percent, a day, or another measure
    ("ม สาม แปด สิบ ห้า เปอร์เซ็นต์", "3 ?", "how_far"),
    ("ม.3 เฮ็ดแล้ว 80", "3 ?", "how_far"),
    ("ม3 ไม่ทำแล้ว", "3 ?", "how_far"),
    ("ม3 เสร็จแล้ว 80", "3 ?", "how_far"),
    ("ม3 เสร็จแล้ว แก้เป็น 80", "3 ?", "how_far"),
    ("ม3 จาก 60 เหลือ 40", "3 ?", "how_far"),
    ("ม3 ช้ากว่าแผน 20%", "3 ?", "how_far"),
    ("ม3 เขาบอกว่าเสร็จแล้ว", "3 ?", "how_far"),
    ("ม3 l00%", "", "which_topic"),
    ("ม3 8/10", "3 ?", "how_far"),
    ("ม3 8/10 เสร็จแล้ว", "3 ?", "how_far"),
    ("ม3 เสร็จแล้ว 8/10", "3 ?", "how_far"),
    ("ม3 120/100", "3 ?", "how_far"),
    ("ม3 5", "", "which_topic"),
    ("%80", "", "which_measure"),
    ("3 เสร็จ 5 ยัง", "3 done, 5 ?", "how_far"),
    ("3 ยัง 5 เสร็จ", "3 ?, 5 done", "how_far"),
    ("3 เสร็จ 10 ยัง", "", "which_measure"),
    ("3 เสร็จ 5 คน", "3 ?", "how_far"),
    ("ม3 เสร็จ 5 ยัง", "3 ?", "how_far"),
    ("ม3 หรือ ม5 เสร็จ", "", "which_measure"),
    ("3 เสร็จ 80 ยัง", "", "which_measure"),
    ("ม3 80% พรุ่งนี้", "3 ?", "how_far"),
    ("ม3 80% มั้งคะ", "3 ?", "how_far"),
    ("ไม่ใช่ 3 หมายถึง 5", "5 ?", "how_far"),
    ("ไม่ใช่ 80 แต่เป็น 60", "", "which_measure"),
)

OTHERS = (
    ("งานค้าง", "outstanding"),
    ("ดูงานค้างหน่อยค่ะ", "outstanding"),
    ("งานค่าง", "outstanding"),
    ("งานไหนยังไม่ส่งบ้าง", "outstanding"),
    ("มาตรการไหนยังไม่เสร็จ", "outstanding"),
    ("อันไหนใกล้ครบกำหนดบ้างคะ", "outstanding"),
    ("เหลืออะไรบ้าง", "outstanding"),
    ("เหลืองานอะไรอีกบ้างครับ", "outstanding"),
    ("ต้องส่งอะไรบ้างเดือนนี้", "outstanding"),
    ("เดือนนี้ต้องรายงานอะไรบ้าง", "outstanding"),
    ("ยังไม่ได้ส่งอะไรบ้าง", "outstanding"),
    ("ใครยังไม่ส่งบ้าง", "outstanding"),
    ("มีงานค้างไหม", "outstanding"),
    ("ค้างอะไรอยู่บ้างจ๊ะ", "outstanding"),
    ("ยังค้างหยังแหน่", "outstanding"),
    ("งานที่ต้องรายงาน", "outstanding"),
    ("กองคลังค้างอะไรบ้าง", "outstanding"),
    ("คะแนน", "scores"),
    ("คะเเนน", "scores"),
    ("ขอดูคะแนนปีนี้หน่อย", "scores"),
    ("เราได้กี่คะแนน", "scores"),
    ("คะแนน ita ของเราเท่าไหร่", "scores"),
    ("ITA ได้เท่าไหร่คะ", "scores"),
    ("ผลประเมิน ita ออกหรือยัง", "scores"),
    ("ปีที่แล้วได้คะแนนเท่าไร", "scores"),
    ("มาตรการ 3", "measure"),
    ("ม3", "measure"),
    ("ขอดู ม3", "measure"),
    ("ม3 ถึงไหนแล้ว", "measure"),
    ("ม3 เสร็จหรือยัง", "measure"),
    ("ม3 เสร็จยังคะ", "measure"),
    ("มาตรการที่ 3 คืออะไร", "measure"),
    ("ม.3 ใครรับผิดชอบ", "measure"),
    ("o21 ครบกำหนดเมื่อไหร่", "measure"),
    ("ม3 เสร็จบ่", "measure"),
    ("รายละเอียดมาตรการ 5", "measure"),
    ("ม3 แล้วบ่", "measure"),
    ("ม3 ต้องทำอะไร", "measure"),
    ("ม.3 เหลือเวลากี่วัน", "measure"),
    ("ม3 เสร็จแล้วใช่ไหม", "measure"),
    ("มีมาตรการอะไรบ้าง", "measure"),
    ("no gift ถึงไหนแล้ว", "measure"),
    ("ช่วยเหลือ", "help"),
    ("เมนู", "help"),
    ("ทำอะไรได้บ้าง", "help"),
    ("ใช้ยังไงคะ", "help"),
    ("รายงานยังไง", "help"),
    ("ส่งหลักฐานทางไหน", "help"),
    ("วิธีใช้หน่อยครับ", "help"),
    ("help", "help"),
    ("ยกเลิก", "cancel"),
    ("ยกเลิกค่ะ", "cancel"),
    ("ยกเลิกรายงานล่าสุด", "cancel"),
    ("ขอยกเลิกรายงานเมื่อกี้", "cancel"),
    ("ไม่ทำแล้ว", "cancel"),
    ("ลบรายงานเมื่อกี้ให้หน่อย", "cancel"),
    ("cancel", "cancel"),
    ("ลงทะเบียน ABCD-1234", "register"),
    ("ลงทะเบียน abcd1234", "register"),
    ("ลงทะเบียน", "register"),
    ("ขอลงทะเบียนเจ้าหน้าที่ค่ะ", "register"),
    ("สถิติ", "statistics"),
    ("ปีที่แล้วมีเรื่องร้องเรียนกี่เรื่อง", "statistics"),
    ("ขอสถิติเรื่องร้องเรียนทุจริต", "statistics"),
    ("เรื่องร้องเรียนปีนี้มีเท่าไหร่", "statistics"),
    ("ติดตามเรื่อง", "track"),
    ("ติดตามเรื่อง 2A3B-4C5D", "track"),
    ("เรื่องที่แจ้งไปถึงไหนแล้ว", "track"),
    ("ถึงไหนแล้ว", "track"),
    ("ไฟดับ ม.3", "grievance"),
    ("ม.3 ไฟดับ 2 วันแล้ว", "grievance"),
    ("ไฟถนนหน้าบ้านไม่ติด", "grievance"),
    ("น้ำประปาไม่ไหล ม.5", "grievance"),
    ("แจ้งเหตุ ถนนเป็นหลุมหน้าวัด", "grievance"),
    ("ร้องเรียน", "complaint_unclear"),
    ("อยากร้องเรียน", "complaint_unclear"),
    ("ร้องเรียนทุจริต", "protected"),
    ("หัวหน้าเรียกเงินใต้โต๊ะ 30%", "protected"),
    ("นายกฮั้วจัดซื้อจัดจ้าง กินเปอร์เซ็นต์ 30%", "protected"),
    ("สวัสดีครับ", "smalltalk"),
    ("555", "smalltalk"),
    ("๕๕๕", "smalltalk"),
    ("ขอบคุณค่ะ", "smalltalk"),
    ("โอเคครับ", "smalltalk"),
    ("🙏🙏", "smalltalk"),
    ("ม.3 แห่ง พ.ร.บ. ข้อมูลข่าวสาร", "unclear"),
    ("ลูกอยู่ ม.3", "unclear"),
    ("นักเรียน ม.3 สอบเสร็จแล้ว", "unclear"),
    ("กินข้าวเสร็จแล้ว", "unclear"),
    ("พรุ่งนี้หยุดไหม", "unclear"),
    ("ลงทะเบียนเบี้ยผู้สูงอายุ", "unclear"),
    ("คะแนนสอบลูกออกแล้ว", "unclear"),
    ("", "unclear"),
    ("ม3 เสร็จแล้วเหรอ", "measure"),
    ("ม3 เสร็จแล้วหรอคะ", "measure"),
    ("ม3 80% ได้ไหม", "measure"),
    ("ม3 80% ถูกไหมคะ", "measure"),
    ("ม3 ให้ใส่ 100% เลยไหม", "measure"),
    ("ม3 ใครทำเสร็จแล้วบ้าง", "measure"),
    ("มาตรการไหนเสร็จแล้วบ้าง", "measure"),
    ("ทำไม ม3 ขึ้น 80%", "measure"),
    ("is m3 done", "measure"),
    ("เหลืออีหยังแหน่", "outstanding"),
    ("อันไหนด่วนสุด", "outstanding"),
    ("ผู้ใหญ่บ้าน ม.3 80%", "report"),
    ("80 ม.3 ไฟดับ", "grievance"),
    ("ม.5 ยังไม่มีน้ำใช้", "grievance"),
    ("นายกรับของขวัญจากผู้รับเหมา", "protected"),
    ("ปลัดสั่งให้รายงานเท็จว่า ม3 เสร็จแล้ว", "protected"),
    ("ม3 ไม่พบการรับสินบน เสร็จแล้ว", "report"),
    ("ยังไม่ได้กินข้าวเลย", "unclear"),
    ("ยังไม่เข้าใจ", "unclear"),
    ("ส่งงานแล้วนะ", "unclear"),
    ("ประชุมผู้ปกครองลูกแล้ว", "unclear"),
    ("ทำพันพรือ", "help"),
    ("ม3 ทำพรือ", "help"),
    ("no gift ยัง", "measure"),
    ("ควิซ 100%", "unclear"),
    ("หลานสอบได้ 100%", "unclear"),
    ("ลด 50% ทั้งร้าน", "unclear"),
    ("บ้านเลขที่ 80/100", "unclear"),
    ("99/100 ม.3 น้ำไม่ไหล", "grievance"),
    ("ทำแล้ว 80/100 คน", "unclear"),
    ("ราคา 80 บาท", "unclear"),
    ("โทร 081-234-5678", "unclear"),
    ("ประชาคม ม.3 80 คน", "unclear"),
    ("พรุ่งนี้ประชุม 10 โมง", "unclear"),
    ("ประชุม 13.30 น.", "unclear"),
    ("ม3 ได้ 80 คะแนน", "scores"),
)

CITIZENS = (
    ("ม3 80% ประชุมแล้ว", "unclear"),
    ("รายงานผล ม3 80%", "unclear"),
    ("100 %", "unclear"),
    ("๑๐๐% เลย", "unclear"),
    ("เสร็จแล้ว ขอบคุณ", "smalltalk"),
    ("555", "smalltalk"),
    ("สวัสดีจ้า", "smalltalk"),
    ("ไฟติดแล้ว ขอบคุณมาก", "smalltalk"),
    ("ไฟดับหน้าวัด", "grievance"),
    ("ไฟดับ ม.3", "grievance"),
    ("หมู่ 3 ไฟดับสามวันแล้ว", "grievance"),
    ("ไฟทางเสียหลายดวงเลยค่ะ มืดมาก", "grievance"),
    ("ถนนหน้าบ้านเป็นหลุม", "grievance"),
    ("ถนนพังหมดแล้ว ช่วยมาดูหน่อย", "grievance"),
    ("น้ำไม่ไหลสองวันแล้ว", "grievance"),
    ("น้ำบ่ไหลเด้อ", "grievance"),
    ("น้ำท่วมบ้าน", "grievance"),
    ("ขยะไม่มาเก็บ", "grievance"),
    ("ขยะล้นถังหน้าตลาด", "grievance"),
    ("ท่อแตกหน้าบ้าน", "grievance"),
    ("หมาจรจัดไล่กัดเด็ก", "grievance"),
    ("ต้นไม้ล้มขวางทาง", "grievance"),
    ("สายไฟห้อย อันตราย", "grievance"),
    ("เสาไฟจะล้ม อันตรายมาก", "grievance"),
    ("ช่วยด้วย ไฟไหม้", "grievance"),
    ("มีงูเข้าบ้าน", "grievance"),
    ("ลำโพงหมู่บ้านเสีย", "grievance"),
    ("รบกวนตัดกิ่งไม้หน้าบ้านให้หน่อยค่ะ", "grievance"),
    ("แจ้งไฟดับ บ้านเลขที่ 9/9 หมู่ 3", "grievance"),
    ("แจ้งไฟดับยังไง", "grievance"),
    ("บ้านผมอยู่ ม.4 อยากได้ไฟส่องสว่าง", "grievance"),
    ("ข้างบ้านเปิดเพลงเสียงดังทั้งคืน", "grievance"),
    ("กลิ่นเหม็นจากฟาร์มหมู", "grievance"),
    ("แจ้งเหตุ", "grievance"),
    ("ร้องเรียนไฟดับ", "grievance"),
    ("the street light is broken", "grievance"),
    ("เจ้าหน้าที่เรียกเงินใต้โต๊ะ", "protected"),
    ("นายกโกงงบซ่อมถนน", "protected"),
    ("มีการทุจริตในเทศบาล", "protected"),
    ("จ่ายเงินให้เจ้าหน้าที่ถึงจะได้ใบอนุญาต", "protected"),
    ("เจ้าหน้าที่พูดจาไม่ดี", "protected"),
    ("ปลัดเมาแล้วด่าชาวบ้าน", "protected"),
    ("พนักงานเลือกปฏิบัติ ไม่ยอมรับเรื่อง", "protected"),
    ("ร้องเรียนพฤติกรรมเจ้าหน้าที่", "protected"),
    ("ประมูลล็อกสเปก", "protected"),
    ("เอารถหลวงไปใช้ส่วนตัว", "protected"),
    ("ร้องเรียนการทุจริต", "protected"),
    ("อยากแจ้งเบาะแสทุจริต", "protected"),
    ("someone asked me for a bribe", "protected"),
    ("ร้องเรียน", "complaint_unclear"),
    ("อยากร้องเรียนค่ะ", "complaint_unclear"),
    ("มีเรื่องจะร้องเรียนหน่อย", "complaint_unclear"),
    ("เจ้าหน้าที่ไม่สนใจ ขยะกองเต็มถนน", "complaint_unclear"),
    ("I want to complain", "complaint_unclear"),
    ("ติดตามเรื่อง", "track"),
    ("เรื่องที่แจ้งไปถึงไหนแล้ว", "track"),
    ("เรื่องที่ร้องเรียนไว้เมื่อวานคืบหน้าไหมคะ", "track"),
    ("ที่แจ้งไฟดับไปถึงไหนแล้ว", "track"),
    ("แจ้งไปเมื่อวานยังไม่มีใครมาเลย", "track"),
    ("เลขที่เรื่อง 2A3B-4C5D", "track"),
    ("2A3B-4C5D", "track"),
    ("ถึงไหนแล้วคะ", "track"),
    ("คะแนน", "scores"),
    ("อบต. ได้คะแนน ita เท่าไหร่", "scores"),
    ("ปีที่แล้วมีเรื่องร้องเรียนกี่เรื่อง", "statistics"),
    ("สถิติการร้องเรียน", "statistics"),
    ("ปีนี้มีเรื่องร้องเรียนทุจริตไหม", "statistics"),
    ("ฮัลโหล มีใครอยู่ไหม", "smalltalk"),
    ("มาตรการ 3", "measure"),
    ("มีมาตรการป้องกันทุจริตอะไรบ้าง", "measure"),
    ("ทำอะไรได้บ้าง", "help"),
    ("ใช้ยังไง", "help"),
    ("แจ้งเรื่องยังไงคะ", "help"),
    ("ขอความช่วยเหลือ", "help"),
    ("ยกเลิก", "cancel"),
    ("ลงทะเบียน ABCD-1234", "register"),
    ("ลงทะเบียนเบี้ยผู้สูงอายุ", "unclear"),
    ("ลงทะเบียนคนละครึ่งที่ไหน", "unclear"),
    ("คะแนนสอบ ม.3 ออกยัง", "unclear"),
    ("เทศบาลเปิดกี่โมง", "unclear"),
    ("ติดต่อใครได้บ้าง", "unclear"),
    ("หลานสอบได้ 100%", "unclear"),
    ("แบตเหลือ 20%", "unclear"),
    ("อบรมบุคลากร 80%", "unclear"),
    ("หมู่ 3 80%", "unclear"),
    ("ควิซ 80/100 ค่ะ", "unclear"),
    ("ม.3 8/10", "unclear"),
    ("ม3 ได้แปดสิบ", "unclear"),
    ("%80", "unclear"),
    ("3 เสร็จ 5 ยัง", "unclear"),
    ("แก้จาก 80 เป็น 60 ม3", "unclear"),
    ("เสียใจด้วยนะ", "unclear"),
    ("จ่ายภาษีที่ไหน", "unclear"),
    ("ขอรถดูดส้วม", "grievance"),
    ("นายกเอารถ อบต ไปส่งลูก", "protected"),
    ("นายกซื้อของแพงกว่าราคาตลาด", "protected"),
    ("พนักงานมาสายทุกวัน", "protected"),
    ("เงินกองทุนหมู่บ้านหาย", "protected"),
    ("ที่แจ้งไฟดับไว้ยังไม่มาซ่อมเลย", "track"),
    ("จ่ายค่าขยะยังไง", "unclear"),
)


@pytest.mark.parametrize(("text", "expected"), REPORTS)
def test_reports(text: str, expected: str) -> None:
    understood = heard(text)
    assert understood.topic is Topic.REPORT
    assert ", ".join(map(short, understood.measures)) == expected
    assert understood.ask is None


@pytest.mark.parametrize(("text", "expected", "asked"), ASKED)
def test_what_is_asked(text: str, expected: str, asked: str | None) -> None:
    understood = heard(text)
    assert ", ".join(map(short, understood.measures)) == expected
    assert (understood.ask.what if understood.ask else None) == asked


@pytest.mark.parametrize(("text", "topic"), OTHERS)
def test_other_topics_of_staff(text: str, topic: str) -> None:
    assert heard(text).topic.value == topic


@pytest.mark.parametrize(("text", "topic"), CITIZENS)
def test_topics_of_citizens(text: str, topic: str) -> None:
    assert heard(text, Role.CITIZEN).topic.value == topic


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ม3 เสร็จแล้ว 1/10/67", date(2024, 10, 1)),
        ("ม3 เสร็จแล้ว ๑ ต.ค. ๖๗", date(2024, 10, 1)),
        ("ม3 เสร็จแล้ว เมื่อวันที่ 1 ตุลาคม 2567", date(2024, 10, 1)),
        ("ม3 เสร็จแล้ว 1 ตค 67", date(2024, 10, 1)),
        ("ม3 เสร็จแล้ว 1-10-2567", date(2024, 10, 1)),
        ("ม3 เสร็จแล้ว 2024-10-01", date(2024, 10, 1)),
        ("1/10/67 ม3 เสร็จแล้ว", date(2024, 10, 1)),
        ("ม3 เสร็จแล้ว 1 ต.ค.", date(2024, 10, 1)),
        ("ม3 เสร็จแล้ว 20 มี.ค.", date(2024, 3, 20)),
        ("ม3 เสร็จแล้ว ณ วันที่ 27 ธันวาคม พ.ศ. 2567", date(2024, 12, 27)),
        ("ม3 27 ธันวาคม เสร็จแล้ว", date(2024, 12, 27)),
        ("ม4 เดือนพฤศจิกายน เสร็จแล้ว", None),
        ("ม3 เสร็จเมื่อวาน", date(2025, 1, 14)),
        ("ม3 เสร็จวันนี้", date(2025, 1, 15)),
        ("ม3 เสร็จแล้ว กำหนด 31 มี.ค. 68", None),
        ("ม3 กำลังทำ ภายใน 31 มี.ค. 68", None),
    ],
)
def test_the_day_of_the_act(text: str, day: date | None) -> None:
    understood = heard(text)
    assert [told.day for told in understood.measures] == [day]
    assert understood.ask is None


def test_in_the_first_months_of_a_year_a_day_without_one_may_be_of_either() -> None:
    understood = heard("ม3 เสร็จแล้ว 1 ต.ค.", facts=Facts(MEASURES, date(2024, 11, 21)))
    assert understood.ask is not None
    assert (understood.ask.what, understood.ask.choices) == ("fiscal_year", (2568, 2567))


def test_each_part_has_its_own_day_and_links() -> None:
    text = f"ม3 เสร็จ 1/10/67 {URL} ม5 80% 2/10/67 {URL}/b {URL}/b"
    first, second = heard(text).measures
    assert (first.day, first.links) == (date(2024, 10, 1), (URL,))
    assert (second.day, second.links) == (date(2024, 10, 2), (URL + "/b",))


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("ม3 80% ประชุมแล้ว", "ประชุมแล้ว"),
        ("80% ม3 ประชุมแล้ว", "ประชุมแล้ว"),
        ("ประชุมแล้ว ม3 ๘๐%", "ประชุมแล้ว"),
        (f"ม3 80% ลงเว็บแล้ว {URL}", "ลงเว็บแล้ว"),
        (f"ม3 80% ดู {URL} ด้วย", f"ดู {URL} ด้วย"),
        ("ม3 เสร็จแล้วค่ะ", ""),
        ("ม3 80% =SUM(A1)", "=SUM(A1)"),
        ("ติดประกาศ no gift แล้ว 80%", "ติดประกาศ no gift แล้ว"),
        ("ม3 80% " + "ทำแล้ว " * 100 + "จบ", ("ทำแล้ว " * 100 + "จบ")),
        ("ไม่ใช่ ม3 หมายถึง ม5 80%", ""),
    ],
)
def test_the_other_words_are_kept_as_typed(text: str, output: str) -> None:
    (told,) = heard(text).measures
    assert told.output == output


def test_only_the_beginning_of_the_words_is_matched_and_links_are_no_words() -> None:
    link = URL + "/x" * 400
    assert short(heard(f"{link} ม3 80%").measures[0]) == "3 80"
    assert [short(told) for told in heard("ม3 80% " + "ลงเว็บ" * 50 + " ม5 60%").measures] == [
        "3 80"
    ]


def test_what_may_be_meant_is_offered_own_units_first() -> None:
    asked = heard("ตัวชี้วัด 9 เสร็จ").ask
    assert asked is not None
    assert asked.choices == (9, 11)
    finance = Facts(MEASURES, TODAY, ("กองคลัง",))
    understood = heard("เสร็จแล้ว", facts=finance)
    assert [each.number for each in understood.likely] == [2, 10]
    assert understood.unnamed is not None
    assert understood.unnamed.status is Status.AWAITING_ACCEPTANCE


def test_a_word_in_common_offers_its_measures_and_never_one_alone() -> None:
    assert [each.number for each in heard("อบรมบุคลากร 80%").likely] == [1, 2]
    finance = Facts(MEASURES, TODAY, ("กองคลัง",))
    assert [each.number for each in heard("อบรมบุคลากร 80%", facts=finance).likely] == [2, 1]
    assert [each.number for each in heard("นโยบาย 80%").likely] == [3, 1]


def test_what_may_be_a_percent_is_offered_first() -> None:
    for text, percent in (("ม3 8/10", "80%"), ("ช่องทางติดต่อ 90", "90%"), ("ม3 7", None)):
        ask = heard(text).ask
        assert ask is not None
        assert (ask.choices[0] if ask.what == "how_far" else None) == percent


def test_numbers_alone_are_measures_only_where_they_are_the_writers_own() -> None:
    asked = heard("3 เสร็จ 10 ยัง").ask
    assert asked is not None
    assert asked.choices == (3, 10)
    coordinator = Facts(MEASURES, TODAY)
    assert len(heard("3 เสร็จ 10 ยัง", Role.COORDINATOR, coordinator).measures) == 2


def test_measures_that_share_a_number_are_asked_about() -> None:
    twins = (measure(1, "รอบแรก"), measure(1, "รอบหลัง"))
    understood = heard("ม1 เสร็จ", facts=Facts(twins, TODAY))
    assert understood.measures == ()
    assert [each.title for each in understood.likely] == ["รอบแรก", "รอบหลัง"]


def test_an_item_of_no_measure_offers_what_its_title_is_like() -> None:
    without_items = tuple(measure(each.number, each.title) for each in MEASURES)
    asked = heard("o21 เสร็จ", facts=Facts(without_items, TODAY)).ask
    assert asked is not None
    assert (asked.what, asked.choices) == ("which_measure", (3,))


PIECES = st.sampled_from(
    [
        *(
            "ม3",
            "ม.๕",
            "80%",
            "ร้อยละ",
            "เสร็จ",
            "ยังไม่",
            "ไม่ใช่",
            "กับ",
            "o21",
            "ตัวชี้วัด",
            "ที่",
            "1/10/67",
        ),
        *(
            "31 ก.พ.",
            "no gift",
            "ไฟดับ",
            "ทุจริต",
            "เจ้าหน้าที่",
            URL,
            "\n",
            "😀",
            "555",
            "ํา",
            "เเ",
            "สาม",
            "สิบ",
        ),
        *(
            "\u0e48" * 9,
            "\ud800",
            "99999999999",
            "ครับ",
            "?",
            "คะแนน",
            "-",
            ",",
            "%",
            "\x00",
            "๐",
            "²",
            "①",
        ),
    ]
)
MESSAGES = st.text(max_size=120) | st.lists(PIECES | st.text(max_size=4), max_size=14).map("".join)


@settings(max_examples=150)
@given(text=MESSAGES, role=st.sampled_from(Role), spaced=st.booleans())
def test_any_text_is_understood_as_something(text: str, role: Role, spaced: bool) -> None:
    understood = heard(" ".join(text) if spaced else text, role)
    assert all(told.measure in MEASURES for told in understood.measures)
    assert set(understood.likely) <= set(MEASURES)
    assert role is not Role.CITIZEN or understood.topic is not Topic.REPORT


def _meaning(understood: Understood) -> object:
    told = [(each.measure, each.status, each.percent, each.day) for each in understood.measures]
    ask = understood.ask
    return understood.topic, told, ask and (ask.what, ask.choices)


PHRASES = [text for text, *_ in (*REPORTS, *ASKED) if URL not in text]


@settings(max_examples=150)
@given(
    text=st.sampled_from(PHRASES),
    end=st.sampled_from([" ครับ", " ค่ะ", "ค่ะ", " 🙏", " นะคะ", " ครับ 😀😀", " !", "\n"]),
    start=st.sampled_from(["", "  ", "🙏 ", "\u200b"]),
)
def test_politeness_changes_no_meaning(text: str, end: str, start: str) -> None:
    assert _meaning(heard(start + text + end)) == _meaning(heard(text))


@pytest.mark.parametrize("text", PHRASES)
def test_digits_of_either_script_mean_the_same(text: str) -> None:
    assert _meaning(heard(thai_digits(text))) == _meaning(heard(text))
