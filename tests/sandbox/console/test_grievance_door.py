"""A street lamp from a sentence to its number, with a place and a photo, in four taps."""

import pytest
from playwright.sync_api import expect

from tests.bot.town import Town, eventually
from tests.sandbox.console.screen import Screen
from tests.sandbox.console.test_protected_door import look, tap

LAMP = "ไฟถนนดับทดสอบ โทร ๐๘-๑๐๐๐-๐๐๐๐"


def test_a_lamp_is_filed_in_four_taps_and_asked_about(screen: Screen, town: Town) -> None:
    screen.become("citizen")
    screen.write(LAMP)
    expect(screen.said("อยู่ตรงไหน")).to_be_visible()
    look(screen, "1-where")
    tap(screen, "ส่งตำแหน่ง")
    expect(screen.said("มีรูป ข้อความเสียง หรือไฟล์ประกอบไหม")).to_be_visible()
    tap(screen, "ถ่ายรูป")
    expect(screen.said("ได้รับแล้ว ส่งเพิ่มได้อีก")).to_be_visible()
    tap(screen, "ต่อไป")
    expect(screen.said("ตรวจดูก่อนส่ง")).to_be_visible()
    look(screen, "2-review")
    tap(screen, "ส่ง")
    expect(screen.said("รหัสติดตาม")).to_be_visible()
    look(screen, "3-received")
    screen.write("ถึงไหนแล้ว")
    expect(screen.said("รับเรื่องแล้ว")).to_have_count(2)
    look(screen, "4-own")
    eventually(lambda: "ไฟถนนดับทดสอบ โทร •••" in str(town.sheet()), "its row stands there")
    assert "๐๐๐" not in str(town.sheet())


@pytest.mark.long
def test_danger_comes_first_and_the_other_door_is_one_tap_away(screen: Screen, town: Town) -> None:
    screen.become("citizen")
    screen.write("สายไฟขาดห้อยลงมา")
    expect(screen.said("1129")).to_be_visible()
    look(screen, "5-danger")
    expect(screen.said("อยู่ตรงไหน")).to_be_visible()
    screen.write("ช่างทดสอบเรียกเงินใต้โต๊ะ")
    expect(screen.said("ช่องทางเฉพาะ")).to_be_visible()
    look(screen, "6-other-door")
    tap(screen, "ร้องเรียนเจ้าหน้าที่/ทุจริต")
    expect(screen.said("ตอนนี้ยังไม่มีอะไรส่งถึงใคร")).to_be_visible()
    look(screen, "7-protected")
    assert "เลขที่เรื่อง" not in town.words("citizen")
