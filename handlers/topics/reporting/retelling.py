"""What puts the report made last right in a few words: ไม่ใช่ ม7 หมายถึง ม5, or แก้เป็น 70%."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.asked import Asked
from handlers.desk import Outcome, Reported
from handlers.texts import say
from handlers.topics.reporting.answering import TELLING, of_part
from handlers.topics.reporting.asking import ask
from handlers.topics.reporting.draft import Draft, Step, with_links
from handlers.topics.reporting.parts import waiting_parts
from handlers.topics.reporting.reporter import may_report, unit_for
from handlers.topics.reporting.taking_back import last_report
from handlers.topics.reporting.undoing import draft_of
from handlers.understanding import Facts, Told, Topic, understand
from handlers.understanding.folding import fold
from handlers.understanding.naming import mentions
from handlers.understanding.words import PARTICLES
from ita.measures import Measure, Status

FRESH: Final = timedelta(days=1)
"""So long such words are taken to be about the last report."""
_FIGURE: Final = r"\d{1,3} ?(?:%|เปอร์เซ็นต์)? ?"
_RIGHTS: Final = re.compile(
    rf"(?:[\s,.]|{PARTICLES}|เอ่อ|อ้าว|ขอโทษ(?:ที)?|โทษที)*+"
    r"(?:ไม่ใช่|ไม่ไช่|มิใช่|บ่แม่น|บ่ใช่|ไม่ได้หมายถึง|หมายถึง|(?:พิมพ์|ส่ง|ใส่|รายงาน|บอก)?ผิด|เอ้ย|เอ๊ย|ที่ถูก|ต้องเป็น"
    rf"|(?={_FIGURE}(?:ผิด|ไม่ใช่|ต่างหาก))|(?:แก้|เปลี่ยน)(?:จาก)? ?{_FIGURE}เป็น"
    r"|(?:ขอ)?(?:แก้(?:ไข)?|เปลี่ยน|ย้าย)(?:รายงาน)?(?:ไป)?"
    r"(?:เป็น|ที่|(?= ?(?:ม\.?|มาตรการ(?:ที่)?|ข้อ) ?\d)))"
)
"""How they begin."""
_ANEW: Final = re.compile(
    r"(?:ต้องเป็น|ที่ถูก|เป็น|คือ) ?(?:ต้อง|คือ|เป็น|แค่)? ?(\S{1,12}?) ?(?:%|เปอร์เซ็นต์)?"
    rf"(?:\s|{PARTICLES})*\Z"
)
"""The figure at their end: ไม่ใช่ 60% ต้องเป็น 70%, แก้ 60 เป็น 70, ต้องเป็นเจ็ดสิบ."""
_TOPICS: Final = (Topic.REPORT, Topic.MEASURE, Topic.UNCLEAR)
"""What they may look like, taken by themselves: แก้เป็น 70%, เปลี่ยนเป็นมาตรการ 5, ย้ายไป ม5."""
_HAS_FIGURE: Final = re.compile(r"\d")
_DONE: Final = (Status.DONE, Status.AWAITING_ACCEPTANCE)


def retold(asked: Asked) -> Outcome | None:
    """The last report as it should have been, to look at and to confirm instead of it; None where
    the words are of something else."""
    reported = last_report(asked)
    if reported is None or reported.before is None or not _RIGHTS.match(fold(asked.words).text):
        return None
    told = _told(asked, reported)
    if told is None or asked.event.at - reported.progress.at > FRESH:
        return None
    measure = asked.desk.hold((told.measure or reported.before).id)
    if measure is None or not may_report(asked, measure):
        return None
    draft = _amended(draft_of(asked, reported), told)
    if measure.id == reported.before.id:
        same = draft == draft_of(asked, reported)
        note = say("th", "staff.undo.correct" if same else "staff.undo.amended")
        return ask(asked, draft, measure, note)
    note = say("th", "staff.undo.moved", old=reported.before.number, new=measure.number)
    return ask(asked, _moved(asked, draft, measure), measure, note)


def _told(asked: Asked, reported: Reported) -> Told | None:
    """What is told anew: another measure, another standing, or both; None for anything else."""
    facts = Facts(asked.desk.measures(), asked.today, asked.person.units)
    understood = understand(asked.words, asked.person.role, facts)
    last = reported.progress.measure_id
    told = understood.measures
    if understood.topic is Topic.UNCLEAR:
        told = tuple(Told(measure) for measure in understood.likely)
    named, _ = mentions(facts.measures, fold(asked.words).text)
    known = {one.id for each in named for one in each.measures} | {last}
    if understood.topic not in _TOPICS or len(told) > 1:
        return None
    if not told:
        return _told_of_the_last(asked, understood.unnamed) if known == {last} else None
    (only,) = told
    new = only.measure.id if only.measure else last
    return only if known <= {last, new} else None


def _told_of_the_last(asked: Asked, alone: Told | None) -> Told | None:
    """What is told without a measure. Of a figure that cannot be read it is asked by showing the
    report as it stands."""
    if figure := _ANEW.search(fold(asked.words).text):
        facts = Facts((), asked.today)
        anew = understand(f"{figure[1]}%", asked.person.role, facts).unnamed
        if anew and anew.status:
            return replace(alone or anew, status=anew.status, percent=anew.percent)
    if alone and alone.status:
        return alone
    return Told(None) if _HAS_FIGURE.search(asked.words) else None


def _amended(draft: Draft, told: Told) -> Draft:
    """The report with what was told anew; its words stay where there are no other ones."""
    opening = _RIGHTS.match(told.output)
    words = told.output[opening.end() if opening else 0 :].strip()
    if len(words) > TELLING:
        draft = replace(draft, words={**draft.words, Step.OUTPUT.value: words})
    if told.day:
        draft = replace(draft, day=told.day.isoformat())
    if told.status:
        done = told.status in _DONE
        status = Status.DONE if done else told.status
        draft = replace(draft, status=status.value, percent=None if done else told.percent)
    return with_links(draft, told.links)


def _moved(asked: Asked, draft: Draft, measure: Measure) -> Draft:
    """The report as one of another measure: of its only part, or the part is asked."""
    unplaced = replace(
        draft, measure=measure.id, unit=unit_for(asked, measure), round="", part_said=False
    )
    parts = waiting_parts(asked, measure)
    if len(parts) == 1:
        return of_part(unplaced, parts[0])
    return replace(unplaced, at=Step.PART, mending=True)
