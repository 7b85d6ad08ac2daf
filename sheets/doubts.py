"""What is put to the coordinators: why, in plain Thai, and what they can choose. Pure."""

from enum import StrEnum

from store.doubts import CONFLICT, DISMISSED, LAPSED, PROTECTED_CASE, UNCLEAR


class Choice(StrEnum):
    """What a coordinator can decide. Mending the cell or row itself decides too, by itself."""

    KEEP = "keep"
    OURS = "ours"
    RESTORE = "restore"
    DELETED = "deleted"
    BACK = "back"


THAI_CHOICE = {
    Choice.KEEP: "ใช้ข้อความในชีต",
    Choice.OURS: "ใช้ข้อมูลที่ระบบได้รับ",
    Choice.RESTORE: "ใช้ค่าเดิมของระบบ",
    Choice.DELETED: "ตั้งใจลบ",
    Choice.BACK: "ใส่แถวกลับให้",
}
_CHOICE = {words: choice for choice, words in THAI_CHOICE.items()}

MENDED = "mended"
THAI_SETTLED = {
    None: "",
    MENDED: "แก้ไขในชีตแล้ว",
    DISMISSED: "",
    LAPSED: "",
    Choice.KEEP: "ใช้ข้อความในชีตแล้ว",
    Choice.OURS: "ใช้ข้อมูลที่ระบบได้รับแล้ว",
    Choice.RESTORE: "คืนค่าเดิมแล้ว",
    Choice.DELETED: "บันทึกว่าลบแล้ว",
    Choice.BACK: "ใส่แถวกลับแล้ว",
}
"""What became of a question, by its code in the store."""

_MEND = f"โปรดแก้ข้อความในช่องนั้น หรือเลือก “{THAI_CHOICE[Choice.RESTORE]}”"
WHY = {
    CONFLICT: "มีผู้แก้ช่องนี้ในชีตขณะที่มีข้อมูลใหม่เข้ามา ระบบคงข้อความในชีตไว้ โปรดเลือกว่าจะใช้ข้อความใด",
    "unknown_status": f"สถานะนี้ไม่อยู่ในรายการ ระบบยังใช้สถานะเดิม {_MEND}",
    "unknown_acceptance": f"ผลการตรวจรับนี้ไม่อยู่ในรายการ ระบบยังใช้ค่าเดิม {_MEND}",
    "not_reported_done": f"มาตรการนี้ยังไม่มีผู้รายงานว่าดำเนินการแล้วเสร็จ ระบบจึงยังไม่บันทึกผลการตรวจรับ {_MEND}",
    "not_a_step": f"สถานะของเรื่องย้อนไปขั้นนี้ไม่ได้ ระบบยังใช้สถานะเดิม {_MEND}",
    "end_of_protected": "ยุติเรื่อง แจ้งผล ไม่รับเรื่อง หรือถอนเรื่องที่คุ้มครองผู้ร้องเรียนผ่านชีตไม่ได้ ระบบยังใช้สถานะเดิม"
    f" โปรดให้ผู้รับผิดชอบเรื่องบันทึกในระบบ แล้วเลือก “{THAI_CHOICE[Choice.RESTORE]}”",
    "not_withdrawn": "เฉพาะผู้แจ้งเท่านั้นที่ถอนเรื่องได้ ระบบยังใช้สถานะเดิม โปรดเลือกสถานะอื่น"
    f" หรือเลือก “{THAI_CHOICE[Choice.RESTORE]}”",
    "unknown_unit": f"ไม่พบหน่วยนี้ในรายชื่อส่วนราชการ ระบบยังใช้หน่วยเดิม {_MEND}",
    "not_resolved": "ต้องให้ผู้แจ้งยืนยันก่อนว่าแก้ไขแล้ว ระบบยังใช้สถานะเดิม โปรดเปลี่ยนเป็น “แก้ไขแล้ว รอท่านยืนยัน”"
    f" หรือเลือก “{THAI_CHOICE[Choice.RESTORE]}”",
    PROTECTED_CASE: "เรื่องนี้คุ้มครองผู้ร้องเรียน ในชีตจึงไม่ลงเรื่องโดยย่อ หน่วย และผล ระบบไม่ได้นำข้อความนี้ไปใช้"
    f" โปรดลบข้อความในช่องนั้น หรือเลือก “{THAI_CHOICE[Choice.RESTORE]}”",
    "empty": f"ช่องนี้ว่างไม่ได้ ระบบยังใช้ข้อความเดิม {_MEND}",
    "not_an_indicator": f"ตัวชี้วัด ITA เป็นเลข 1 ถึง 10 ระบบยังใช้ค่าเดิม {_MEND}",
    "not_items": f"รหัสข้อ OIT เขียนแบบ o13 คั่นด้วยจุลภาค ระบบยังใช้ค่าเดิม {_MEND}",
    "not_a_period": f"ระบบอ่านระยะเวลานี้ไม่ได้ จึงยังเตือนตามกำหนดเดิม {_MEND}",
    "not_points": f"คะแนนเป็นตัวเลข 0 ถึง 100 ทศนิยมไม่เกินสองตำแหน่ง ระบบยังใช้คะแนนเดิม {_MEND}",
    "not_present": f"ช่องนี้ตอบว่า มี หรือ ไม่มี ระบบยังใช้คำตอบเดิม {_MEND}",
    "not_a_link": f"ช่องนี้ใส่ได้หนึ่งลิงก์ ขึ้นต้นด้วย https:// ระบบยังใช้ลิงก์เดิม {_MEND}",
    "formula": f"ช่องนี้มีสูตร ระบบจึงไม่เขียนทับ โปรดพิมพ์ค่าแทนสูตร หรือเลือก “{THAI_CHOICE[Choice.OURS]}”",
    "not_a_day": "ระบบอ่านวันในแถวนี้ไม่ได้ จึงยังไม่นับเป็นวันหยุดหรือวันทำงาน โปรดแก้ในแท็บวันหยุด",
    "not_criteria": "ระบบยังใช้รายการเกณฑ์นี้ไม่ได้ โปรดแก้ในแท็บเกณฑ์ ITA",
    "row_unclear": "แถวนี้ระบบยังอ่านเป็นมาตรการไม่ได้ ระบบไม่ได้แก้ไขแถวนี้ โปรดใส่ชื่อมาตรการ หรือลบแถวหากไม่ใช้",
    "row_gone": "ไม่พบแถวนี้ในชีตแล้ว ระบบไม่ได้ใส่กลับให้ โปรดเลือกว่าตั้งใจลบ หรือให้ใส่แถวกลับ",
    "row_twice": "แถวนี้มีซ้ำ ระบบเขียนเฉพาะแถวเดิม และไม่แก้ไขแถวที่ซ้ำ หากคัดลอกโดยไม่ตั้งใจ โปรดลบแถวที่ซ้ำ"
    " หากต้องการให้เป็นมาตรการใหม่ โปรดแก้ชื่อมาตรการแล้วแจ้งผู้ดูแลระบบ",
}
"""Why a question is put to the coordinators and what they can do, by its code in the store."""

_CHOICES = {
    CONFLICT: (Choice.KEEP, Choice.OURS),
    "not_reported_done": (Choice.RESTORE, Choice.KEEP),
    "not_a_step": (Choice.RESTORE, Choice.KEEP),
    "formula": (Choice.OURS,),
    "row_gone": (Choice.DELETED, Choice.BACK),
    "row_twice": (),
    "row_unclear": (),
    "not_criteria": (),
    "not_a_day": (),
}


def settled_words(tab: str, why: str, settled: str | None) -> str:
    """What became of a question, in the words of its row."""
    if settled == UNCLEAR:
        offered = " หรือ ".join(f"“{THAI_CHOICE[choice]}”" for choice in choices(why))
        return f"ยังทำตามนี้ไม่ได้ โปรดเลือก {offered}" if offered else "เรื่องนี้โปรดแก้ที่แถวนั้นโดยตรง"
    if settled == Choice.DELETED and tab != "measures":
        return "บันทึกว่าลบออกจากชีตแล้ว ข้อมูลในระบบยังอยู่"
    return THAI_SETTLED[settled]


def choices(why: str) -> tuple[Choice, ...]:
    """What can be decided about a question; nothing where only the sheet itself can be mended."""
    return _CHOICES.get(why, (Choice.RESTORE,))


def decided(why: str, words: str) -> Choice | None:
    """The choice that a coordinator's words name, if the question offers it."""
    choice = _CHOICE.get(words.strip())
    return choice if choice in choices(why) else None
