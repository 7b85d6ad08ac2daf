"""Names that do not agree: the agency's with its register, districts, a person's spellings."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from ita.checks.finding import Finding, Kind, Severity
from ita.checks.subject import Passage, Subject, skeleton
from ita.tables.published import Doubt
from ita.text import normalise

_DISTRICT = re.compile(r"อำเภอ\s?([ก-๎]{2,30})\s{0,3}จังหวัด\s?([ก-๎]{2,30})")
_AGENCY = re.compile(r"เทศบาล|องค์การบริหารส่วน|อบต\.|อบจ\.")
_PERSON = re.compile(r"\(\s{0,3}((?:นาย|นางสาว|นาง|น\.ส\.|ว่าที่)[ก-๎. ]{3,60}?)\s{0,3}\)")
_TITLE = re.compile(r"^(?:นาย|นางสาว|นาง|น\.ส\.|ว่าที่)")
_COVER = 120
_OFFICE = 80
_ALIKE = 0.45
"""The given names of seed 003's mayor share half of their letters."""


def other_agency(subject: Subject) -> Iterator[Finding]:
    """A document that names another agency than the one it is checked for."""
    agency, named = subject.agency, subject.published.agency
    if agency and named and skeleton(named) != skeleton(agency.name):
        message = f"เอกสารนี้ใช้ชื่อ{named} แต่ตรวจในนาม{agency.name} ผู้ตรวจอาจนับเป็นรายงานของหน่วยงานอื่น"
        yield Finding(Kind.AGENCY, Severity.ERROR, "ชื่อหน่วยงาน", message, agency.name)


def districts(subject: Subject) -> Iterator[Finding]:
    """A district on a cover that is not the agency's, or not the document's other one (002)."""
    found = list(_districts(subject))
    often = Counter(district for _, district, _ in found).most_common(1)
    right = subject.agency.district if subject.agency else "".join(name for name, _ in often)
    for passage, district, province in found:
        if subject.agency and province != subject.agency.province:
            continue
        if district != right:
            message = (
                f"อำเภอ{district} ไม่ตรงกับอำเภอ{right}ของหน่วยงาน"
                " ชื่อบนปกที่ไม่ตรงทำให้ผู้ตรวจไม่แน่ใจว่าเป็นรายงานของหน่วยงานนี้"
            )
            yield Finding(
                Kind.PLACE_NAME, Severity.WARNING, passage.where, message, f"อำเภอ{right}"
            )
    if subject.agency is None:
        yield from _below_a_misprint(subject, [passage for passage, _, _ in found])


def people(subject: Subject) -> Iterator[Finding]:
    """One holder of an office who signs under two spellings (seed 003: the mayor)."""
    signed: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for place, passage in enumerate(subject.prose):
        name = _PERSON.fullmatch(passage.text.strip())
        if name:
            signed[_office(subject.prose[place + 1 : place + 2])].append((passage.where, name[1]))
    for office, names in signed.items():
        where, first = names[0]
        for other_where, other in names[1:] if office else ():
            if skeleton(other) != skeleton(first) and _alike(other, first):
                message = (
                    f"ชื่อผู้ลงนามตำแหน่งเดียวกันสะกดต่างกัน: “{first}” ({where}) และ “{other}”"
                    " ผู้อ่านอาจเข้าใจว่าเป็นคนละคน และเอกสารอาจไม่น่าเชื่อถือ"
                )
                proposal = "ขอให้ตรวจกับคำสั่งแต่งตั้งว่าสะกดอย่างไร"
                yield Finding(Kind.PERSON_NAME, Severity.WARNING, other_where, message, proposal)


def spelled_at(subject: Subject) -> dict[Doubt, str]:
    """The line that first spells the agency's name so, of each doubt about that name."""
    doubts = [doubt for doubt in subject.published.doubts if doubt.kind == Kind.AGENCY]
    lines = [(where, _bare(text)) for _, where, text in subject.texts()] if doubts else []
    return {
        doubt: next((where for where, text in lines if _bare(doubt.raw) in text), doubt.where)
        for doubt in doubts
    }


def _below_a_misprint(subject: Subject, found: Sequence[Passage]) -> Iterator[Finding]:
    """Districts under a name of the agency that is misprinted: they may well be so too (002)."""
    misprinted = set(spelled_at(subject).values())
    before = {below: above for above, below in pairwise(subject.prose)}
    for passage in found:
        above = before.get(passage)
        if above and above.where in misprinted:
            message = (
                f"“{passage.text[:_COVER]}” อยู่ใต้ชื่อหน่วยงานที่ไม่ตรงกับในเนื้อเรื่อง"
                " ชื่ออำเภอและจังหวัดจึงอาจคลาดเคลื่อนด้วย และผู้ตรวจจะไม่แน่ใจว่าเป็นรายงานของหน่วยงานใด"
            )
            proposal = "ขอให้ตรวจชื่ออำเภอและจังหวัดบนปกอีกครั้ง"
            yield Finding(Kind.PLACE_NAME, Severity.WARNING, passage.where, message, proposal)


def _districts(subject: Subject) -> Iterator[tuple[Passage, str, str]]:
    for passage in subject.prose:
        found = _DISTRICT.search(passage.text) if len(passage.text) <= _COVER else None
        before = passage.text[: found.start()].strip() if found else ""
        if found and (not before or _AGENCY.search(before)):  # else the address of a meeting
            yield passage, found[1], found[2]


def _office(following: tuple[Passage, ...]) -> str:
    """The office in the line below a name, "" where that is no short line."""
    text = following[0].text if following else ""
    return skeleton(text) if len(text) <= _OFFICE else ""


def _alike(one: str, other: str) -> bool:
    """Two spellings of one name, not two people: one part is the same, the other much alike."""
    (given, family), (other_given, other_family) = _parts(one), _parts(other)
    if skeleton(given) == skeleton(other_given):
        return _much(family, other_family)
    return skeleton(family) == skeleton(other_family) != "" and _much(given, other_given)


def _parts(name: str) -> tuple[str, str]:
    """The given name and the family name; "" for the latter where a scan joined them."""
    given, _, family = _TITLE.sub("", name).partition(" ")
    return given, family.strip()


def _much(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _bare(text: str) -> str:
    bare = normalise(text).replace(" ", "")
    return bare.replace("อบต.", "องค์การบริหารส่วนตำบล").replace("อบจ.", "องค์การบริหารส่วนจังหวัด")
