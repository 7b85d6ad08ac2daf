"""Every sentence that people read, loaded once from texts/*.toml and checked while loading.

`citizen.*` exists in Thai and English with the same keys and placeholders; `staff.*` is Thai.
"""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from string import Formatter
from typing import Final, Literal

Language = Literal["th", "en"]


class BadTexts(ValueError):
    """A text file that does not fit the others; the message names the file and the key."""


def say(language: Language, key: str, **values: object) -> str:
    """The text under `key`, e.g. "citizen.help.show", with its placeholders filled.

    KeyError where the key or a placeholder's value is missing: the tests call every one.
    """
    return TEXTS[language][key].format(**values)


def placeholders(text: str) -> frozenset[str]:
    """The names that `text` expects.

    >>> sorted(placeholders("{a} and {b}"))
    ['a', 'b']
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def load(thai: str, english: str) -> dict[Language, dict[str, str]]:
    """Both languages from the contents of th.toml and en.toml; BadTexts if they do not fit."""
    th = dict(_flat(tomllib.loads(thai), "th.toml"))
    en = dict(_flat(tomllib.loads(english), "en.toml"))
    citizens = {key for key in th if key.startswith("citizen.")}
    for key in sorted(citizens ^ en.keys()):
        raise BadTexts(f"{'en.toml' if key in citizens else 'th.toml'}: {key} is missing")
    for key in sorted(citizens):
        if placeholders(th[key]) != placeholders(en[key]):
            raise BadTexts(f"en.toml: {key} has other placeholders than th.toml")
    return {"th": th, "en": en}


def _flat(table: Mapping[str, object], file: str, prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = prefix + name
        if isinstance(value, dict):
            yield from _flat(value, file, key + ".")
        elif isinstance(value, str) and value.strip():
            yield key, value.strip()
        else:
            raise BadTexts(f"{file}: {key} is not a text")


def _read(name: str) -> str:
    return (files("handlers") / "texts" / name).read_text(encoding="utf-8")


TEXTS: Final = load(_read("th.toml"), _read("en.toml"))
