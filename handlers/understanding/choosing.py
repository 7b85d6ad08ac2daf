"""Which topic a text is about. The first that fits, in the order in which a mistake would hurt."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from handlers.understanding import topics
from handlers.understanding.corrections import CORRECTS
from handlers.understanding.folding import LINK_MARK, Folded, fold
from handlers.understanding.naming import Mention
from handlers.understanding.reports import Account, account
from handlers.understanding.values import Ask, Facts, Told, Topic, Understood
from handlers.understanding.words import ONLY_POLITE, POLITE_END, TENS
from ita.agency import Role

LIKE_A_COMMAND: Final = 0.8
LONGEST_COMMAND: Final = 18


@dataclass(frozen=True, slots=True)
class _Heard:
    folded: Folded
    text: str
    staff: bool
    command: bool
    """Whether it begins with the word for a report."""
    account: Account


def understand(text: str, role: Role, facts: Facts) -> Understood:
    """What a text means, from whoever writes it. Never fails, whatever the text is.

    What a citizen writes is never a report, and nobody's accusation is anything else.
    """
    folded = fold(text)
    staff = role is not Role.CITIZEN
    command = topics.REPORT_COMMAND.match(folded.text) if staff else None
    begins = command.end() if command else 0
    told = account(folded, facts, begins, command=command is not None)
    heard = _Heard(folded, folded.text, staff, command is not None, told)
    for chosen in _ORDER if staff else _FOR_CITIZENS:
        if understood := chosen(heard):
            return understood
    return _unclear(heard)


# --- The topics, each with its own test


def _nothing(heard: _Heard) -> Understood | None:
    if any(char.isalnum() or char == LINK_MARK for char in heard.text):
        return None
    return Understood(Topic.SMALLTALK if heard.folded.original.strip() else Topic.UNCLEAR)


def _cancel(heard: _Heard) -> Understood | None:
    if topics.CANCEL.match(heard.text) or topics.CANCEL_LATE.search(heard.text):
        return Understood(Topic.CANCEL, _names_only(heard) if heard.staff else ())
    return None


def _register(heard: _Heard) -> Understood | None:
    found = topics.REGISTER.match(heard.text)
    if not found:
        return None
    ask = None if re.search(r"[a-z0-9]{4,}", heard.text[found.start() :]) else Ask("code")
    return Understood(Topic.REGISTER, ask=ask)


def _accusation(heard: _Heard) -> Understood | None:
    text = heard.text
    if any(not _of_a_measure(text, found.start()) for found in topics.CRIME.finditer(text)):
        return Understood(Topic.PROTECTED)
    return None


def _corruption(heard: _Heard) -> Understood | None:
    text, spoken = heard.text, _corruption_beside(heard, ())
    conduct = topics.CONDUCT.search(text)
    of_work = heard.staff and heard.account.clear and not conduct
    if of_work or not (spoken or conduct):
        return None
    if not spoken and (topics.TROUBLE.search(text) or topics.THING.search(text)):
        return Understood(Topic.COMPLAINT_UNCLEAR, ask=_WHICH_COMPLAINT)
    return Understood(Topic.PROTECTED)


def _corruption_beside(heard: _Heard, named: Sequence[Mention]) -> bool:
    """Whether words beside the names of measures speak of corruption, not of what is done
    against it."""
    return any(
        not _of_a_measure(heard.text, found.start())
        and not any(each.start <= found.start() < each.end for each in named)
        for found in topics.CORRUPTION.finditer(heard.text)
    )


def _opens_like_a_complaint(heard: _Heard, named: Sequence[Mention]) -> bool:
    by_title = all(each.title for each in named)
    return by_title and bool(topics.TO_REPORT_CORRUPTION.match(heard.text))


def _of_a_measure(text: str, at: int) -> bool:
    return bool(topics.MEASURED.search(text[max(0, at - 40) : at]))


def _settled(heard: _Heard) -> Understood | None:
    """The answer to a question of a report's: its first words say what is so."""
    return _report(heard) if heard.account.settled else None


def _report_plainly(heard: _Heard) -> Understood | None:
    """A measure by name with its standing or link, or the command word: a report for certain."""
    told = heard.account
    if told.asked or _asks(heard):
        return None
    named = [each for each in told.mentions if not (each.title and not each.sure)]
    says = told.progress or bool(heard.folded.links) or _has_standing(told)
    if heard.command:
        return _report(heard)
    if not named or not says:
        return None
    accuses = _corruption_beside(heard, named) or _SAYS_FALSE.search(heard.text)
    if accuses or _opens_like_a_complaint(heard, named):
        return Understood(Topic.UNCLEAR, ask=Ask("which_topic", (Topic.REPORT, Topic.PROTECTED)))
    doubtful = all(each.weak for each in named)
    if doubtful and (topics.TROUBLE.search(heard.text) or topics.THING.search(heard.text)):
        return Understood(Topic.UNCLEAR, ask=Ask("which_topic", (Topic.REPORT, Topic.GRIEVANCE)))
    return _report(heard)


def _report_perhaps(heard: _Heard) -> Understood | None:
    """Words of progress, with or without a measure: what is missing is asked."""
    told = heard.account
    if told.asked or _asks(heard):
        return None
    if not any(each.sure for each in told.mentions) and _OF_PEOPLE.search(heard.text):
        return None
    citizen_like = _is_citizen_like(heard)
    if (told.mentions or told.hints) and _is_about_progress(heard, citizen_like=citizen_like):
        return _report(heard)
    if not told.mentions and _OF_ANOTHER_THING.search(heard.text):
        return None
    speaks = told.clear or told.amount or _WORK.search(heard.text)
    linked = heard.folded.links and not citizen_like
    return _report(heard) if speaks or linked else None


def _is_about_progress(heard: _Heard, *, citizen_like: bool) -> bool:
    """Whether a text that names a measure, or may mean one, tells of it or takes something back."""
    told, text = heard.account, heard.text
    if told.progress or CORRECTS.search(text):
        return True
    if _LIKE_PROGRESS.search(text) and not citizen_like:
        return True
    numbered = any(not each.title for each in told.mentions)
    acts = topics.ACT if numbered else topics.NEAR_REPORT
    named = bool(told.mentions) and acts.search(text)
    counted = any(each.sure for each in told.mentions) and _COUNTED_DEED.search(text)
    return bool(named or counted or (numbered and _CORRECTS.search(text)))


_SAYS_FALSE: Final = re.compile(
    r"เท็จ|ไม่(?:เป็น)?(?:ความ)?จริง(?!จัง)|(?:แต่ง|ปั้น|โกหก|กุ)(?:ตัว)?เลข|โกหก|ไม่ได้ทำจริง|ของปลอม"
    r"|(?:หัวหน้า|ปลัด|นายก|ผอ\.?|ผู้บริหาร|เขา|เค้า)[^\n]{0,12}(?:สั่ง|บังคับ)(?:ให้)?[^\n]{0,8}(?:ใส่|กรอก|ลง|รายงาน|แต่ง)"
)
"""Who says that a report is false does not make one."""
_LIKE_PROGRESS: Final = re.compile(
    r"ยัง(?:ไม่|บ่|ม่าย)|(?:(?:แล้ว|แล่ว|แร้ว|แลว)|(?<![\d/.,:-])(?<![\d-] )(?:\d[05]|100)"
    rf"|(?:{TENS})|(?<![\d/])\d{{1,3}} ?/ ?\d{{1,3}}){ONLY_POLITE.pattern}"
)
"""How people speak of progress without saying how far it is."""
_DEED: Final = (
    "(?:ประชุม|อบรม|ประกาศ|ลงเว็?[บป]|ขึ้นเว็?[บป]|เผยแพร่|จัดทำ|ลงนาม|แนบ(?:รูป|ไฟล์|ลิงก์|หลักฐาน)|ติดป้าย"
    "|อั[ปพ]โหลด|แต่งตั้ง|(?:ออก|ทำ)คำสั่ง)"
)
_WORK: Final = re.compile(
    rf"{_DEED}[ก-๎]{{0,15}}(?:แล้ว|แล่ว|แร้ว|แลว){ONLY_POLITE.pattern}|ยัง(?:ไม่|บ่|ม่าย)(?:ได้)?{_DEED}"
)
"""What is done for measures, told without the name of one."""
_COUNTED_DEED: Final = re.compile(rf"{_DEED}.{{0,60}}?\d+ ?(?:คน|ท่าน|ราย|ครั้ง|รุ่น|แห่ง|แผ่น|ป้าย)")
"""A deed with its figure, told of a measure: อบรม no gift policy ไป 30 คน."""
_OF_ANOTHER_THING: Final = re.compile(
    r"(?<!ตรวจ)สอบ(?!ถาม|สวน)|เกรด|ลูก(?!จ้าง)|หลาน|นักเรียน|ควิซ|quiz|เกม|แบต|ลด ?\d|ลดราคา|ส่วนลด|ราคา"
    "|ฝน|หวย|ดอกเบี้ย|วัคซีน"
)
"""What people speak of with percents and เสร็จ that is no measure."""
_OF_PEOPLE: Final = re.compile(
    r"เห็นด้วย|โรงเรียน|รร\.|สอบผ่าน|เวร ?(?:ที่ ?)?\d|มาตรา ?\d"
    rf"|\A{topics.POLITE}\d{{1,3}} ?(?:คน|ท่าน|ราย)(?!งาน)"
)
"""What somebody else has done, or agrees to."""
_CORRECTS: Final = re.compile("ไม่ใช่|หมายถึง|บ่แม่น|เอ้ย|เอ๊ย|แก้|ขอโทษ|ผิด")


def _is_citizen_like(heard: _Heard) -> bool:
    return bool(topics.TROUBLE.search(heard.text) or topics.COMPLAIN.search(heard.text))


def _has_standing(told: Account) -> bool:
    return any(each.status for each in told.told)


def _asks(heard: _Heard) -> bool:
    """Whether it is a question about a measure rather than a report on it."""
    text = heard.text
    if _WHY.search(text) or _ASKS_IN_ENGLISH.match(text):
        return True
    if _SUPPOSES.match(text) and _QUESTION.search(text):
        return True
    if heard.account.progress and not text.rstrip().endswith("?"):
        return bool(_QUESTION_ABOUT.search(text)) and not _has_standing(heard.account)
    return bool(_QUESTION.search(text)) or bool(_LOOKS.match(text))


_SUPPOSES: Final = re.compile(rf"{topics.POLITE}(?:ถ้า|หาก|สมม[ตุ]ิ?)")
_WHY: Final = re.compile("ทำไม(?!่)|เพราะอะไร|เป็นหยัง|เพราะเหตุใด")
_ASKS_IN_ENGLISH: Final = re.compile(
    rf"{topics.POLITE}(?:is|are|has|have|did|does|was|if|when|who|what)(?![a-z])"
)
_QUESTION: Final = re.compile(
    r"\?|บ่(?![ก-๎])|ทำ(?:อะไร|ไร|หยัง)|ไหม(?![ก-๎])|มั้ย|หรือยัง|รึยัง|หรือเปล่า|รึเปล่า|ถึงไหน|ฮอดไส|คืออะไร"
    r"|คือหยัง|อะไร|ใคร|เมื่อไหร่|เมื่อไร"
    r"|วันไหน|ตอนไหน|กองไหน|หน่วยไหน"
    r"|ยังไง|เป็นไง|อย่างไร|ที่ไหน|ตรงไหน|ทางไหน|เท่าไหร่|เท่าไร|กี่(?=เปอ|%|คน|เรื่อง|วัน|โมง)|ยัง(?:คะ|ครับ|จ๊ะ)?\Z"
)
_QUESTION_ABOUT: Final = re.compile(
    r"ถึงไหน|คืออะไร|ใคร(?:ทำ|รับ|ดูแล)|เมื่อไหร่|เมื่อไร|กี่เปอร์|หรือยัง|รึยัง|\?"
)
_LOOKS: Final = re.compile(
    rf"{topics.POLITE}(?:ขอดู|ดู(?!แล)|อยากดู|เช็[คก]|ขอรายละเอียด|รายละเอียด|ขอข้อมูล|ขอทราบ|สอบถาม"
    rf"|สถานะ|ประวัติ|show\b|status\b)"
)


def _report(heard: _Heard) -> Understood:
    told = heard.account
    return Understood(
        Topic.REPORT, told.told, told.ask, told.unnamed, told.likely, bool(told.hints)
    )


def _mended(heard: _Heard) -> Understood | None:
    thanks = topics.MENDED.search(heard.text) and not topics.COMPLAIN.search(heard.text)
    told = heard.account
    about_work = told.mentions or (heard.staff and told.progress)
    return Understood(Topic.SMALLTALK) if thanks and not about_work else None


def _grievance(heard: _Heard) -> Understood | None:
    text = heard.text
    if topics.TROUBLE.search(text) or topics.TO_TELL.search(text):
        return Understood(Topic.GRIEVANCE)
    by_title = any(each.title for each in heard.account.mentions)
    if topics.THING.search(text) and not by_title and not _QUESTION.search(text):
        return Understood(Topic.GRIEVANCE)
    return None


def _broken(heard: _Heard) -> Understood | None:
    return Understood(Topic.GRIEVANCE) if topics.BROKEN.search(heard.text) else None


def _statistics(heard: _Heard) -> Understood | None:
    return Understood(Topic.STATISTICS) if topics.STATISTICS.search(heard.text) else None


def _track(heard: _Heard) -> Understood | None:
    named = heard.staff and heard.account.mentions
    if not named and (topics.TRACK.search(heard.text) or topics.CASE_NUMBER.search(heard.text)):
        return Understood(Topic.TRACK)
    return None


def _help(heard: _Heard) -> Understood | None:
    how = topics.HELP.search(heard.text) and not topics.TROUBLE.search(heard.text)
    return Understood(Topic.HELP) if how else None


def _outstanding(heard: _Heard) -> Understood | None:
    if heard.staff and any(not each.title for each in heard.account.mentions):
        return None
    return Understood(Topic.OUTSTANDING) if topics.OUTSTANDING.search(heard.text) else None


def _scores(heard: _Heard) -> Understood | None:
    found = topics.SCORES.search(heard.text) and not topics.NOT_SCORES.search(heard.text)
    return Understood(Topic.SCORES) if found else None


def _measure(heard: _Heard) -> Understood | None:
    """Somebody asks about a measure, or names one and nothing else."""
    text, told = heard.text, heard.account
    public = topics.MEASURE_WORD.search(text)
    named = [
        each
        for each in told.mentions
        if heard.staff or (not each.weak and (public or each.whole or not each.title))
    ]
    sure = [each for each in named if not each.title or each.sure]
    nameless = not named or (not sure and topics.LOOK.search(text))
    if public and nameless and (told.asked or not told.progress):
        return Understood(Topic.MEASURE, ask=_which(told), likely=told.likely)
    only = bool(named) and not POLITE_END.sub("", _apart_from(told, text)).strip(" .,:-?\x01")
    only = only and all(each.whole or not each.title for each in sure)
    asked = bool(sure) and (topics.LOOK.search(text) or told.asked or _asks(heard))
    spoken = topics.MEASURE_WORD.search(text) and not topics.ACT.search(_apart_from(told, text))
    if not (asked or (only and sure) or (named and spoken)):
        return None
    unsure = any(not each.sure for each in named)
    return Understood(
        Topic.MEASURE,
        _names_only(heard),
        _which(told) if unsure else None,
        likely=told.likely if unsure else (),
    )


def _apart_from(told: Account, text: str) -> str:
    for mention in reversed(told.mentions):
        text = text[: mention.start] + text[mention.end :]
    return text


def _names_only(heard: _Heard) -> tuple[Told, ...]:
    sure = (each.measures[0] for each in heard.account.mentions if each.sure)
    return tuple(Told(measure) for measure in dict.fromkeys(sure))


def _which(told: Account) -> Ask:
    if told.ask and told.ask.what == "which_measure":
        return told.ask
    return Ask("which_measure", tuple(each.number for each in told.likely))


def _complaint(heard: _Heard) -> Understood | None:
    if topics.COMPLAIN.search(heard.text):
        return Understood(Topic.COMPLAINT_UNCLEAR, ask=_WHICH_COMPLAINT)
    return None


_WHICH_COMPLAINT: Final = Ask("which_complaint", (Topic.GRIEVANCE, Topic.PROTECTED))


def _smalltalk(heard: _Heard) -> Understood | None:
    if topics.SMALLTALK.fullmatch(heard.text):
        return Understood(Topic.SMALLTALK)
    return None


def _thanks(heard: _Heard) -> Understood | None:
    return Understood(Topic.SMALLTALK) if topics.THANKS.match(heard.text) else None


def _laughs(heard: _Heard) -> Understood | None:
    return Understood(Topic.SMALLTALK) if topics.LAUGH.fullmatch(heard.text) else None


def _mistyped(heard: _Heard) -> Understood | None:
    """A short message that is a command word but for a slip of the finger."""
    text = POLITE_END.sub("", heard.text)
    if not 4 <= len(text) <= LONGEST_COMMAND:  # noqa: PLR2004 - shorter words are like many
        return None
    scored = [
        (SequenceMatcher(None, word, text, autojunk=False).ratio(), topic)
        for word, topic in topics.COMMANDS.items()
    ]
    ratio, topic = max(scored)
    if ratio < LIKE_A_COMMAND:
        return None
    if topic == Topic.REPORT:
        return _report(heard) if heard.staff else None
    ask = {"complaint_unclear": _WHICH_COMPLAINT, "register": Ask("code")}.get(topic)
    ask = _which(heard.account) if topic == Topic.MEASURE else ask
    return Understood(Topic(topic), ask=ask)


def _unclear(heard: _Heard) -> Understood:
    """Left alone; to staff who named a measure, what it is about is worth asking."""
    if heard.staff and any(not each.title for each in heard.account.mentions):
        named = tuple(one for each in heard.account.mentions for one in each.measures)
        ask = Ask("which_topic", (Topic.REPORT, Topic.MEASURE))
        return Understood(Topic.UNCLEAR, ask=ask, likely=tuple(dict.fromkeys(named)))
    return Understood(Topic.UNCLEAR)


_Chosen = Callable[[_Heard], Understood | None]

_ORDER: Final[Sequence[_Chosen]] = (
    _nothing, _laughs, _register, _cancel, _accusation, _settled, _report_plainly, _help,
    _statistics, _outstanding, _corruption, _mended, _track, _grievance, _scores, _measure,
    _report_perhaps, _complaint, _smalltalk, _mistyped, _thanks,
)  # fmt: skip
_FOR_CITIZENS: Final[Sequence[_Chosen]] = (
    _nothing, _laughs, _register, _cancel, _accusation, _statistics, _mended, _smalltalk, _track,
    _corruption, _help, _grievance, _outstanding, _scores, _measure, _complaint, _mistyped, _broken,
    _thanks,
)  # fmt: skip
