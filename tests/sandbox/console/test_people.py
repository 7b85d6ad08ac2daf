"""People coming in, and a measure accepted, by tapping alone: as it is on a phone."""

import pytest
from playwright.sync_api import expect

from tests.bot.test_way import settle
from tests.bot.town import Town
from tests.sandbox.console.screen import Screen


def tap(screen: Screen, label: str) -> None:
    """Tap the newest button of this name."""
    screen.page.get_by_role("button", name=label, exact=True).last.click()


@pytest.mark.long
def test_a_clerk_is_invited_and_comes_in(screen: Screen, town: Town) -> None:
    screen.become("coordinator")
    screen.write("เชิญ")
    for label in ("กองคลัง", "เจ้าหน้าที่", "1 คน", "7 วัน"):
        expect(screen.page.get_by_role("button", name=label, exact=True).last).to_be_visible()
        tap(screen, label)
    expect(screen.said("ออกรหัสเชิญแล้ว")).to_be_visible()
    settle(town)
    code = town.words("coordinator").split("ลงทะเบียน ")[1][:9]

    screen.become("citizen")
    screen.write(f"ลงทะเบียน {code}")
    expect(screen.said("สิ่งที่จะเก็บ")).to_be_visible()
    tap(screen, "ยินยอมและลงทะเบียน")
    expect(screen.said("เลขสมาชิก")).to_be_visible()
    screen.write("งานค้าง")
    expect(screen.said("งานที่ต้องรายงาน").last).to_be_visible()


def report_whole(screen: Screen, day: str) -> None:
    """The clerk calls measure 3 done in one line, and answers what is missing on the way."""
    screen.become("clerk")
    screen.write(f"ม3 เสร็จแล้ว ประกาศนโยบายหน้าเว็บแล้ว https://example.go.th/nogift {day}")
    expect(screen.said("ยังไม่ถือว่าแล้วเสร็จ").last).to_be_visible()
    tap(screen, "เพิ่มผลลัพธ์")
    expect(screen.said("เกิดผลอะไร").last).to_be_visible()
    screen.write("เจ้าหน้าที่ทุกคนรับทราบนโยบาย")
    expect(screen.said("ตรวจดูก่อนบันทึก").last).to_be_visible()
    tap(screen, "ยืนยัน")
    expect(screen.said("ผู้ประสานงาน ITA จะตรวจรับ").last).to_be_visible()


@pytest.mark.long
def test_a_measure_is_sent_back_and_then_accepted(screen: Screen, town: Town) -> None:
    report_whole(screen, "1/11/67")
    screen.become("coordinator")
    screen.write("ตรวจรับ")
    expect(screen.page.get_by_role("button", name="ส่งคืน", exact=True)).to_be_visible()
    tap(screen, "ส่งคืน")
    expect(screen.said("พิมพ์เหตุผล")).to_be_visible()
    screen.write("ขอรูปถ่ายวันประกาศ")
    expect(screen.said("ส่งคืนแล้ว")).to_be_visible()

    screen.become("clerk")
    screen.write("ม3 เสร็จแล้ว ถ่ายรูปวันประกาศแล้ว")
    expect(screen.said("ถ่ายรูปวันประกาศแล้ว").last).to_contain_text("รอตรวจรับ")
    screen.become("coordinator")
    screen.write("ตรวจรับ")
    expect(screen.page.get_by_role("button", name="ตรวจรับ", exact=True)).to_have_count(2)
    tap(screen, "ตรวจรับ")
    expect(screen.said("ตรวจรับแล้ว")).to_be_visible()
    settle(town)
    (row,) = [row for row in town.sheet()["มาตรการ"] if "ประกาศ" in str(row) and "3" in row[:3]]
    assert "ดำเนินการแล้วเสร็จ" in row
