"""Which measures a text names: by number, indicator, OIT item, or words of the title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from handlers.understanding.folding import TAKEN
from handlers.understanding.words import NUMBER, PARTICLES, number
from ita.criteria import NoCriteria, criteria_for
from ita.matching import CERTAIN, find, named_in, unmistakable
from ita.measures import Measure

MOST_CHOICES: Final = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """Words at start..end of the folded text that name `measures`: one, or several to choose from.

    `weak` words may as well be a village, a class or a section of a law (ม.3); `bare` ones are a
    number alone; those of a `title` belong to what the person tells, and `whole`
    says that it is the whole title or a keyword.
    """

    start: int
    end: int
    measures: tuple[Measure, ...]
    weak: bool = False
    bare: bool = False
    title: bool = False
    whole: bool = False
    unknown: bool = False
    detail: bool = False
    """Whether such a number may be of something within a measure: ข้อ 5."""

    @property
    def sure(self) -> bool:
        """Whether it names one measure and no other."""
        return len(self.measures) == 1 and not self.unknown


_MEASURE: Final = r"(?:มาร?ต[รา]{0,3}ะ?กา?[รนณ]{0,2}์?|มตก\.?|measure|ลำดับ|กิจกรรม|รายการ|โครงการ)"
_COUNTER: Final = r"(?:หัวข้อ|ข้อ|อัน(?!ตราย)|ตัว|เรื่อง|งานที่|แผนที่)"
_WEAK: Final = r"(?:(?<![ก-๎a-z.])ม ?\.?|(?<![ก-๎])มอ|(?<![a-z])m\.?)"
_WEAK_ANYWHERE: Final = (
    r"(?:(?<=แล้ว)|(?<=เลย)|(?<=กับ)|(?<=และ)|(?<=ผล)|(?<=งาน)|(?<=ใช่)|(?<=ถึง)|(?<=เป็น)|(?<=ของ)"
    r"|(?<=ดู)"
    r"|(?<=ครับ)|(?<=ค่ะ)|(?<=คะ)|(?<=เอ้ย)|(?<=เอ๊ย)|(?<=คือ)|(?<=โทษ)|(?<=ส่ง)|(?<=%)|(?<=ที่)"
    r"|(?<=เสร็จ)|(?<=แจ้ง)|(?<=ขอ)|(?<=อัพเดท)|(?<=อัปเดต)|(?<=แก้)|(?<=ผิด)|(?<=ต์)|(?<=ทำ)|(?<=นะ)"
    r"|(?<=จ้า)|(?<=จ้ะ)|(?<=จ๊ะ)|(?<=ยัง)|(?<=ได้)|(?<=ไป)|(?<=อยู่)|(?<=เริ่ม)|(?<=เรียบร้อย)|(?<=หมด)|(?<=ครบ)"
    r"|(?<=ส่วน)|(?<=แต่)|(?<=เดียวกับ)|(?<=เหมือน)|(?<=ต่อจาก)|(?<=รอ))ม ?\.?"
)
_INDICATOR: Final = r"(?:ตัว)?(?:ชี้|ชี|ขี้|ชึ้)(?:วัด|วัน)|ตชว\.?|ตชวั?ด?|indicator"
_ITEM: Final = r"(?:ข้อ ?)?(?:(?<![a-z])(?:oit ?)?o|โอ(?:ไอที)?) ?-?"
_NOT_AFTER: Final = (
    r"(?!\d|[a-z]\d|\.\d|:\d(?!\d? ?(?:%|เปอ)|00)|,\d{3}|/\d|(?! %\d) ?(?:%|เปอ|percent))"
)
_NOT_AFTER_NAME: Final = _NOT_AFTER.replace(r"(?! %\d)", r"(?! ?% ?\d)")
"""ม3 % 80 names measure 3: what is written with a name is no percent."""
_COUNTED: Final = re.compile(
    r" ?(?:คน|ท่าน|หน่วย|กอง|ส\.|ครั้ง(?! ?(?:ที่|แรก))|บาท|เรื่อง(?! ?(?:ที่)? ?\d)|ชุด|แผ่น|ป้าย|ฉบับ"
    r"|ราย(?!งาน|การ)|วัน(?!ที่|นี้)|เดือน|ปี|แห่ง|ดวง|หลัง|ชั่วโมง|นาที|คะแนน|เล่ม|รูป"
    r"|(?:โครงการ|กิจกรรม|รายการ|มาตรการ|ตัวชี้วัด|วัด|หมู่|ตัว|อัน|ข้อ)(?! ?(?:(?:ที่)? ?\d|แรก|สุดท้าย)))"
)
_MAY_COUNT: Final = re.compile(rf"(?:{_MEASURE}|(?!หัวข้อ|ข้อ){_COUNTER}) ?\Z")
"""Before a number these count as well: กิจกรรม 3 ครั้ง; not so with ที่: กิจกรรมที่ 3."""
_EXPLICIT: Final = re.compile(
    rf"(?:(?P<prefix>{_MEASURE}|{_COUNTER}|{_INDICATOR}|{_ITEM}|(?P<weak>{_WEAK}"
    rf"|{_WEAK_ANYWHERE})|#|no\.|เบอร์|นัมเบอร์|หมายเลข"
    rf"|(?:และ|กับ) ?(?=\d{{1,2}} ?(?:ด้วย|เหมือนกัน|เช่นกัน)))"
    rf" ?(?:ข้อ ?)?(?:ที่|ที|ลำดับที่)? ?(?:(?P<inner>{_ITEM}|{_INDICATOR}|ม\.?) ?(?:ที่)? ?)?)"
    rf"(?P<number>{NUMBER}){_NOT_AFTER_NAME}",
)
_CODE: Final = re.compile(rf"(?<![a-z0-9])(?P<code>[oe]) ?-?(?P<number>\d{{1,2}}){_NOT_AFTER_NAME}")
_AND: Final = r" ?(?:,|และ|กับ|แล้วก็|ก(?:ั)?บ|&|\+|ทั้ง|and) ?"
_LISTED: Final = re.compile(
    rf"{_AND}(?:ข้อ ?|อัน ?|ที่ ?)*(?P<number>{NUMBER}){_NOT_AFTER}(?! ?[ก-๎]+ ?ก\.)"
)
_RATHER: Final = re.compile(
    rf"(?:[\s,.]|{PARTICLES})*+(?:เอ้ย|เอ๊ย|เอย|อุ๊ย|อุ้ย|ขอโทษ|โทษ|พิมพ์ผิด|ผิด|ไม่ใช่|ไม่สิ)(?:[\s,.]|สิ|ซิ"
    rf"|ต้องเป็น|เป็น|ข้อ|{PARTICLES})*+(?P<number>{NUMBER}){_NOT_AFTER}"
)
_ONES_AT_END: Final = re.compile(r"(?<=สิบ)(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า)\Z")
_RANGE: Final = re.compile(rf" ?(?:-|–|ถึง) ?(?:ม\.? ?|ข้อ ?|ที่ ?)*(?P<number>\d{{1,2}}){_NOT_AFTER}")
_IN_A_ROW: Final = re.compile(rf"(?: [1-9]\d?(?!\d)){{2,}}{_NOT_AFTER}")
_BARE: Final = re.compile(rf"[\s:.-]*(?P<number>{NUMBER}){_NOT_AFTER}(?![ก-๎]*\d|[-/])")

_ENUMERATES: Final = re.compile(r"(?:\A|(?<=\s))\d{1,2}\. ?\Z")
"""Before what is named in a list: 1. ม3 เสร็จ."""
NOT_YET: Final = re.compile(rf"ยัง(?:{PARTICLES})*+(?=[\s,]|\Z)")
"""After a number, of what the one before it is: 3 เสร็จ 5 ยัง."""
_NUMBER_ALONE: Final = re.compile(
    rf"(?:[\x01\n,;\ufffc]|ยัง)(?:[ ,]|{PARTICLES})*+(\d{{1,3}})(?!\d)"
    rf"[ :=.]*(?=\x01|{NOT_YET.pattern})"
)
_PLACE_BEFORE: Final = re.compile(
    r"(?:หมู่|หมู่บ้าน|เลขที่|ชั้น|นักเรียน|นร\.?|เด็ก|เรียน|ลูก|หลาน|จบ|สอบ|ระดับ|วุฒิ|ตาม"
    r"|(?<!กี้)(?<!กี๊)(?<!พิมพ์)(?<!ส่ง)(?<!บอก)(?<!แจ้ง)(?<!รายงาน)(?<!อ้าว)(?<!เอ้ย)(?<!เอ๊ย)(?<!แล้ว)(?<!เสร็จ)(?<![%\s])ผิด|กฎหมาย|ตรา|พรบ\.?|พ\.ร\.บ\.?"
    r"|ซอย|ถนน|บ้าน[ก-๎]{0,20}|น้อง|ครู|เทอม|ไฟ|ดับ|ชาวบ้าน|(?<!ทำ)(?<!การ)(?<!ประชุม)(?<!เฮ็ด)อยู่|แถว"
    r"|ศาลา|วัด|ผญบ\.?|ผู้ใหญ่|กำนัน|อสม\.?|สมาชิก|พื้นที่|ประชาคม|ชุมชน|ข่าวสาร"
    r"|เบี้ย[ก-๎]{0,12}|โรงเรียน|ท่วม|พัง|ไหล) ?\Z|\d/\d+ ?\Z"
)
_PLACE_AFTER: Final = re.compile(
    r"/\d| ?(?:ต\.|ตำบล|อ\.|อำเภอ|บ้าน|แห่ง|วรรค|ซอย|หมู่บ้าน|ของพ|พรบ|พ\.ร\.บ|เทอม|ห้อง|โรงเรียน|รร\."
    r"|ชาวบ้าน|น้ำ(?!หนัก)|ไฟ(?!ล์)|ถนน|ขยะ)"
)
_A_STANDING: Final = re.compile(r"[%\x01]\s?\Z|(?:เป็น|ได้|เหลือ) ?(?:\d[05]|0|100) \Z")
"""A number before ม.3 that is no house's: แก้จาก 80 เป็น 60 ม3."""
_HOUSE: Final = re.compile(r"(?:^|(?<![มอo.,\d])\s)(?!5{3,})\d{1,4}(?:/\d{1,4})? ?\Z")


def mentions(measures: Sequence[Measure], text: str) -> tuple[list[Mention], str]:
    """The measures named by number or code, in order, and the text with these words taken out."""
    found: list[Mention] = []
    for match in _without_details(text, _matches(text)):
        detail = _rank(match) > 0
        found += [replace(each, detail=detail) for each in _with_listed(measures, text, match)]
    for mention in found:
        text = text[: mention.start] + TAKEN * (mention.end - mention.start) + text[mention.end :]
    return sorted(_apart(found), key=lambda mention: mention.start), text


def _matches(text: str) -> list[re.Match[str]]:
    """Where a number or code may name a measure, in order."""
    numbered = [
        match
        for pattern in (_EXPLICIT, _CODE)
        for match in pattern.finditer(text)
        if match["number"] and not _is_count(text, match)
    ]
    found: list[re.Match[str]] = []
    place_ends = -1
    for match in sorted(numbered, key=lambda match: match.start()):
        listed = 0 <= place_ends <= match.start() and _LISTS.fullmatch(
            text, place_ends, match.start()
        )
        named_at = found[-1].end() if found else -1
        if _is_place(text, match, named_at) or (listed and _is_weak(match)):
            place_ends = match.end()
        else:
            found.append(match)
    return found


_LISTS: Final = re.compile(r" ?(?:,|และ|กับ)? ?")
"""Between two villages: ลงพื้นที่ ม.5 ม.7."""


def _without_details(text: str, found: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Without numbers of something within a measure that is named already: ม3 ข้อ 5."""
    kept: list[re.Match[str]] = []
    for match in found:
        named = min((_rank(each) for each in kept), default=_rank(match))
        if _rank(match) <= named or _INSTEAD.search(text[: match.start()][-_BEFORE:]):
            kept.append(match)
    return kept


def _rank(match: re.Match[str]) -> int:
    """0 for ม and มาตรการ, 1 for ข้อ, 2 for กิจกรรม: of a lower one there are many in a measure."""
    groups = match.groupdict()
    if groups.get("inner"):
        return 0
    named = groups.get("prefix") or ""
    return 2 if re.fullmatch(_DEED, named) else int(bool(re.fullmatch(_COUNTER, named)))


_BEFORE: Final = 24
_DEED: Final = "กิจกรรม|รายการ|โครงการ|หัวข้อ|เรื่อง|งานที่|แผนที่"
_INSTEAD: Final = re.compile(
    rf"(?:ไม่ใช่|บ่แม่น|ไม่สิ|เอ้ย|เอ๊ย|เอย|อุ้ย|อุ๊ย|โอ๊ย|โทษ|ผิด|แก้|เปลี่ยน|เป็น|หมายถึง|ที่ถูก|→|->)"
    rf"(?:[\s,.]|คือ|{PARTICLES})*\Z"
)
"""Before a number that takes another one's place, whatever it is called."""


def enumerators(text: str, named: Sequence[Mention]) -> list[tuple[int, int]]:
    """Where the numbers of a list's lines stand, right before what is named in them."""
    found = [_ENUMERATES.search(text[: each.start]) for each in named]
    return [each.span() for each in found if each]


def bare_mentions(measures: Sequence[Measure], text: str, at: int) -> list[Mention]:
    """A number alone where a measure's name belongs, and those that และ adds to it."""
    match = _BARE.match(text, at)
    if match is None or _COUNTED.match(text, match.end()):
        return []
    found = [(match.start("number"), match.end(), match["number"])]
    while listed := _LISTED.match(text, found[-1][1]):
        found.append((listed.start("number"), listed.end(), listed["number"]))
    named = [(start, end, _certain(measures, str(number(each)))) for start, end, each in found]
    return [Mention(start, end, of, bare=True, unknown=not of) for start, end, of in named]


def numbers_before(
    measures: Sequence[Measure], text: str, at: int, standings: Sequence[int]
) -> list[Mention]:
    """Numbers alone behind `at` that each have a standing of their own: 3 80% 5 60%."""
    found = [match for match in _NUMBER_ALONE.finditer(text, at) if match.end() in standings]
    named = [(match.span(1), _certain(measures, match[1])) for match in found]
    return [Mention(*span, of, bare=True, unknown=not of) for span, of in named]


def title_mentions(measures: Sequence[Measure], text: str) -> list[Mention]:
    """The measure that words name; as one mention with several measures where it is not clear."""
    named = named_in(measures, text)
    if not named:
        return []
    first = unmistakable(named)
    if first is not None:
        return [Mention(first.start, first.end, (first.measure,), title=True, whole=first.whole)]
    likely = tuple(each.measure for each in named[:MOST_CHOICES])
    return [Mention(named[0].start, named[0].end, likely, title=True, unknown=True)]


def _is_place(text: str, match: re.Match[str], named_at: int) -> bool:
    """Whether ม.3 is plainly a village, a school class or a section. A number that ends at
    `named_at` is no house's."""
    if not match.groupdict().get("weak"):
        return False
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() :]
    named = named_at == match.start() - len(before) + len(before.rstrip())
    by_house = not named and _HOUSE.search(before) and not _A_STANDING.search(before)
    return bool(_PLACE_BEFORE.search(before) or _PLACE_AFTER.match(after) or by_house)


def _is_count(text: str, match: re.Match[str]) -> bool:
    """Whether the number counts something: กิจกรรม 3 ครั้ง."""
    before = text[match.start() : match.start("number")]
    return bool(_MAY_COUNT.fullmatch(before) and _COUNTED.match(text, match.end()))


def _with_listed(measures: Sequence[Measure], text: str, match: re.Match[str]) -> list[Mention]:
    """A mention, and the numbers that และ and กับ add to it: ม3 กับ 5."""
    kind = _kind(match)
    dictated = text.startswith("สิบ", match.end())
    first = _mention(
        measures, kind, match["number"], match.span(), weak=_is_weak(match), dictated=dictated
    )
    if spread := _RANGE.match(text, match.end()):
        return [_of_range(measures, kind, match, spread)]
    found, end = [first], match.end()
    row = None if _is_weak(match) else _IN_A_ROW.match(text, end)
    for each in re.finditer(r"\d+", row[0]) if row else ():
        span = end + each.start(), end + each.end()
        found.append(_mention(measures, kind, each[0], span, weak=False))
    end += len(row[0]) if row else 0
    while listed := _listed(text, end) or _taken_back(measures, kind, text, end):
        span = listed.start("number"), listed.end()
        found.append(_mention(measures, kind, listed["number"], span, weak=_is_weak(match)))
        end = listed.end()
    return found


def _listed(text: str, at: int) -> re.Match[str] | None:
    """The next number of a list, if it counts nothing: not ม3 กับ 5 คน."""
    found = _LISTED.match(text, at)
    return None if found and _COUNTED.match(text, found.end()) else found


def _taken_back(measures: Sequence[Measure], kind: str, text: str, at: int) -> re.Match[str] | None:
    """The number that is meant rather than the one before it: ม3 เอ้ย 5."""
    found = _RATHER.match(text, at)
    counts = found and _COUNTED.match(text, found.end())
    return found if found and not counts and _of(measures, kind, number(found["number"])) else None


def _is_weak(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    return bool(groups.get("weak")) and not groups.get("inner")


def _kind(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("code"):
        return groups["code"] or ""
    written = groups.get("inner") or groups.get("prefix") or ""
    if re.fullmatch(_ITEM, written):
        return "o"
    return "indicator" if re.fullmatch(_INDICATOR, written) else ""


def _of_range(
    measures: Sequence[Measure], kind: str, match: re.Match[str], spread: re.Match[str]
) -> Mention:
    """ม3-5 may be three measures or two: it is asked."""
    ends = number(match["number"]), number(spread["number"])
    chosen = [
        each
        for n in range(ends[0], min(ends[1], ends[0] + 99) + 1)
        for each in _of(measures, kind, n)
    ]
    return Mention(match.start(), spread.end(), tuple(chosen[:MOST_CHOICES]), unknown=True)


def _mention(
    measures: Sequence[Measure], kind: str, written: str, span: tuple[int, int], *, weak: bool,
    dictated: bool = False,
) -> Mention:  # fmt: skip
    """The mention; `dictated` says that สิบ comes behind it: ที่สิบแปดสิบ is 10 and 80, or 18."""
    chosen = _of(measures, kind, number(written))
    if dictated and (shorter := _ONES_AT_END.sub("", written)) != written:
        either = (*_of(measures, kind, number(shorter)), *chosen)
        return Mention(*span, tuple(dict.fromkeys(either)), unknown=True)
    if not kind and re.match(r"0\d", written):  # ข้อ 013 may be o13, its letter typed as a digit
        either = (*_of(measures, "o", number(written)), *chosen)
        return Mention(*span, tuple(dict.fromkeys(either)), unknown=True)
    if chosen or kind not in ("o", "e"):
        return Mention(*span, chosen, weak=weak, unknown=not chosen)
    return Mention(*span, _by_item_title(measures, f"{kind}{number(written)}"), unknown=True)


def _of(measures: Sequence[Measure], kind: str, wanted: int) -> tuple[Measure, ...]:
    if kind == "indicator":
        return _certain(measures, f"ตัวชี้วัด {wanted}")
    if kind in ("o", "e"):
        code = f"{kind}{wanted}"
        titled = tuple(m for m in measures if re.match(rf"{code}(?!\d)", m.title.casefold()))
        return (_certain(measures, code) if kind == "o" else ()) or titled
    return _certain(measures, str(wanted))


def _certain(measures: Sequence[Measure], words: str) -> tuple[Measure, ...]:
    return tuple(each.measure for each in find(measures, words) if each.confidence == CERTAIN)


def _by_item_title(measures: Sequence[Measure], code: str) -> tuple[Measure, ...]:
    """Where no measure has the item, those that its title in the year's criteria is like."""
    titles = {m.fiscal_year: title for m in measures if (title := _item_title(m.fiscal_year, code))}
    likely = [each.measure for title in titles.values() for each in find(measures, title)]
    return tuple(dict.fromkeys(likely))[:MOST_CHOICES]


def _item_title(fiscal_year: int, code: str) -> str:
    """The title of an OIT item in a year's criteria; empty where it is not known."""
    try:
        return criteria_for(fiscal_year).item_title(code) or ""
    except NoCriteria:
        return ""


def _apart(found: Sequence[Mention]) -> list[Mention]:
    """Without mentions inside others."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
