"""Words of danger: whoever tells of one is given the number, whoever tells of a lamp is not."""

import pytest

from ita.complaints.defaults import DANGERS
from ita.complaints.doors import Danger, Doors, dangers_in
from tests.ita.complaints.wordings import EVERYDAY

DOORS = Doors(dangers=DANGERS)
CALLS = {
    "199": [
        "ไฟไหม้บ้านหลังวัด", "ไฟใหม้", "ไฟ กำลัง ไหม้", "ไฟกำลังใหม้บ้านคน", "ไฟมันไหม้หญ้าข้างทาง", "ไฟไหม้ฟาง",
        "ไฟลามมาถึงบ้านแล้ว", "บ้านป้าไหม้ทั้งหลัง", "รถกระบะไหม้อยู่", "เพลิงลุก", "ไฟป่าเข้ามาใกล้",
        "ขอรถดับเพลิงด่วน", "ขอรถดับเพลิง หมู่ 3", "เรียกรถดับเพลิงให้ที", "ช่วยมาดับไฟที", "แก็สรั่ว", "ถังแก๊สที่ร้านรั่ว",
        "ก๊าซรั่ว", "ได้กลิ่นแก๊สแรงมาก", "มีงูเข้าบ้าน", "งูตัวใหญ่อยู่ในห้องน้ำ", "งูเห่าเข้าครัว", "ได้ยินเสียงระเบิด",
        "Fire!", "there is a fire in moo 3", "House on FIRE", "please send a fire truck",
        "gas leak at the market", "a snake in my house", "อบรมอยู่แล้วไฟไหม้",
    ],
    "1129": [
        "สายไฟขาด", "สายไฟฟ้าขาด", "สาย ไฟ ขาด", "สายไฟแรงสูงขาด", "สายไฟฟ้าแรงสูงขาดหน้าโรงเรียน",
        "สายไฟตก", "สายไฟหล่นลงมา", "สายไฟฟ้าห้อยต่ำ", "สายไฟมีประกาย", "สายแรงสูงขาด", "เสาไฟล้ม",
        "เสาไฟฟ้าล้ม", "เสาไฟฟ้าจะล้ม", "เสาไฟฟ้าหักโค่น", "ต้นไม้ล้มพาดสายไฟ", "กิ่งไม้ทับสายไฟ",
        "หม้อแปลงไฟฟ้าระเบิด", "หม้อแปลงมีประกายไฟ", "ไฟดูด", "ไฟฟ้าดูดคน", "โดนไฟช๊อต", "ไฟช็อตที่เสา",
        "ไฟกระพริบ มีควันออกจากเสา", "มีควันที่เสาไฟ", "เสาไฟหน้าวัดมีควัน", "ควันออกจากหม้อแปลง",
        "หม้อแปลงควันขึ้น", "มีควันออกจากสายไฟ", "ตู้ไฟมีควัน", "เสาไฟมีประกายไฟ", "smoke from the pole",
        "the transformer is smoking",
        "ไฟฟ้าช็อต", "ไฟช้อต", "ไฟฟ้ารั่วที่ตู้น้ำ", "electric wire down", "the power line fell on the road",
        "wires are down", "the pole fell", "my son got an electric shock",
    ],
    "1669": [
        "รถคว่ำ", "รถพลิกคว่ำลงคู", "รถกระบะชนมอไซค์", "รถตกคลอง", "มอเตอร์ไซค์ล้ม", "เกิดอุบัติเหตุหน้าตลาด",
        "ต้นไม้ล้มทับคน", "เสาทับเด็ก", "มีคนบาดเจ็บ", "คนเจ็บสองคน", "เลือดไหลไม่หยุด", "คนหมดสติ", "ลุงไม่รู้สึกตัว",
        "หายใจไม่ออก", "เด็กจมน้ำ", "มีคนตกน้ำ", "เด็กตกท่อ", "คนแก่ตกคลอง", "โดนงูกัด", "ผึ้งรุมต่อยเด็ก",
        "เจ็บท้องคลอด", "มีคนผูกคอ", "ขอรถพยาบาล", "someone is drowning", "a man is injured",
        "car crash at the bridge", "he is unconscious", "the child fell into the canal",
    ],
    "191": [
        "มีคนยิงกัน", "ได้ยินเสียงปืน", "คนถือมีดไล่ฟัน", "วัยรุ่นยกพวกตีกัน", "คนเมาตีกันหน้าร้าน", "ผัวทำร้ายเมีย",
        "โดนแทง", "คนคลุ้มคลั่ง", "ขโมยขึ้นบ้าน", "โจรเข้าบ้าน", "ถูกวิ่งราว", "มีคนจะฆ่ากัน",
        "shooting near the school", "a man with a gun", "people are fighting with knives",
        "she was stabbed",
    ],
    "1784": [
        "น้ำป่ามา", "น้ำท่วมสูงมาก ออกไม่ได้", "น้ำไหลเชี่ยวมาก", "น้ำในคลองไหลเชี่ยว", "น้ำท่วมถึงอกแล้ว", "ดินสไลด์",
        "ติดอยู่บนหลังคา", "คันกั้นน้ำแตก", "สะพานขาด", "บ้านถล่ม", "ต้นไม้ล้มทับบ้าน", "ยายติดน้ำท่วม",
        "flash flood", "we are trapped", "the flood has a strong current",
    ],
}  # fmt: skip
NO_DANGER = [
    "ไฟดับ", "ไฟถนนดับหน้าวัด", "ไฟฟ้าดับทั้งหมู่บ้าน", "ไฟไม่ติด", "หลอดไฟไหม้", "หลอดไฟหน้าบ้านไหม้",
    "ขอไฟใหม่หน้าบ้าน", "ซอยนี้มีไฟไหม", "ขอติดไฟใหม่ 2 ดวง", "ดับเพลิง", "อบรมดับเพลิง", "ซ้อมหนีไฟ",
    "ซ้อมดับเพลิงที่โรงเรียน", "ซ้อมแผนไฟไหม้", "รถดับเพลิงจอดขวางทาง", "ช่วยดับไฟถนนตอนกลางวันด้วย",
    "ท่อประปาระเบิด", "ท่อน้ำหน้าบ้านระเบิด", "เสาไฟเอียง", "เสาไฟดับ", "เสาไฟดับ ควันรถเยอะ",
    "ควันเผาขยะลอยเข้าบ้าน ไฟทางก็ดับ", "ตรงนี้รถชนกันบ่อย", "กลัวรถชนเด็ก",
    "เสี่ยงเกิดอุบัติเหตุ", "กลัวจะเกิดอุบัติเหตุ", "เกิดอุบัติเหตุบ่อย", "ต้องรอให้มีคนตายก่อนไหม", "พ่นยุงกันไข้เลือดออก",
    "ถนนจมน้ำ", "ม้านั่งขาหัก", "ตัดหญ้าข้างทาง งูเยอะ", "หมาไล่กัดคน", "สายไฟเก่า ฝนตกแล้วดับ",
    "the street light is broken", "the firefly park is dark", "fire drill at school",
    "he was fired", "accidents happen here every week", "the road is downhill from the wire shop",
    "pothole",
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "phone"), [(words, phone) for phone, told in CALLS.items() for words in told]
)
def test_whom_to_call_is_known(words: str, phone: str) -> None:
    assert phone in [one.phone for one in dangers_in(DOORS, words)]


@pytest.mark.parametrize("words", [*NO_DANGER, *EVERYDAY])
def test_there_is_no_false_alarm(words: str) -> None:
    assert dangers_in(DOORS, words) == ()


def test_a_gap_is_small_and_never_over_what_counts_for_nothing() -> None:
    of = Doors(dangers=(Danger(("ไฟ…ขาด",), "หน่วยทดสอบ", "199", unless=("ฝนตก",)),))
    assert dangers_in(of, "ไฟ ฟ้า ขาด")
    assert not dangers_in(of, "ไฟ" + "ก" * 20 + "ขาด")
    assert not dangers_in(of, "ไฟฝนตกขาด")


def test_what_counts_for_nothing_hides_nothing_else() -> None:
    assert dangers_in(DOORS, "ที่นี่รถชนกันบ่อย วันนี้มีคนเจ็บ")
    assert dangers_in(DOORS, "หลอดไฟไหม้ ตอนนี้ไฟลามแล้ว")
