"""The whole way on the screen: chat, sheet, faults and clock with the real bot behind them."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, expect

from tests.bot.town import Town, bot_inside, eventually
from tests.sandbox.console.screen import WAIT, Screen

NUMBER, TITLE, PERCENT = 2, 3, 12
REPORT = "รายงานผล ตัวชี้วัด 3 80% ติดประกาศแล้วทุกอาคาร"


def measure_titles(town: Town) -> list[str]:
    with town.program.database.agency("dongmuang") as tx:
        return list(tx.sql.scalars(sa.text("SELECT title FROM measure")))


def test_a_conversation_with_a_card_and_a_quick_reply(screen: Screen, town: Town) -> None:
    screen.write("งานค้าง")
    card = screen.page.locator("#timeline .card")
    expect(card).to_contain_text("No Gift Policy")
    screen.page.locator("#quick button", has_text="คะแนน").click()
    expect(screen.page.locator("#timeline .own").last).to_contain_text("คะแนน")
    eventually(lambda: len(town.sent("clerk")) == 2, "the second answer is there")
    expect(screen.page.locator("#timeline .bot:not(.typing)")).to_have_count(2)
    expect(screen.calls("reply", "200")).to_have_count(2)
    expect(screen.page.locator("#timeline .typing")).to_have_count(0)

    # a row of the card is a button: it asks about its measure
    card.first.get_by_role("button").first.click()
    expect(screen.page.locator("#timeline .own")).to_have_count(3)


def test_a_report_shows_in_the_sheet_and_flashes(screen: Screen) -> None:
    expect(screen.row_of("No Gift Policy")).to_have_count(1)
    screen.write(REPORT)
    expect(screen.said("80%")).to_be_visible()
    changed = screen.row_of("No Gift Policy")
    expect(changed).to_contain_text("ติดประกาศแล้วทุกอาคาร")
    expect(changed.locator(".flash").first).to_be_visible()
    expect(screen.page.get_by_role("tab", name="ความก้าวหน้า")).to_contain_class("news")
    screen.page.locator("#news button").click()
    expect(screen.page.locator(":focus")).to_be_in_viewport()


@pytest.mark.long
def test_the_bot_answers_with_what_a_coordinator_edited(screen: Screen, town: Town) -> None:
    """While somebody is talking to the account, edits are taken in within seconds."""
    expect(screen.row_of("No Gift Policy")).to_have_count(1)
    screen.write("ช่วยเหลือ")
    expect(screen.said("งานค้าง")).to_have_count(1)
    screen.type_in(3, TITLE, "นโยบายไม่รับของขวัญ ฉบับแก้ไข")
    expect(screen.cell(3, TITLE)).to_have_text("นโยบายไม่รับของขวัญ ฉบับแก้ไข")
    expect(screen.calls("coordinator", "values.update", "200")).to_have_count(1)
    eventually(lambda: "นโยบายไม่รับของขวัญ ฉบับแก้ไข" in measure_titles(town), "the edit is in")
    screen.write("งานค้าง")
    expect(screen.page.locator("#timeline .card")).to_contain_text("นโยบายไม่รับของขวัญ ฉบับแก้ไข")


@pytest.mark.long
def test_a_sort_while_a_report_is_being_written(screen: Screen, town: Town) -> None:
    """The batch hangs at Google while the rows move: it lands on its row, once."""
    expect(screen.row_of("No Gift Policy")).to_have_count(1)
    screen.fault("google", "batchUpdate", "hold_before")
    screen.write(REPORT)
    expect(screen.page.locator("#held")).to_have_text("ค้างอยู่ 1")
    screen.cell(1, NUMBER).click()
    screen.page.get_by_role("button", name="เรียง ฮ–ก").click()
    expect(screen.cell(1, NUMBER)).to_have_text("10")
    screen.page.locator("#release").click()
    row = screen.row_of("No Gift Policy")
    expect(row.locator(f"[data-column='{PERCENT}']")).to_have_text("80")
    expect(screen.row_of("ติดประกาศแล้วทุกอาคาร")).to_have_count(1)
    measures = town.sheet()["มาตรการ"]
    assert [line[TITLE] for line in measures if "ติดประกาศแล้วทุกอาคาร" in line] == [
        "นโยบาย No Gift Policy งดรับของขวัญ"
    ]
    screen.tab("ความก้าวหน้า")
    expect(screen.row_of("ติดประกาศแล้วทุกอาคาร")).to_have_count(1)


@pytest.mark.long
def test_a_fault_is_switched_on_and_recovered_from(screen: Screen) -> None:
    screen.become("citizen")
    screen.fault("line", "reply", "503")
    screen.write("ช่วยเหลือ")
    expect(screen.calls("reply", "503")).to_have_count(1)
    expect(screen.calls("reply", "200")).to_have_count(1)
    expect(screen.said("แจ้งเหตุ")).to_have_count(1)
    expect(screen.page.locator("#faults")).to_contain_text("ไม่มีเหตุรออยู่")
    screen.page.select_option("#filter", "problems")
    expect(screen.calls("reply", "200")).to_have_count(0)
    expect(screen.calls("503 ไม่ว่าง")).to_have_count(1)


@pytest.mark.long
def test_a_bot_that_is_away_is_told_and_hears_it_later(browser: Browser, made: Town) -> None:
    with Screen.opened(browser, made.url) as screen:
        screen.write("ช่วยเหลือ")
        note = screen.page.locator("#timeline .own .bad")
        expect(note).to_contain_text("LINE จะส่งให้อีก")
        with bot_inside(made):
            expect(screen.said("งานค้าง")).to_have_count(1)
            expect(note).to_have_count(0)
            expect(screen.calls("webhook", "ส่งซ้ำ", "200")).to_have_count(1)


@pytest.mark.long
def test_two_people_in_a_group(screen: Screen) -> None:
    page = screen.page
    page.check("#group")
    page.locator("#members button").click()
    expect(page.locator("#members")).to_contain_text("ประชาชนตัวอย่าง ๑")
    screen.write("ขอถามหน่อย")
    expect(page.locator("#timeline .own")).to_have_count(1)
    screen.become("citizen")
    screen.write("ถามได้เลย")
    expect(page.locator("#timeline .other")).to_contain_text("ขอถามหน่อย")
    expect(page.locator("#timeline .own")).to_contain_text("ถามได้เลย")
    page.uncheck("#group")
    expect(page.locator("#timeline .own")).to_have_count(0)


@pytest.mark.long
def test_a_phone_shows_one_region_at_a_time(browser: Browser, town: Town) -> None:
    with Screen.opened(browser, town.url, (360, 740), has_touch=True) as screen:
        page = screen.page
        screen.write("ช่วยเหลือ")
        expect(screen.said("งานค้าง")).to_be_visible()
        for region in ("sheet", "desk", "chat"):
            page.locator(f"[data-go={region}]").tap()
            for other in ("chat", "sheet", "desk"):
                expect(page.locator(f"#{other}")).to_be_visible(visible=other == region)
            too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not too_wide, region


@pytest.mark.long
def test_the_clock_and_the_agency_are_chosen_on_the_page(screen: Screen, town: Town) -> None:
    page = screen.page
    page.get_by_role("button", name="หยุดเวลา").click()
    expect(page.locator("#mode")).to_have_text("หยุดอยู่")
    page.get_by_role("button", name="เวลาจริง").click()
    expect(page.locator("#mode")).to_have_text("เวลาจริง")
    before = town.program.clock()
    page.get_by_role("button", name="+7 วัน").click()
    expect(page.locator("#mode")).to_have_text("ล่วงหน้า 7 วัน")
    assert (town.program.clock() - before).days == 7
    page.select_option("#agency", "khamphi")
    expect(page.get_by_role("tab", name="Sheet1")).to_be_visible()
    page.locator("#language").click()
    expect(page.locator("#send")).to_have_text("Send")
    expect(page.locator("#mode")).to_have_text("7 days ahead", timeout=WAIT)
