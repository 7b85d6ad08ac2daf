"""What an agency's doors have unless its file says otherwise. Each with its source."""

from typing import Final

from ita.complaints.doors import Danger, OutsideBody
from ita.complaints.kinds import Kind

OUTSIDE: Final = (
    OutsideBody("สำนักงาน ป.ป.ช.", "1205", "https://www.nacc.go.th"),
    OutsideBody("สำนักงาน ป.ป.ท.", "1206", "https://www.pacc.go.th"),
    OutsideBody("ศูนย์ดำรงธรรม", "1567", ""),
)
"""The national hotlines for corruption (1205, 1206) and for complaints about local offices (1567),
as these bodies publish them.
"""

DANGERS: Final = (
    Danger(("ไฟไหม้", "เพลิงไหม้", "ไฟลุก", "แก๊สรั่ว", "ระเบิด"), "ดับเพลิง", "199"),
    Danger(
        ("สายไฟขาด", "สายไฟห้อย", "ไฟดูด", "ไฟช็อต", "ไฟรั่ว", "เสาไฟล้ม", "เสาไฟจะล้ม", "หม้อแปลงระเบิด"),
        "การไฟฟ้าส่วนภูมิภาค", "1129",
    ),
    Danger(
        ("หมดสติ", "หยุดหายใจ", "รถชน", "คนเจ็บ", "บาดเจ็บสาหัส", "จมน้ำ", "งูกัด", "ไม่หายใจ"),
        "การแพทย์ฉุกเฉิน", "1669",
    ),
    Danger(
        ("ทำร้ายร่างกาย", "ถูกทำร้าย", "จะฆ่า", "ขู่ฆ่า", "มีปืน", "ยิงปืน", "ลักพา", "ปล้น"),
        "ตำรวจ", "191",
    ),
    Danger(("น้ำป่า", "ดินถล่ม", "น้ำท่วมสูง", "ติดอยู่ในบ้าน"), "สายด่วนนิรภัย (ปภ.)", "1784"),
)  # fmt: skip
"""The national emergency numbers."""

RETENTION_YEARS: Final = (
    (Kind.GRIEVANCE, 2),
    (Kind.CONDUCT, 5),
    (Kind.PROCUREMENT, 5),
    (Kind.CORRUPTION, 10),
)
"""How long sealed words are kept after a case has ended; no rule could be confirmed."""
