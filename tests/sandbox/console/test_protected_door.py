"""A protected report from the first card to its receipt, and its writer's control over it."""

import os
from pathlib import Path

from playwright.sync_api import expect

from tests.bot.town import Town
from tests.sandbox.console.screen import Screen

STORY = "เรื่องทดสอบ มีผู้ขอเงินทดสอบ 500 บาท"


def tap(screen: Screen, label: str) -> None:
    """The newest button of the chat, or row of a card, with this label."""
    chat = screen.page.locator("#timeline, #quick")
    chat.get_by_role("button", name=label, exact=True).last.click()


def look(screen: Screen, name: str) -> None:
    """Keep what is on the screen where whoever runs the test wants to see it."""
    if folder := os.environ.get("SHOTS"):
        screen.page.wait_for_timeout(300)
        screen.page.locator("#timeline .bot").last.screenshot(path=Path(folder) / f"{name}.png")


def test_a_report_is_filed_in_seven_taps_and_followed(screen: Screen, town: Town) -> None:
    screen.become("citizen")
    screen.write("ร้องเรียนทุจริต")
    expect(screen.said("ตอนนี้ยังไม่มีอะไรส่งถึงใคร")).to_be_visible()
    look(screen, "1-door")
    tap(screen, "ทุจริตและประพฤติมิชอบ")
    expect(screen.said("เกี่ยวกับใคร").last).to_be_visible()
    look(screen, "2-about")
    tap(screen, "กองคลัง")
    expect(screen.said("ใครจะได้รับเรื่อง")).to_be_visible()
    look(screen, "3-receivers")
    tap(screen, "ต่อไป")
    expect(screen.said("เล่าเรื่องได้เลย")).to_be_visible()
    screen.write(STORY)
    expect(screen.said("เก็บในร่างแล้ว 1 ข้อความ")).to_be_visible()
    look(screen, "4-story")
    tap(screen, "ต่อไป")
    expect(screen.said("มีรูป เสียง หรือไฟล์ประกอบไหม")).to_be_visible()
    tap(screen, "ข้าม")
    expect(screen.said("ตรวจดูก่อนส่ง")).to_be_visible()
    look(screen, "5-review")
    tap(screen, "ส่ง")
    expect(screen.said("จดรหัสนี้ไว้ตอนนี้")).to_be_visible()
    look(screen, "6-receipt")
    screen.write("ติดตาม")
    expect(screen.said("เรื่องของท่าน")).to_be_visible()
    look(screen, "7-own")
    tap(screen, "ถอนเรื่อง")
    expect(screen.said("เรื่องไม่สิ้นสุดเอง")).to_be_visible()
    tap(screen, "ยืนยันถอนเรื่อง")
    expect(screen.said("บันทึกแล้วว่าท่านขอถอนเรื่อง")).to_be_visible()
    screen.write("ลบข้อมูลของฉัน")
    expect(screen.said("ลบข้อมูลตัวตนของท่านออกจาก 1 เรื่อง")).to_be_visible()
    look(screen, "8-erase")
    tap(screen, "ลบตัวตน 1 เรื่อง")
    expect(screen.said("ดูได้ด้วยรหัสติดตามเท่านั้น")).to_be_visible()
    screen.write("ติดตาม")
    expect(screen.said("ยังไม่มีเรื่องที่แจ้งจากบัญชีนี้")).to_be_visible()
    tap(screen, "เพิ่มข้อมูล")  # a button of before would lead from this chat to the case
    expect(screen.said("ปุ่มนี้ใช้ไม่ได้แล้ว")).to_be_visible()
    assert STORY not in "".join(town.words("clerk"))
