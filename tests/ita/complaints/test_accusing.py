"""Words that accuse, words that may, and words of every day."""

import pytest

from ita.complaints.accusing import accuses, may_accuse

ACCUSE = [
    "เจ้าหน้าที่ไถเงินแม่ค้าในตลาด คนละ 200", "มาเก็บ ค่าคุ้มครอง", "ปลัดขอเปอร์เซ็นต์", "โดนไถเงิน",
    "เวียนเทียนงบ", "จ่ายเงินใต้โต๊ะ", "ถูกโกง", "รับสินบน", "เรียกรับ ผลประโยชน์", "An officer wants a BRIBE",
]  # fmt: skip
MAY = [
    "กำนันเก็บเงินคนละ 100", "ผู้ใหญ่บ้านให้จ่าย 500 บาท", "นายกแอบขายทราย", "อบต. คิดค่าออกใบ",
    "ขโมยน้ำมันหลวง", "ขโมยสายไฟของเทศบาล", "ห้าร้อยถึงจะเซ็นให้", "the officer asked me for money",
]  # fmt: skip
EVERYDAY = [
    "ไฟถนนดับหน้าศาลา", "เทศบาลไม่มาเก็บขยะ", "ตัวเงินตัวทองเข้าบ้านพนักงาน", "แจ้งช่างมาซ่อมฟุตบาท",
    "เจ้าหน้าที่ทาสีน้ำเงินทับป้าย", "ต้นโกงกางล้มทับทรัพย์สินบนถนน", "อบต ช่วยมาไถดินที่ถล่ม",
    "ช่างเถอะ เสียเงินเปล่า", "เวียนเทียนวันพระ ถนนมืด", "น้ำประปาแพง 20 บาท", "คนผอมนอนข้างถนน", "",
    "No water, no money for a pump",
]  # fmt: skip


@pytest.mark.parametrize("words", ACCUSE)
def test_they_accuse(words: str) -> None:
    assert accuses(words)
    assert accuses(" ".join(words)) or words.isascii(), "however they are spaced"
    assert may_accuse(words)


@pytest.mark.parametrize("words", MAY)
def test_they_may(words: str) -> None:
    assert may_accuse(words)
    assert not accuses(words)


@pytest.mark.parametrize("words", EVERYDAY)
def test_they_do_not(words: str) -> None:
    assert not may_accuse(words)
