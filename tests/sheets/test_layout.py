"""The layout says of every column whose it is, and its ids never meet."""

import pytest

from ita.complaints import ALL_STATUS_WORDS
from ita.measures import THAI_STATUS
from sheets.layout import BY_KEY, ID, STAMP_ID, STATISTICS_IDS, TABS, Owner, Tab, column_tag
from store.cases.filing import CASE_IDS

# tab → what the design gives to people, and what is shared; everything else is the bot's.
OWNERS: dict[str, tuple[set[str], set[str]]] = {
    "readme": (set(), set()),
    "measures": (
        {"title", "keywords", "method", "indicator", "items", "period", "budget"},
        {"unit", "status", "acceptance", "reason"},
    ),
    "progress": (set(), set()),
    "scores": (set(), {"points"}),
    "items": ({"note"}, {"present", "url"}),
    "cases": (set(), {"title", "status", "unit", "result"}),
    "case_statistics": (set(), set()),
    "submissions": ({"remarks"}, {"url"}),
    "holidays": ({"day", "kind", "name"}, set()),
    "criteria": ({"fiscal_year", "name", "value", "source"}, set()),
    "doubts": ({"decision"}, set()),
}


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.key)
def test_columns_belong_to_whom_the_design_says(tab: Tab) -> None:
    people, shared = OWNERS[tab.key]
    assert {c.key for c in tab.owned(Owner.PEOPLE)} == people
    assert {c.key for c in tab.owned(Owner.SHARED)} == shared


@pytest.mark.parametrize("tab", TABS[1:], ids=lambda tab: tab.key)
def test_a_tab_begins_with_its_id_and_names_each_column_once(tab: Tab) -> None:
    assert tab.columns[0].key == ID
    assert tab.columns[0].owner is Owner.BOT
    assert len({c.key for c in tab.columns}) == len(tab.columns)
    assert len({c.header for c in tab.columns}) == len(tab.columns)


def test_ids_and_titles_of_tabs_are_their_own() -> None:
    assert len({tab.sheet_id for tab in TABS}) == len({tab.title for tab in TABS}) == len(TABS)


def test_metadata_ids_never_meet() -> None:
    tags = [column_tag(tab.key, column.key) for tab in TABS for column in tab.columns]
    assert len(set(tags)) == len(tags)
    assert STAMP_ID not in tags
    assert all(STAMP_ID < tag < STATISTICS_IDS.start for tag in tags)
    assert STATISTICS_IDS.stop <= CASE_IDS.start


def test_statuses_are_chosen_from_the_words_of_the_rules() -> None:
    assert BY_KEY["measures"].column("status").choices == tuple(THAI_STATUS.values())
    assert BY_KEY["cases"].column("status").choices == tuple(ALL_STATUS_WORDS)


def test_only_what_people_move_is_tagged() -> None:
    tagged = {"measures", "scores", "items", "cases", "case_statistics", "doubts"}
    assert {tab.key for tab in TABS if tab.tagged} == tagged
