"""Words that accuse, words that may, and words of every day."""

import pytest

from ita.complaints.accusing import accuses, may_accuse, names_an_office
from tests.ita.complaints.wordings import ACCUSE, EVERYDAY, MAY_ACCUSE


@pytest.mark.parametrize("words", ACCUSE)
def test_they_accuse(words: str) -> None:
    assert accuses(words)
    assert accuses(" ".join(words)) or words.isascii(), "however they are spaced"
    assert may_accuse(words)


@pytest.mark.parametrize("words", MAY_ACCUSE)
def test_they_may(words: str) -> None:
    assert may_accuse(words)
    assert not accuses(words)


@pytest.mark.parametrize("words", EVERYDAY)
def test_they_do_not(words: str) -> None:
    assert not may_accuse(words)


BY_OFFICE = [
    "นายกไม่เคยมาดู", "นายกช่วยแต่บ้านตัวเอง", "ปลัดนั่งกินเหล้า", "รองปลัดบอกว่าไม่มีงบ", "รองนายกมาแล้วก็กลับ",
    "กรรมการเซ็นไปแล้ว", "ผอ.กองช่างไม่รับสาย", "ผู้อำนวยการโรงเรียนปิดประตู", "หัวหน้า สำนัก ไม่อยู่",
    "ผู้ใหญ่บ้านไม่สนใจ", "ผู้ใหญ่สมมติปิดทาง", "ผญบ. ไม่แจ้งใคร", "กำนันเอาทรายมาถมทาง", "เจ้าหน้าที่คนนั้นมาสาย",
    "จนท.ไม่รับโทรศัพท์", "พนักงานเก็บขยะทำถังแตก", "สท.เขตสองทำลูกระนาด", "ประธานชุมชนฝากแจ้ง",
    "ช่างสมมติทำสายไฟขาด", "ช่าง ตัวอย่าง ไม่มา", "นายช่างโยธาวัดผิด", "คนขับรถขยะขับเร็ว", "คนในเทศบาลทิ้งขยะ",
    "เรียนนายก ปลัดไม่เคยมา", "ขอให้ปลัดลาออก", "เรียนนายกที่ไม่เคยลงพื้นที่", "ฝากนายกเพิ่มไฟ แต่กำนันไม่ยอม",
    "ไฟดับ\nนายก ไม่ มา ดู", "The mayor never came", "staff left the gate open",
]  # fmt: skip
BY_NONE = [
    "ไฟถนนดับหน้าวัด", "ช่างมาซ่อมแล้วดับอีก", "ช่างยังไม่มาซ่อม", "แจ้งช่างไปแล้ว", "ช่างไฟบอกว่าจะมา",
    "ช่างเถอะ ถนนพัง", "เรียนนายก ถนนหน้าวัดเป็นหลุม", "เรียน ท่านนายกเทศมนตรี ถนนพัง", "ฝากนายกช่วยดูถนนด้วย",
    "กราบเรียนนายก อบต. น้ำไม่ไหล", "รบกวนเจ้าหน้าที่มาดูท่อตันหน่อย", "ขอให้เจ้าหน้าที่ช่วยตัดต้นไม้", "สวัสดีค่ะ ไฟดับ",
    "ถนนไปนครนายกเป็นหลุม", "เทศบาลไม่มาเก็บขยะ", "เมื่อสักครู่ไฟดับ", "กองช่างยังไม่มา", "คนผอมนอนข้างถนน",
    "น้ำไม่ไหล อบต ช่วยด้วย", "the lamp is out", "",
]  # fmt: skip


@pytest.mark.parametrize("words", BY_OFFICE)
def test_somebody_stands_in_them_by_an_office(words: str) -> None:
    assert names_an_office(words)


@pytest.mark.parametrize("words", BY_NONE)
def test_nobody_stands_in_them(words: str) -> None:
    assert not names_an_office(words)
