"""What people read of evidence that could not be kept, and what an unsent message asks for."""

from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from handlers.desk import NOTHING
from handlers.evidence import SHOWN, WHY, could_not_keep, page_words
from handlers.flex import MAX_TEXT, units
from handlers.router import answer
from ita.changes import Unsend
from tests.handlers.desk_double import CLERK, NOW, DeskDouble, text_event


@dataclass(frozen=True)
class Sent:
    """Something that was sent."""

    kind: str = "file"
    why: str = "type"
    made_at: datetime = NOW
    file_name: str = "แผน.exe"


@pytest.mark.parametrize("why", WHY)
def test_each_reason_says_what_to_do(why: str) -> None:
    words = could_not_keep([Sent(why=why)])["text"]
    assert WHY[why] in words
    assert "แผน.exe" in words


def test_what_has_no_name_is_known_by_its_time() -> None:
    assert "รูปที่ส่งเมื่อ 15 ม.ค. 2568 09:30 น." in could_not_keep([Sent("image", file_name="")])["text"]
    assert "ไฟล์ที่ส่งเมื่อ 15 ม.ค. 2568" in could_not_keep([Sent(file_name="")])["text"]


def test_many_with_long_names_are_one_short_message() -> None:
    words = could_not_keep([Sent(file_name="ก" * 100)] * 60)["text"]
    assert f"และอีก {60 - SHOWN} รายการ" in words
    assert units(words) < MAX_TEXT / 4


def test_the_page_says_whether_waiting_helps() -> None:
    assert page_words("waiting") != page_words("gone") == page_words("unsent")


def test_an_unsent_message_changes_and_answers_nothing_else() -> None:
    event = replace(text_event(""), kind="unsend", message_kind="", message_id="5847")
    outcome = answer(event, CLERK, DeskDouble(), NOW)
    assert (outcome.replies, outcome.changes) == ((), (Unsend("5847"),))
    assert answer(replace(event, message_id=""), CLERK, DeskDouble(), NOW) == NOTHING
    elsewhere = replace(event, chat_kind="group")
    assert answer(elsewhere, CLERK, DeskDouble(), NOW).changes == (Unsend("5847"),)
