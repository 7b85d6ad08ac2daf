"""The two doors on the web: what they say, keep, refuse, and never let out."""

import io
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa
from flask import request

from bot.app import create_app
from bot.clock import freeze
from bot.complaint_facts import ComplaintFacts
from bot.pages import pace, photos
from bot.program import Program
from bot.server import REQUEST_SECONDS
from ita.complaints import CaseStatus, Kind
from store import cases
from tests.bot.pages import (
    ADDRESS,
    AGENCY,
    OTHER,
    PATH,
    Browser,
    file_grievance,
    file_protected,
    program_with_doors,
)
from tests.bot.town import Process, Town
from tests.files import CANARY, HEIC, PDF, photo
from tests.logs import logged
from tests.rows import Rows

HOSTILE = "</textarea><script>document.title='pwned'</script><img src=x onerror=alert(1)>\"'{{7*7}}"


@pytest.fixture
def program(postgres: str, schema: str, rows: Rows, tmp_path: Path) -> Iterator[Program]:
    """A program with the sample agencies, receivers in each, and an empty database."""
    rows.empty()
    chosen = program_with_doors(postgres, schema, tmp_path)
    yield chosen
    chosen.database.close()
    chosen.web_database.close()


@pytest.fixture
def browser(program: Program) -> Browser:
    return Browser(create_app(program).test_client())


def another(browser: Browser) -> Browser:
    """Another browser on the same pages."""
    return Browser(browser.client.application.test_client())


def follow(browser: Browser, code: str, path: str = PATH) -> Browser:
    return browser.open(f"{path}/follow").press("เปิดเรื่อง", code=code)


def later(program: Program, wait: timedelta) -> None:
    assert program.settings.clock_file is not None
    freeze(program.settings.clock_file, program.clock() + wait)


def filed(program: Program) -> list[sa.Row[tuple[object, ...]]]:
    with program.database.agency(AGENCY) as tx:
        return list(tx.sql.execute(sa.text("SELECT * FROM case_file")))


# The doors


def test_choosing_a_door(browser: Browser) -> None:
    browser.open()
    assert browser.said == 200
    for words in ("แจ้งเหตุ/ร้องทุกข์", "ร้องเรียนเจ้าหน้าที่/ทุจริต", "1205", "1669", "191"):
        assert words in browser.text


def test_a_grievance_from_first_word_to_receipt(browser: Browser, program: Program) -> None:
    file_grievance(browser, "ไฟถนนดับ โทร 081-234-5678", "หน้าวัด")
    assert browser.said == 200
    number, code = browser.number, browser.receipt
    assert len(code) == 16
    with program.database.agency(AGENCY) as tx:
        case = cases.by_number(tx, number)
        own = cases.by_receipt(tx, code)
    assert case is not None
    assert own is not None
    assert (case.kind, case.status) == (Kind.GRIEVANCE, CaseStatus.RECEIVED)
    assert case.title == "ไฟถนนดับ โทร •••"
    assert own.case.number == number
    assert own.place.words == "หน้าวัด"
    assert not own.has_identity


def test_a_grievance_wakes_the_sheet_and_a_protected_report_does_not(
    browser: Browser, program: Program
) -> None:
    def waits() -> int:
        with program.database.house() as sql:
            query = "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%sync%'"
            return int(sql.scalar(sa.text(query)) or 0)

    file_protected(browser)
    assert waits() == 0
    file_grievance(browser)
    assert waits() == 1


def test_a_protected_report_says_first_what_is_kept_and_who_gets_it(
    browser: Browser, program: Program
) -> None:
    browser.open(f"{PATH}/protected")
    assert browser.text.index("ยังไม่มีอะไรส่งถึงใคร") < browser.text.index("เกี่ยวกับใคร")
    browser.press("ต่อไป: ดูว่าใครจะได้รับ", kind="corruption", about="กองคลัง")
    assert "ปลัด" in browser.text
    assert "นายก" in browser.text
    browser.press("ต่อไป: ตรวจก่อนส่ง", story="เรื่องทดสอบ", struck="clerk")
    assert "ผู้ที่จะได้รับ นายก เท่านั้น" in browser.text
    assert "แจ้งโดยไม่เปิดเผยชื่อ" in browser.text
    assert not filed(program)
    browser.press("ส่ง")
    with program.database.agency(AGENCY) as tx:
        own = cases.by_receipt(tx, browser.receipt)
        assert own is not None
        assert cases.routing_of(tx, own.case.id) == (("กองคลัง",), ("clerk",))
    assert own.case.kind is Kind.CORRUPTION
    assert own.case.title == ""
    assert not own.has_identity


@pytest.mark.parametrize(
    ("about", "struck", "reason"),
    [
        (["สำนักปลัด", "กองคลัง"], ["chief"], "all are concerned or struck, the substitute too"),
        (["กองคลัง"], ["clerk", "chief"], "the substitute is in the unit that it is about"),
    ],
)
def test_where_nobody_is_left_nothing_is_sent(
    browser: Browser, program: Program, about: list[str], struck: list[str], reason: str
) -> None:
    browser.open(f"{PATH}/protected")
    browser.press("ต่อไป: ดูว่าใครจะได้รับ", kind="conduct", about=about)
    browser.press("ต่อไป: ตรวจก่อนส่ง", story="เล่าไว้แล้ว", struck=struck)
    assert "ไม่เหลือผู้รับเรื่อง" in browser.text, reason
    assert "1205" in browser.text
    assert "เล่าไว้แล้ว" in browser.text
    fields, path = browser.form("แก้ไขผู้ที่จะได้รับ")
    browser.post(path, {**fields, "do": ["send"]})
    assert not filed(program)
    browser.post(path, fields)
    assert "เล่าไว้แล้ว" in browser.page
    browser.press("ต่อไป: ตรวจก่อนส่ง", struck=struck[:1] if len(struck) > 1 else [])
    assert "ผู้ที่จะได้รับ นายก เท่านั้น" in browser.text


def test_the_substitute_gets_what_no_receiver_may(browser: Browser) -> None:
    browser.open(f"{PATH}/protected")
    browser.press("ต่อไป: ดูว่าใครจะได้รับ", kind="conduct", about="-")
    browser.press("ต่อไป: ตรวจก่อนส่ง", story="เรื่อง", struck=["clerk", "chief"])
    assert "ผู้ที่จะได้รับ ท้องถิ่นอำเภอ เท่านั้น" in browser.text

    browser.press("แก้ไข")
    assert "ไม่ให้ ท้องถิ่นอำเภอ เห็น" in browser.text
    browser.press("ต่อไป: ตรวจก่อนส่ง", struck=["clerk", "chief", "district"])
    assert "ไม่เหลือผู้รับเรื่อง" in browser.text


def test_an_agency_without_receivers_names_the_bodies_outside(program: Program) -> None:
    config = program.agencies[AGENCY]
    program.agencies[AGENCY] = config.model_copy(update={"complaints": ComplaintFacts()})
    browser = Browser(create_app(program).test_client()).open(f"{PATH}/protected")
    assert "ยังไม่ได้กำหนดผู้รับเรื่อง" in browser.text
    assert "1205" in browser.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"place": "หน้าวัด"}, "เล่าเรื่องสั้น ๆ"),
        ({"story": "ไฟดับ"}, "บอกว่าอยู่ที่ไหน"),
        ({"story": "ไฟดับ", "place": "หน้าวัด", "phone": "12"}, "ตรวจเบอร์โทร"),
        ({"story": "ก" * 10_001, "place": "หน้าวัด"}, "ยาวเกิน"),
    ],
)
def test_a_mistake_is_said_in_place_and_nothing_typed_is_lost(
    browser: Browser, typed: dict[str, Any], sentence: str
) -> None:
    browser.open(f"{PATH}/grievance").press("ต่อไป: ตรวจก่อนส่ง", name="ชื่อทดสอบ", **typed)
    assert browser.said == 422
    assert sentence in browser.text
    fields, _ = browser.form("ต่อไป: ตรวจก่อนส่ง")
    assert fields["name"] == ["ชื่อทดสอบ"]
    for name, words in typed.items():
        assert fields[name] == [words]


def test_the_review_cannot_be_jumped_over(browser: Browser, program: Program) -> None:
    browser.open(f"{PATH}/protected")
    fields, path = browser.form("ต่อไป: ดูว่าใครจะได้รับ")
    browser.post(path, {**fields, "do": ["send"], "story": ["เรื่อง"]})
    assert browser.said == 422
    assert "เลือกประเภทเรื่อง" in browser.text
    assert not filed(program)


def test_going_back_and_forth_keeps_all(browser: Browser) -> None:
    browser.open(f"{PATH}/protected")
    browser.press("ต่อไป: ดูว่าใครจะได้รับ", kind="procurement", about="กองคลัง")
    browser.press("ต่อไป: ตรวจก่อนส่ง", story="บรรทัด 1\nบรรทัด 2", phone="๐๘๑ ๒๓๔ ๕๖๗๘")
    browser.press("แก้ไข")
    browser.press("ย้อนกลับ")
    browser.press("ต่อไป: ดูว่าใครจะได้รับ")
    browser.press("ต่อไป: ตรวจก่อนส่ง")
    assert "บรรทัด 1\nบรรทัด 2</dd>" in browser.page
    assert "081 234 5678" in browser.text
    assert "การจัดซื้อจัดจ้าง" in browser.text


def test_words_of_danger_bring_the_number_before_the_button(browser: Browser) -> None:
    browser.open(f"{PATH}/grievance")
    browser.press("ต่อไป: ตรวจก่อนส่ง", story="สายไฟขาดหน้าบ้าน", place="หมู่ 1")
    assert "1129" in browser.text
    assert browser.page.index("1129") < browser.page.index('value="send"')


def test_an_open_case_that_is_alike_is_offered_to_join(browser: Browser, program: Program) -> None:
    number = file_grievance(browser, "ไฟทางดับ", "หมู่ 1").number
    with program.database.agency(AGENCY) as tx:
        case = cases.by_number(tx, number)
        assert case is not None
        cases.change(tx, replace(case, title="ไฟทางดับ", titled=True), program.clock().date())
    second = another(browser).open(f"{PATH}/grievance")
    second.press("ต่อไป: ตรวจก่อนส่ง", story="ไฟทางดับหลายวัน", place="หมู่ 1")
    assert "เรื่องเดียวกับ “ไฟทางดับ”" in second.text
    (name,) = re.findall(r'name="join" value="(\w+)"', second.page)
    fields, path = second.form("ส่ง")
    third = another(browser)
    third.client.set_cookie("form", second.client.get_cookie("form").value)  # type: ignore[union-attr]
    third.post(path, {**fields, "join": ["0" * 32], "form": ["1" * 32]})
    assert third.number != number
    second.press("ส่ง", join=name)
    assert second.number == number
    follow(second, second.receipt)
    assert "ไฟทางดับหลายวัน" in second.text
    second.press("ถอนเรื่อง", sure="1")
    assert "มีผู้อื่นร่วมแจ้งไว้" in second.text


def test_what_accuses_is_asked_about_and_taken_along(browser: Browser) -> None:
    browser.open(f"{PATH}/grievance")
    browser.press("ต่อไป: ตรวจก่อนส่ง", story="เจ้าหน้าที่เรียกเงินใต้โต๊ะ", place="สำนักงาน")
    assert "อาจเกี่ยวกับเจ้าหน้าที่หรือการทุจริต" in browser.text
    fields, _ = browser.form("ไปช่องทางร้องเรียนเจ้าหน้าที่/ทุจริต")
    browser.post(f"{PATH}/protected", fields)
    browser.press("ต่อไป: ดูว่าใครจะได้รับ", kind="corruption", about="-")
    assert "เจ้าหน้าที่เรียกเงินใต้โต๊ะ" in browser.page


@pytest.mark.parametrize(
    ("story", "title"),
    [("ไฟดับหน้าวัด", "ไฟดับหน้าวัด"), ("เจ้าหน้าที่ไถเงินแม่ค้า", ""), ("กำนันเก็บเงินคนละ 100", "")],
)
def test_what_may_accuse_gives_the_shared_sheet_no_title(
    browser: Browser, program: Program, story: str, title: str
) -> None:
    number = file_grievance(browser, story, "หมู่ 1").number
    with program.database.agency(AGENCY) as tx:
        case = cases.by_number(tx, number)
    assert case is not None
    assert case.title == title


def test_every_danger_has_its_number(browser: Browser) -> None:
    browser.open(f"{PATH}/grievance")
    browser.press("ต่อไป: ตรวจก่อนส่ง", story="รถชนเสาไฟ ไฟไหม้", place="หมู่ 1")
    assert "1669" in browser.page
    assert "199" in browser.page


def test_going_back_leads_to_whom_it_is_about(browser: Browser) -> None:
    browser.open(f"{PATH}/protected")
    browser.press("ต่อไป: ดูว่าใครจะได้รับ", kind="corruption", about="-")
    assert 'name="do" value="about">ย้อนกลับ' in browser.page
    browser.press("ย้อนกลับ")
    assert "เกี่ยวกับใคร" in browser.page


def test_a_lamp_accuses_nobody(browser: Browser) -> None:
    assert "อาจเกี่ยวกับเจ้าหน้าที่" not in review(browser).text


# Once, and safely


def test_a_form_that_comes_again_files_once(browser: Browser, program: Program) -> None:
    browser.open(f"{PATH}/grievance").press("ต่อไป: ตรวจก่อนส่ง", story="ไฟดับ", place="หน้าวัด")
    fields, path = browser.form("ส่ง")
    cookie = browser.client.get_cookie("form")
    assert cookie is not None
    browser.post(path, fields)
    code = browser.receipt
    browser.client.set_cookie("form", cookie.value)  # the answer was lost on its way
    assert browser.post(path, fields).receipt == code
    assert len(filed(program)) == 1


def test_the_code_is_shown_once(browser: Browser, program: Program) -> None:
    browser.open(f"{PATH}/grievance").press("ต่อไป: ตรวจก่อนส่ง", story="ไฟดับ", place="หน้าวัด")
    fields, path = browser.form("ส่ง")
    number, code = browser.post(path, fields).number, browser.receipt
    browser.post(path, fields)
    assert browser.said == 403
    assert number in browser.text
    assert code not in browser.page
    assert " ".join(code[at : at + 4] for at in range(0, 16, 4)) not in browser.text
    assert len(filed(program)) == 1


def test_a_form_of_anybody_elses_is_refused(browser: Browser, program: Program) -> None:
    browser.open(f"{PATH}/grievance").press("ต่อไป: ตรวจก่อนส่ง", story="ไฟดับ", place="หน้าวัด")
    fields, path = browser.form("ส่ง")
    stranger = another(browser)
    stranger.headers = {"Sec-Fetch-Site": "cross-site"}
    for token in (fields["token"], [""], ["ก"], []):
        stranger.post(path, {**fields, "token": token})
        assert stranger.said == 403
        assert "ไฟดับ" not in stranger.page
    assert not filed(program)


def test_a_token_is_good_for_one_agency(browser: Browser) -> None:
    browser.open(f"{PATH}/grievance").press("ต่อไป: ตรวจก่อนส่ง", story="ไฟดับ", place="หน้าวัด")
    fields, path = browser.form("ส่ง")
    assert browser.post(path.replace(AGENCY, OTHER), fields).said == 403


def test_a_page_left_open_loses_no_word(browser: Browser) -> None:
    browser.open(f"{PATH}/grievance")
    browser.client.delete_cookie("form")
    browser.press("ต่อไป: ตรวจก่อนส่ง", story="ไฟดับ", place="หน้าวัด")
    assert browser.said == 403
    assert "เปิดค้างไว้นาน" in browser.text
    browser.press("ต่อไป: ตรวจก่อนส่ง").press("ส่ง")
    assert len(browser.receipt) == 16


def test_while_the_store_is_away_no_word_is_lost(
    browser: Browser, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.open(f"{PATH}/grievance").press("ต่อไป: ตรวจก่อนส่ง", story="ไฟดับ", place="หน้าวัด")
    sent, _ = browser.form("ส่ง")
    with program.database.engine.connect() as sql:
        sql.execute(sa.text("LOCK TABLE case_register IN ACCESS EXCLUSIVE MODE"))
        browser.press("ส่ง")
    assert browser.said == 503
    assert "ข้อความยังอยู่ครบ" in browser.text
    again, _ = browser.form("ส่ง")
    assert (again["form"], again["story"]) == (sent["form"], ["ไฟดับ"])
    assert len(browser.press("ส่ง").receipt) == 16
    assert len(filed(program)) == 1


@pytest.mark.parametrize("path", ["", "/grievance", "/protected", "/follow"])
def test_what_every_page_forbids(browser: Browser, path: str) -> None:
    answer = browser.client.get(PATH + path)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "expires" not in cookie.lower()
    assert "<script" not in answer.text


def test_the_cookie_is_secure_where_the_address_is(program: Program) -> None:
    settings = program.settings.model_copy(update={"public_url": "https://sujarit.example"})
    object.__setattr__(program, "settings", settings)
    cookie = create_app(program).test_client().get(PATH).headers["Set-Cookie"]
    assert cookie.startswith("__Host-form=")
    assert "Secure" in cookie
    assert "Path=/" in cookie


def test_hostile_words_are_only_words(browser: Browser) -> None:
    browser.open(f"{PATH}/grievance")
    browser.press("ต่อไป: ตรวจก่อนส่ง", story=HOSTILE, place=HOSTILE, name=HOSTILE)
    pages = [browser.page, browser.press("แก้ไข").page]
    assert browser.form("ต่อไป: ตรวจก่อนส่ง")[0]["story"] == [HOSTILE]
    browser.press("ต่อไป: ตรวจก่อนส่ง").press("ส่ง")
    pages.append(follow(browser, browser.receipt).page)
    pages.append(browser.press("ส่งข้อความ", words=HOSTILE).page)
    for page in pages:
        assert "<script" not in page
        assert "<img" not in page
        assert "{{7*7}}" in page


@pytest.mark.parametrize(
    "path", ["/complaints/nobody", f"{PATH}/nothing", "/complaints/nobody/follow", f"{PATH}/x/y"]
)
def test_what_is_not_there(browser: Browser, path: str) -> None:
    assert browser.open(path).said == 404


def test_a_story_far_too_long_is_not_lost(browser: Browser) -> None:
    browser.open(f"{PATH}/grievance").press("ต่อไป: ตรวจก่อนส่ง", story="ก" * 200_000)
    assert browser.said == 422
    assert browser.form("ต่อไป: ตรวจก่อนส่ง")[0]["story"] == ["ก" * 200_000]


# Following


def test_following_adding_withdrawing(browser: Browser, program: Program) -> None:
    code = file_grievance(browser).receipt
    follow(browser, f" {code[:4]}-{code[4:8]} {code[8:]} ")
    assert browser.said == 200
    for words in ("รับเรื่องแล้ว (ตอนนี้)", "ไฟถนนดับ", "ภายใน", "เสร็จสิ้น"):
        assert words in browser.text
    browser.press("ส่งข้อความ", words="เสาที่สอง")
    assert "ส่งข้อความเพิ่มแล้ว" in browser.text
    browser.press("ส่งข้อความ", words="เสาที่สอง")  # the page was sent again
    browser.press("ถอนเรื่อง")
    assert "ทำเครื่องหมาย" in browser.text
    browser.press("ถอนเรื่อง", sure="1")
    assert "หน่วยงานจะไม่ดำเนินการต่อ" in browser.text
    with program.database.agency(AGENCY) as tx:
        own = cases.by_receipt(tx, code)
    assert own is not None
    assert own.case.status is CaseStatus.WITHDRAWN
    assert [said.text for said in own.said] == ["ไฟถนนดับ", "เสาที่สอง"]
    assert "เรื่องนี้สิ้นสุดแล้ว" in follow(browser, code).text


def test_withdrawing_does_not_end_a_protected_report(browser: Browser, program: Program) -> None:
    code = file_protected(browser, "เรื่องลับทดสอบ").receipt
    assert "เรื่องลับทดสอบ" not in follow(browser, code).page
    browser.press("ถอนเรื่อง", sure="1")
    assert "เรื่องไม่สิ้นสุดเอง" in browser.text
    with program.database.agency(AGENCY) as tx:
        own = cases.by_receipt(tx, code)
    assert own is not None
    assert own.case.is_open
    assert own.case.withdrawal_on is not None


def test_erasing_who_one_is(browser: Browser, program: Program) -> None:
    code = file_protected(browser, name="ชื่อทดสอบ", phone="0812345678").receipt
    follow(browser, code).press("ลบ")
    assert "ทำเครื่องหมาย" in browser.text
    browser.press("ลบ", sure="1")
    assert "ลบชื่อ เบอร์โทร และทางติดต่อแล้ว" in browser.text
    assert "ไม่มีชื่อ เบอร์โทร" in follow(browser, code).text
    with program.database.agency(AGENCY) as tx:
        own = cases.by_receipt(tx, code)
    assert own is not None
    assert not own.has_identity


def test_the_office_answers_and_a_mended_lamp_is_confirmed(
    browser: Browser, program: Program
) -> None:
    number, code = file_grievance(browser).number, browser.receipt
    today = program.clock().date()
    with program.database.agency(AGENCY) as tx:
        cases.answer(tx, number, "ช่างไปดูแล้ว", today)
        cases.move(tx, number, CaseStatus.IN_PROGRESS, today)
        cases.move(tx, number, CaseStatus.RESOLVED, today)
    assert "ช่างไปดูแล้ว" in follow(browser, code).text
    browser.press("ยังไม่เรียบร้อย")
    assert "กำลังดำเนินการ (ตอนนี้)" in browser.text
    with program.database.agency(AGENCY) as tx:
        cases.move(tx, number, CaseStatus.RESOLVED, today)
    follow(browser, code).press("เรียบร้อยแล้ว")
    assert "เสร็จสิ้น (ตอนนี้)" in browser.text
    follow(browser, code).press("ยังไม่เรียบร้อย")
    assert "เปิดเรื่องอีกครั้ง" in follow(browser, code).text


def test_a_wrong_code_looks_like_any_other(browser: Browser) -> None:
    code = file_grievance(browser).receipt
    browser.open(f"{PATH}/follow")
    fields, path = browser.form("เปิดเรื่อง")
    wrong = ["0" * 16, code[:-1], code + "1", "", "ไม่มี", str(int(code) ^ 1).zfill(16)]
    pages = {browser.post(path, {**fields, "code": [one]}).page for one in wrong}
    assert len(pages) == 1
    assert browser.said == 422


def test_another_agencys_code_opens_nothing(browser: Browser) -> None:
    code = file_grievance(browser).receipt
    elsewhere = f"/complaints/{OTHER}"
    wrong = follow(browser, "0" * 16, elsewhere).page
    assert follow(browser, code, elsewhere).page == wrong


def test_guessing_is_slowed_by_address_and_looks_the_same(browser: Browser) -> None:
    code = file_grievance(browser).receipt
    for _ in range(10):
        wrong = follow(browser, "0" * 16).page
    assert follow(browser, code).page == wrong
    elsewhere = another(browser)
    elsewhere.address = "203.0.113.78"
    assert follow(elsewhere, code).said == 200


def test_slowness_ends_with_the_hour(browser: Browser, program: Program) -> None:
    code = file_grievance(browser).receipt
    for _ in range(10):
        follow(browser, "0" * 16)
    later(program, timedelta(hours=1))
    assert follow(browser, code).said == 200


def test_too_many_cases_are_kept_for_a_look_and_never_refused(
    browser: Browser, program: Program
) -> None:
    for _ in range(6):
        assert len(file_grievance(browser).receipt) == 16
    assert sorted(row.held_back for row in filed(program)) == [False] * 5 + [True]
    review(browser).press("ส่ง", files=[photo()])
    assert "ส่งเฉพาะข้อความก่อน" in browser.text
    code = browser.press("ส่ง").receipt
    follow(browser, code).press("ส่งข้อความ", files=[photo()])
    assert "หลักฐานที่แนบไว้ 1 รายการ" in browser.text


def test_made_up_addresses_cost_no_memory(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = file_grievance(browser).receipt
    monkeypatch.setattr(pace, "MOST_ADDRESSES", 12)
    for number in range(30):
        browser.headers["X-Forwarded-For"] = f"198.51.100.{number}, 192.0.2.1"
        wrong = follow(browser, "0" * 16).page
    assert follow(browser, code).page == wrong  # those of whom nothing is known share a count
    browser.headers["X-Forwarded-For"] = "198.51.100.0, 192.0.2.1"
    assert follow(browser, code).said == 200


def test_all_together_slow_those_who_went_wrong_and_nobody_else(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = file_grievance(browser).receipt
    monkeypatch.setitem(pace.MOST_OF_ALL, pace.GUESSED, 3)
    for number in range(4):
        browser.headers["X-Forwarded-For"] = f"198.51.100.{number}"
        wrong = follow(browser, "0" * 16).page
    assert follow(browser, code).page == wrong
    browser.headers["X-Forwarded-For"] = "198.51.100.99"
    assert follow(browser, code).said == 200


def test_what_is_slowed_already_counts_for_nobody_else(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = file_grievance(browser).receipt
    monkeypatch.setitem(pace.MOST, pace.GUESSED, 2)
    monkeypatch.setitem(pace.MOST_OF_ALL, pace.GUESSED, 4)
    for _ in range(9):
        follow(browser, "0" * 16)
    browser.headers["X-Forwarded-For"] = "198.51.100.99"
    follow(browser, "0" * 16)
    assert follow(browser, code).said == 200, "one wrong code of its own, and three in all"


def test_a_ticket_is_good_for_an_hour_one_browser_and_one_case(
    browser: Browser, program: Program
) -> None:
    mine = file_grievance(browser).receipt
    follow(browser, mine)
    fields, path = browser.form("ส่งข้อความ")
    until, party, signature = fields["ticket"][0].split(".")
    for forged in (f"{until}.{'0' * 32}.{signature}", f"{int(until) + 1}.{party}.{signature}", "x"):
        browser.post(path, {**fields, "ticket": [forged], "words": ["คำ"]})
        assert browser.said == 422
        assert "ใส่รหัสติดตามอีกครั้ง" in browser.text
    stranger = another(browser).open(f"{PATH}/follow")
    token = stranger.form("เปิดเรื่อง")[0]["token"]
    assert stranger.post(path, {**fields, "token": token, "words": ["คำ"]}).said == 422
    later(program, timedelta(hours=1, minutes=1))
    browser.post(path, {**fields, "words": ["ที่พิมพ์ไว้"]})
    assert browser.said == 422
    browser.press("เปิดเรื่อง", code=mine)
    assert browser.form("ส่งข้อความ")[0]["words"] == ["ที่พิมพ์ไว้"]


# Photos


def review(browser: Browser) -> Browser:
    browser.open(f"{PATH}/grievance")
    return browser.press("ต่อไป: ตรวจก่อนส่ง", story="ไฟดับ", place="หน้าวัด")


def test_photos_are_sealed_with_the_case(browser: Browser, program: Program) -> None:
    code = review(browser).press("ส่ง", files=[photo(), PDF]).receipt
    assert "หลักฐานที่แนบไว้ 2 รายการ" in follow(browser, code).text
    browser.press("ส่งข้อความ", files=[photo("PNG")])
    assert "หลักฐานที่แนบไว้ 3 รายการ" in browser.text
    lying = [one.read_bytes() for one in Path(program.settings.case_files).rglob("*.*")]
    assert len(lying) >= 2
    for content in lying:
        assert CANARY.encode() not in content
        assert not content.startswith((b"\xff\xd8", b"%PDF"))


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([HEIC], "HEIC"),
        ([b"MZ" + bytes(500)], "รับไม่ได้"),
        ([photo(), PDF[:3]], "รับไม่ได้"),
        ([photo()] * 4, "ไม่เกิน 3 ไฟล์"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_filed(
    browser: Browser, program: Program, files: list[bytes], sentence: str
) -> None:
    review(browser).press("ส่ง", files=files)
    assert browser.said == 422
    assert sentence in browser.text
    assert not filed(program)
    assert len(browser.press("ส่ง").receipt) == 16


def test_a_file_of_megabytes_is_taken_but_not_many_at_once(browser: Browser) -> None:
    large = PDF.replace(b"<<>>", b"<</A (" + b"a" * 2_000_000 + b")>>", 1)
    slots = photos._slots
    for _ in range(2):
        assert slots.acquire(blocking=False)
    review(browser).press("ส่ง", files=[large])
    assert browser.said == 413
    for _ in range(2):
        slots.release()
    assert len(review(browser).press("ส่ง", files=[large]).receipt) == 16


@pytest.mark.long
def test_a_slow_telephone_is_waited_for(made: Town, process: Process) -> None:
    process.start()
    session = requests.Session()
    page = session.get(f"{made.bot_url}{PATH}/grievance", timeout=10).text
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found
    asked = requests.Request(
        "POST",
        f"{made.bot_url}{PATH}/grievance",
        data={"token": found[1], "do": "send", "story": "ไฟดับ", "place": "หน้าวัด"},
        files={"photo": ("a.pdf", PDF.replace(b"<<>>", b"<</A (" + b"a" * 2_000_000 + b")>>", 1))},
    )
    sent = session.prepare_request(asked)
    assert isinstance(sent.body, bytes)
    lines = "".join(f"{name}: {value}\r\n" for name, value in sent.headers.items())
    head = f"POST {PATH}/grievance HTTP/1.1\r\nHost: bot\r\n{lines}Connection: close\r\n\r\n"
    port = int(made.bot_url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(head.encode() + sent.body[:1_500_000])
        time.sleep(REQUEST_SECONDS + 1)
        connection.sendall(sent.body[1_500_000:])
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200")
    assert "รับเรื่องแล้ว".encode() in answer


def test_no_file_is_written_down_before_it_is_sealed(program: Program) -> None:
    data = {"photo": (io.BytesIO(bytes(900_000)), "a.jpg")}
    with create_app(program).test_request_context(PATH, method="POST", data=data):
        assert isinstance(request.files["photo"].stream, io.BytesIO)


# What is said nowhere


def test_no_line_of_the_log_says_who_or_what(browser: Browser, program: Program) -> None:
    with logged() as written:
        code = file_protected(browser, "เรื่องลับทดสอบ", name="ชื่อทดสอบ", files=[photo()]).receipt
        number = browser.number
        follow(browser, code).press("ส่งข้อความ", words="คำลับทดสอบ")
        party = browser.form("ส่งข้อความ")[0]["ticket"][0].split(".")[1]
        follow(browser, "1234567890123456")
        with program.database.engine.connect() as sql:
            sql.execute(sa.text("LOCK TABLE case_party IN ACCESS EXCLUSIVE MODE"))
            follow(browser, code)
        assert browser.said == 503
    lines = written.getvalue()
    assert "store away from the pages" in lines
    spaced = " ".join(code[at : at + 4] for at in range(0, 16, 4))
    said = [code, spaced, number, party, ADDRESS, "ลับทดสอบ", "ชื่อทดสอบ", "1234567890123456", CANARY]
    assert [one for one in said if one in lines] == []


def test_the_servers_own_lines_say_no_address(made: Town, process: Process) -> None:
    process.start()
    with socket.create_connection(
        ("127.0.0.1", int(made.bot_url.rpartition(":")[2])), timeout=5
    ) as connection:
        connection.sendall(b"GET /complaints/dongmuang HTTP/9.9-canary\r\n\r\n")
        while connection.recv(4096):
            pass
    process.stop()
    lines = [one for one in process.log.read_text().splitlines() if "Invalid request" in one]
    assert len(lines) == 1
    assert "127.0.0.1" not in lines[0]
    assert "canary" not in lines[0]


def test_the_receipt_stands_in_no_address(browser: Browser) -> None:
    code = file_grievance(browser).receipt
    assert code not in browser.path
    assert follow(browser, code).path == f"{PATH}/follow"
    assert code not in browser.page
