"""Cards at their limits: the longest titles, hostile cells, LINE's own document."""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from handlers import flex
from handlers.cards import (
    case_card,
    lift_card,
    measure_published,
    measure_state,
    measure_whole,
    outstanding_list,
    score_card,
    summary_card,
)
from handlers.cards.case import GrievanceReview, grievance_review
from handlers.cards.lift import Step
from handlers.cards.measure import Known
from handlers.cards.outstanding import Reader
from handlers.cards.scores import Outlook
from handlers.cards.summary import Month
from handlers.desk import Message
from handlers.flex import QuickReply, clusters, cut, label, link_uri, units, with_quick_replies
from handlers.pressing import press, with_tokens
from handlers.router import ROUTES
from ita.criteria import criteria_for
from ita.dates import Period
from ita.measures import THAI_STATUS, Acceptance, Measure, Progress, Status
from ita.outstanding import Outstanding, Why
from ita.projections import project
from ita.scores import assess
from tests.handlers.desk_double import (
    CITIZEN,
    CLERK,
    COORDINATOR,
    SCORES_2566,
    measure,
    said,
)
from tests.handlers.sendable import assert_sendable, parts

TODAY = date(2025, 1, 15)
TAP = press("ปุ่มที่มีชื่อยาวเกินกว่าที่จะแสดงได้", "grievance", case="x")
REPORTED = datetime(2025, 1, 15, 2, tzinfo=UTC)

TITLES = {
    "thai": ("การป้องกันและปราบปรามการทุจริตที่ยั่งยืน" * 6)[:200],
    "marks": ("ที่นี้" * 50)[:200],
    "emoji": "🙏🏽" * 100,
    "one letter": "ก" + "\u0e48" * 199,
    "line breaks": "ก\nข " * 50,
    "nothing in Latin": "\U0001f600" * 100,
    "empty": "",
    "spaces": " " * 200,
}


def worst(title: str, number: int = 1) -> Measure:
    return measure(
        number,
        title,
        unit=title,
        method=title * 5,
        output=title * 5,
        outcome=title * 5,
        obstacle=title * 5,
        acceptance=Acceptance.RETURNED,
        reason=title * 5,
        items=tuple(f"o{n}" for n in range(1, 44)),
        percent=100,
        evidence=tuple(f"https://example.go.th/{n}?q={title}" for n in range(8)),
        status=Status.AWAITING_ACCEPTANCE,
    )


def all_cards(title: str) -> list[Message]:
    criteria = criteria_for(2566)
    indicators = {n: replace(one, name=title) for n, one in criteria.indicators.items()}
    long_names = replace(criteria, indicators=indicators, unverified=(title,))
    assessment = replace(assess(criteria, SCORES_2566.indicators), reason=title, level=title)
    no_day = Period(title * 3, "unknown")
    many = [
        Outstanding(replace(worst(title, n), period=no_day), Why.OVERDUE, -n, Decimal("1.25"))
        for n in range(1, 61)
    ]
    reader = Reader(scope=title * 60)
    steps = [Step(f"o{n}", title, Decimal(2), [one.measure for one in many]) for n in range(1, 44)]
    items = {f"o{n}": Decimal() for n in range(1, 44)}
    projection = project(criteria, SCORES_2566.indicators, items, list(items))
    projection = replace(projection, projected_level=title)
    progress = [Progress(1, REPORTED, title, Status.IN_PROGRESS, 80, title * 5)] * 6
    known = Known(
        progress, [(code, title) for code in items], Decimal(2), button=(title, "รายงานผล 1")
    )
    month = Month(
        title,
        TODAY,
        [worst(title, n) for n in range(1, 61)],
        many,
        999,
        60,
        Decimal(9),
        by_unit=True,
    )
    return [
        *(outstanding_list(many, [title], reader=reader, page=n + 1) for n in (0, 3, 98)),
        measure_whole(worst(title), replace(known, notes=[title]), TODAY),
        measure_whole(worst(title), Known(alone=False), date(2025, 4, 1)),
        measure_published("th", worst(title)),
        measure_published("en", worst(title)),
        lift_card(title, steps, projection, [title, title]),
        lift_card(title, [Step("o1", title, Decimal("0.001"))], None, []),
        summary_card(month, reader, [title]),
        score_card("th", title, SCORES_2566, long_names, assessment, [title], Outlook(projection)),
        measure_state(worst(title), [title, title], TODAY),
        measure_state(measure(1, title), [], TODAY),
        outstanding_list(many),
        score_card("th", title, SCORES_2566, long_names, assessment),
        score_card("en", title, SCORES_2566, long_names, None),
        case_card("th", title, "ABCD-2345", "0" * 16, date(2025, 1, 15), slowed=True, taps=[TAP]),
        case_card("en", title, "ABCD-2345", "0" * 16, date(2025, 1, 15), joins=True),
        grievance_review("th", GrievanceReview(title * 30, title, 10, title), [TAP] * 3),
        grievance_review("en", GrievanceReview("", "", 0), [TAP] * 3),
    ]


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_no_title_makes_a_card_too_large(title: str) -> None:
    for card in all_cards(title):
        assert_sendable([with_quick_replies(card, [QuickReply(title, title)] * 20)])


@given(st.text(max_size=300))
def test_no_cell_makes_a_card_that_cannot_be_sent(text: str) -> None:
    hostile = text.replace("\ud800", "")
    assert_sendable([measure_state(worst(hostile), [hostile], TODAY)])
    assert_sendable([outstanding_list([Outstanding(worst(hostile), Why.NEAR_DUE, None)])])


@pytest.mark.parametrize("status", list(Status))
def test_the_state_stands_in_its_official_words(status: Status) -> None:
    card = measure_state(replace(measure(7, "ก"), status=status, percent=35), [], TODAY)
    assert f"มาตรการ 7 ก: {THAI_STATUS[status]} 35%" in card["altText"]
    texts = [part["text"] for part in parts(card["contents"]) if part.get("type") == "text"]
    assert THAI_STATUS[status] in texts
    assert "35%" in texts


@pytest.mark.parametrize(
    ("status", "today", "words"),
    [
        (Status.IN_PROGRESS, date(2025, 4, 19), "เกินกำหนด 19 วัน"),
        (Status.NOT_STARTED, date(2025, 4, 1), "เกินกำหนด 1 วัน"),
        (Status.IN_PROGRESS, date(2025, 3, 31), "ครบกำหนดวันนี้"),
        (Status.IN_PROGRESS, date(2025, 3, 26), "ใกล้ครบกำหนด · เหลือ 5 วัน"),
        (Status.IN_PROGRESS, date(2025, 1, 15), None),  # far ahead
        (Status.AWAITING_ACCEPTANCE, date(2025, 4, 19), None),
        (Status.DONE, date(2025, 4, 19), None),
    ],
)
def test_a_late_measure_says_so_plainly(status: Status, today: date, words: str | None) -> None:
    reported = replace(measure(7, "ก"), status=status, last_report_at=REPORTED)
    card = measure_state(reported, [], today)
    texts = [part["text"] for part in parts(card["contents"]) if part.get("type") == "text"]
    said_so = [text for text in texts if re.search("เกินกำหนด|ครบกำหนด", text)]
    assert said_so == ([] if words is None else [words])
    assert words is None or card["altText"].endswith(words)


def test_evidence_links_can_be_opened_and_others_are_counted() -> None:
    links = (
        "https://example.go.th/ผล?a=ข ค",
        "javascript:alert(1)",
        "http://a.go.th",
        "https://ก.ไทย/x",
    )
    card = measure_state(measure(1, "ก", evidence=links), [], TODAY)
    uris = [part["uri"] for part in parts(card) if "uri" in part]
    assert len(uris) == 2
    assert uris[0].startswith("https://example.go.th/%E0%B8%9C")
    assert uris[1].startswith("https://xn--")
    assert "อีก 2 รายการ" in json.dumps(card, ensure_ascii=False)


@pytest.mark.parametrize(
    ("link", "uri"),
    [
        ("https://a.go.th/x?y=1&z=%20#top", "https://a.go.th/x?y=1&z=%20#top"),
        ("HTTPS://A.go.th:8443/X", "https://a.go.th:8443/X"),
        ("https://a.go.th", "https://a.go.th"),
        ('https://a.go.th/"<b>', "https://a.go.th/%22%3Cb%3E"),
        ("http://a.go.th", None),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("https://localhost/x", None),
        ("https://user:pass@a.go.th", None),
        ("https://a.go.th:99999", None),
        ("https://[::1", None),
        ("https://a.go.th/\ud800", None),
        ("https://a.go.th/" + "ก" * 400, None),
        ("", None),
    ],
)
def test_links_as_line_takes_them(link: str, uri: str | None) -> None:
    assert link_uri(link) == uri


@given(st.text(max_size=60), st.integers(min_value=1, max_value=30))
def test_cutting_keeps_letters_whole(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert units(shown) <= limit
    assert "".join(clusters(text)) == text
    if shown != text:
        kept = shown.removesuffix("…")
        assert text.startswith(kept)
        assert list(clusters(text))[: len(list(clusters(kept)))] == list(clusters(kept))


def test_a_label_counts_letters_not_marks() -> None:
    assert label("ที่" * 20) == "ที่" * 20
    assert label("ที่" * 21) == "ที่" * 19 + "…"


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", ["INK", "SOFT", "BRAND", "GOOD", "BUSY", "WAITING", "IDLE", "BAD"])
def test_colours_can_be_read_on_white_and_under_white(name: str) -> None:
    contrast = 1.05 / (_luminance(getattr(flex, name)) + 0.05)
    assert contrast >= 4.5


@pytest.mark.parametrize("tint", ["QUIET", "ALARM", "CAUTION"])
@pytest.mark.parametrize("name", ["INK", "SOFT", "BRAND", "GOOD", "BUSY", "WAITING", "IDLE", "BAD"])
def test_colours_can_be_read_on_the_tints(name: str, tint: str) -> None:
    light, dark = (_luminance(getattr(flex, each)) + 0.05 for each in (tint, name))
    assert light / dark >= 4.5


def test_a_tick_stands_out_of_its_bar() -> None:
    track, tick = flex.bar(90, flex.GOOD, 85)["contents"]
    assert tick["offsetStart"] == "85%"
    assert int(tick["height"].removesuffix("px")) > int(track["height"].removesuffix("px"))


def test_every_text_grows_with_the_letters_set_in_line() -> None:
    texts = [part for card in all_cards("ก") for part in parts(card) if part.get("type") == "text"]
    assert all(part["scaling"] for part in texts)


# ── LINE's own document ─────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def line_document(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """LINE's OpenAPI document with its discriminators enforced and unknown fields refused."""
    folder = shared / "contracts" / "line"
    if not folder.is_dir():
        pytest.skip(
            "needs ../shared/contracts/line: LINE's OpenAPI document is not in this project"
        )
    target = tmp_path_factory.mktemp("line") / "messaging-api.json"
    paths = map(str, (folder / "harden.py", folder / "messaging-api.yml", target))
    harden = [sys.executable, *paths, "--closed"]
    subprocess.run(harden, check=True, timeout=60)
    document: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return document


def _validator(document: dict[str, Any]) -> Draft202012Validator:
    reference = "#/components/schemas/ReplyMessageRequest"
    return Draft202012Validator({"$ref": reference, "components": document["components"]})


def assert_valid(line_document: dict[str, Any], replies: Iterable[Sequence[Message]]) -> None:
    validator = _validator(line_document)
    for messages in replies:
        sent = [with_tokens(message, lambda _: "x") for message in messages]
        validator.validate({"replyToken": "t", "messages": sent})


def test_every_message_is_valid_under_lines_document(line_document: dict[str, Any]) -> None:
    commands = [word for _, words in ROUTES for word in words]
    spoken = [*commands, "รายงานผล 3 80% ก https://a.go.th", "แจ้งเหตุ ไฟดับ", "ทักทาย", "รายงานผล 3"]
    spoken += ["ทำอะไรแล้วคะแนนขึ้นมากที่สุด", "มาตรการ 3", "มาตรการ 99", "มาตรการ ช่องทาง"]
    people = (CITIZEN, CLERK, COORDINATOR)
    replies = [said(text, person).replies for text in spoken for person in people]
    different = {repr(reply): reply for reply in replies}
    assert_valid(line_document, different.values())


EVERY_DAY = ("thai", "empty")


@pytest.mark.parametrize(
    "title",
    [
        pytest.param(title, marks=[] if name in EVERY_DAY else pytest.mark.long, id=name)
        for name, title in TITLES.items()
    ],
)
def test_every_card_is_valid_under_lines_document(
    title: str, line_document: dict[str, Any]
) -> None:
    assert_valid(line_document, [(card,) for card in all_cards(title)])


def test_the_document_would_refuse_a_wrong_message(line_document: dict[str, Any]) -> None:
    card = measure_state(measure(1, "ก"), [], TODAY)
    card["contents"]["colour"] = "#FFFFFF"
    assert not _validator(line_document).is_valid({"replyToken": "t", "messages": [card]})


def test_no_card_holds_a_narrative() -> None:
    outcome = said("แจ้งเหตุ ไฟดับหน้าบ้านเลขที่ตัวอย่าง")
    assert "ไฟดับหน้าบ้าน" not in json.dumps(outcome.replies, ensure_ascii=False)
