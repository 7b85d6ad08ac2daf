"""An agency's own criteria: rows of its sheet put over a year's file.

A row is the name of a fact and its value, as a coordinator types them:

    น้ำหนัก IIT = 30                 น้ำหนัก EIT ส่วนที่ 1 = 15       เกณฑ์ผ่าน = 85
    ระดับ ผ่านดี = 85                 ระดับ ผ่านดี ทุกแบบวัด = 85       จำนวนข้อ = 26
    ตัวชี้วัดที่ 9 แบบวัด = OIT         ชื่อตัวชี้วัดที่ 9 = การเปิดเผยข้อมูล
    ข้อ o21 ตัวชี้วัดย่อย = 9.3          ชื่อตัวชี้วัดย่อย 9.3 = การจัดซื้อจัดจ้าง
    ชื่อ o21 = สรุปรายเดือน

ไม่มี takes a level, a level's condition or an item away. What cannot be read is left out and said;
what disagrees as a whole is not used at all.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ita.criteria import changing
from ita.criteria.changing import BadValue
from ita.criteria.consistency import conflict
from ita.criteria.facts import Criteria, NoCriteria
from ita.criteria.reading import criteria_for
from ita.text import arabic_digits, clean, normalise

_LONGEST = 300
_SHOWN = 60
_NAMED = 6
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Override:
    """A row of an agency's criteria of one fiscal year, as typed."""

    name: str
    value: str


_Change = Callable[[Criteria, str, str], Criteria]

_RULES: tuple[tuple[re.Pattern[str], _Change], ...] = tuple(
    (re.compile(pattern), change)
    for pattern, change in (
        (r"ตัวชี้วัด ?(?:ที่)? ?([1-9]\d?) ?แบบวัด", changing.measured_by),
        (r"ชื่อ ?ตัวชี้วัด ?(?:ที่)? ?([1-9]\d?)", changing.indicator_name),
        (r"น้ำหนัก ?([a-z]{1,10})", changing.weight),
        (r"น้ำหนัก ?([a-z]{1,10} ?ส่วนที่ ?\d)", changing.part),
        (r"(?:ข้อ ?)?(o ?[1-9]\d?) ?ตัวชี้วัดย่อย ?(?:ที่)?", changing.placed),
        (r"ชื่อ ?ตัวชี้วัดย่อย ?(?:ที่)? ?([1-9]\d?\.[1-9]\d?)", changing.sub_indicator_name),
        (r"ชื่อ ?(?:ข้อ ?)?(o ?[1-9]\d?)", changing.title),
        (r"(จำนวนข้อ)(?: ?oit)?", changing.item_count),
        (r"(เกณฑ์ผ่าน)", changing.pass_mark),
        (r"ระดับ ?((?:(?!ทุกแบบวัด).){1,60})", changing.level),
        (r"ระดับ ?((?:(?!ทุกแบบวัด).){1,60}) ?ทุกแบบวัด", changing.level_condition),
    )
)
"""How each fact is named, and what it changes, in the order in which they are put in: whatever
the order of the rows, a weight is there before its parts and a level before its condition."""


def agency_criteria(fiscal_year: int, rows: Sequence[Override]) -> tuple[Criteria, tuple[str, ...]]:
    """A year's criteria with the agency's rows over them, as `overridden` gives them.

    A year without a file begins with nothing known; NoCriteria where nothing comes of the rows
    either.
    """
    try:
        return overridden(criteria_for(fiscal_year), rows)
    except NoCriteria:
        criteria, problems = overridden(Criteria(fiscal_year), rows)
        if criteria == Criteria(fiscal_year) and not problems:
            raise
        return criteria, problems


def overridden(criteria: Criteria, rows: Sequence[Override]) -> tuple[Criteria, tuple[str, ...]]:
    """The criteria with the agency's rows in them, and a Thai sentence for each row left out.

    Criteria that hold such rows say so in `unverified`. Where the rows do not agree with the rest
    (weights that do not add up to 100), none is used, and the last sentence says why.

    >>> from ita.criteria.reading import criteria_for
    >>> overridden(criteria_for(2566), [Override("เกณฑ์ผ่าน", "๘๐")])[0].pass_mark
    Decimal('80')
    """
    wanted, problems = _read(rows)
    changed, used = criteria, []
    for change, about, value, name in wanted:
        try:
            after = change(changed, about, value)
        except BadValue as bad:
            problems.append(f"รายการ “{name}” ยังไม่ได้นำมาใช้ เพราะ{bad}")
            continue
        used += [name] if after != changed else []
        changed = after
    if not used:
        return criteria, tuple(problems)
    changed = changing.completed(changed)
    if wrong := conflict(changed):
        whole = f"เกณฑ์ของปี {criteria.fiscal_year} ที่กรอกไว้ยังไม่ได้นำมาใช้ เพราะ{wrong.thai}"
        return criteria, (*problems, whole)
    return replace(changed, unverified=(*changed.unverified, _said(criteria, used))), tuple(
        problems
    )


_Wanted = tuple[_Change, str, str, str]
"""What a row changes: the change, what it is about, the value, and the row's name as typed."""


def _read(rows: Sequence[Override]) -> tuple[list[_Wanted], list[str]]:
    """What the rows want, in the order of the rules, and the sentences for those not understood."""
    found: dict[tuple[int, str], list[tuple[str, str]]] = {}
    problems = []
    for row in rows:
        name, value = _plain(row.name), _plain(row.value)
        matched = _rule(normalise(name))
        if not name and not value:
            continue
        if matched is None:
            problems.append(
                f"ยังไม่รู้จักรายการ “{_cut(name)}” เขียนได้ เช่น น้ำหนัก IIT, เกณฑ์ผ่าน, ระดับ ผ่านดี"
            )
        elif not value:
            problems.append(f"รายการ “{_cut(name)}” ยังไม่มีค่า จึงยังไม่ได้นำมาใช้")
        else:
            found.setdefault(matched, []).append((name, value))
    wanted = []
    for (rule, about), given in sorted(found.items(), key=lambda one: one[0][0]):
        name = _cut(given[0][0])
        if len({value for _, value in given}) > 1:
            problems.append(f"รายการ “{name}” มีหลายแถวและค่าไม่ตรงกัน จึงยังไม่ได้นำมาใช้")
        else:
            wanted.append((_RULES[rule][1], about, given[0][1], name))
    return wanted, problems


def _rule(name: str) -> tuple[int, str] | None:
    """Which rule a row's name (normalised) follows, and what it is about, without spaces."""
    for index, (pattern, _) in enumerate(_RULES):
        if found := pattern.fullmatch(name):
            return index, found[1].replace(" ", "")
    return None


def _cut(name: str) -> str:
    return name if len(name) <= _SHOWN else f"{name[: _SHOWN - 1]}…"


def _plain(text: str) -> str:
    return _SPACES.sub(" ", arabic_digits(clean(text, _LONGEST))).strip()


def _said(criteria: Criteria, used: Sequence[str]) -> str:
    more = f" และอีก {len(used) - _NAMED} รายการ" if len(used) > _NAMED else ""
    named = ", ".join(used[:_NAMED])
    year = criteria.fiscal_year
    return f"เกณฑ์ปี {year} ส่วนนี้เป็นค่าที่หน่วยงานกรอกเอง ยังไม่ได้ตรวจกับประกาศของ ป.ป.ช.: {named}{more}"
