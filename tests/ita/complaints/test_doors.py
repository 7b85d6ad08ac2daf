"""Who may receive a protected report: nobody that it is about, whoever is left, whatever comes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ita.complaints.defaults import DANGERS, OUTSIDE, outside_with
from ita.complaints.doors import Doors, OutsideBody, Receiver, Route, route

UNITS = ("", "สำนักปลัด", "กองช่าง", "กองคลัง")
KEYS = ("clerk", "chief", "legal", "audit")

receivers = st.builds(
    Receiver, key=st.sampled_from(KEYS), title=st.just("ผู้ทดสอบ"), unit=st.sampled_from(UNITS)
)
doors = st.builds(
    Doors,
    receivers=st.lists(receivers, max_size=4, unique_by=lambda one: one.key).map(tuple),
    substitute=st.none()
    | st.builds(Receiver, st.just("substitute"), st.just("ท้องถิ่น"), st.sampled_from(UNITS)),
)
about = st.sets(st.sampled_from(UNITS[1:]))
struck = st.sets(st.sampled_from((*KEYS, "substitute")))


@given(doors, about, struck)
@example(Doors(), set(), set())
def test_whoever_is_named_or_struck_is_never_in_it(
    of: Doors, units: set[str], keys: set[str]
) -> None:
    for one in route(of, units, keys).receivers:
        assert one.key not in keys
        assert one.unit not in units


@given(doors, about, struck)
def test_whoever_is_not_concerned_receives_it_and_the_substitute_only_if_nobody_does(
    of: Doors, units: set[str], keys: set[str]
) -> None:
    found = route(of, units, keys)
    left = [one for one in of.receivers if one.key not in keys and one.unit not in units]
    if left:
        assert list(found.receivers) == left
        assert of.substitute not in found.receivers
        return
    may = of.substitute
    if may is not None and may.key not in keys and may.unit not in units:
        assert found == Route((may,))
    else:
        assert found.is_outside_only


@given(doors, about, struck, about, struck)
def test_naming_or_striking_more_never_adds_a_receiver_but_the_substitute(
    of: Doors, units: set[str], keys: set[str], more_units: set[str], more_keys: set[str]
) -> None:
    before, after = route(of, units, keys), route(of, units | more_units, keys | more_keys)
    assert set(after.receivers) - set(before.receivers) <= {of.substitute}


def test_the_national_bodies_and_numbers_are_those_that_they_publish() -> None:
    assert [(one.name, one.phone) for one in OUTSIDE] == [
        ("สำนักงาน ป.ป.ช.", "1205"),
        ("สำนักงาน ป.ป.ท.", "1206"),
        ("ศูนย์ดำรงธรรม", "1567"),
    ]
    assert {one.phone for one in DANGERS} == {"199", "1129", "1669", "191", "1784"}


OWN = OutsideBody("ศูนย์ตัวอย่าง", "1111")


@pytest.mark.parametrize(
    "nacc",
    [
        OutsideBody("ป.ป.ช. ประจำจังหวัดตัวอย่าง", "02 000 0000"),
        OutsideBody("สำนักงาน ปปช."),
        OutsideBody("สายด่วน", "1205"),
        OutsideBody("NACC"),
        OutsideBody("สายด่วน", "", "https://www.nacc.go.th/province"),
    ],
)
def test_an_agency_that_names_the_nacc_itself_has_its_own_list_as_it_stands(
    nacc: OutsideBody,
) -> None:
    assert outside_with((OWN, nacc)) == (OWN, nacc)


@pytest.mark.parametrize("own", [(), (OWN,), (OutsideBody("สำนักงาน ป.ป.ท.", "1206"), OWN)])
def test_the_nacc_stands_before_what_an_agency_names(own: tuple[OutsideBody, ...]) -> None:
    assert outside_with(own) == (OUTSIDE[0], *own)


def test_an_agency_that_names_nothing_has_the_national_list() -> None:
    assert outside_with(None) == OUTSIDE
