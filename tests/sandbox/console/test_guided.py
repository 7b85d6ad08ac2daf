"""A report from the first card to acceptance, by tapping and typing as on a phone."""

import pytest
from playwright.sync_api import expect

from tests.bot.test_way import settle
from tests.bot.town import Town
from tests.sandbox.console.screen import Screen
from tests.sandbox.console.test_people import tap

LINK = "https://example.go.th/nogift"


def answer(screen: Screen, question: str, answer: str, *, typed: bool = False) -> None:
    """Wait for the question, then tap the answer or write it."""
    expect(screen.said(question).last).to_be_visible()
    if typed:
        screen.write(answer)
    else:
        tap(screen, answer)


@pytest.mark.long
def test_a_report_is_made_step_by_step(screen: Screen, town: Town) -> None:
    screen.become("clerk")
    screen.write("รายงานผล")
    expect(screen.said("จะถามทีละข้อ")).to_be_visible()
    card = screen.page.locator("article.card", has_text="No Gift Policy").last
    card.get_by_role("button", name="รายงานผลเรื่องนี้", exact=True).click()
    answer(screen, "ตอนนี้ทำถึงไหนแล้ว", "ดำเนินการแล้วเสร็จ")
    answer(screen, "ทำอะไรไปแล้วบ้าง", "จัดอบรมเจ้าหน้าที่ 45 คน", typed=True)
    answer(screen, "ทำแล้วเกิดผลอะไร", "เจ้าหน้าที่เข้าใจระเบียบตรงกัน", typed=True)
    answer(screen, "มีปัญหาหรืออุปสรรคอะไรไหม", "ไม่มี")
    answer(screen, "ใช้งบประมาณไปเท่าไร", "ไม่ใช้งบประมาณ")
    answer(screen, "ดำเนินการเมื่อวันที่เท่าไร", "๑ ต.ค. ๖๗", typed=True)
    answer(screen, "อยู่ในปีงบประมาณ 2568", "1/10/67 ปีงบ 2568")
    answer(screen, "ส่งหลักฐานได้เลย", LINK, typed=True)
    answer(screen, "ได้รับลิงก์แล้ว", "ครบแล้ว (1)")
    answer(screen, "ตรวจดูก่อนบันทึก", "ยืนยัน")
    expect(screen.said("รับรายงานแล้ว")).to_be_visible()
    settle(town)
    assert "ผู้ประสานงาน ITA จะตรวจรับเป็นขั้นต่อไป" in town.words("clerk")
