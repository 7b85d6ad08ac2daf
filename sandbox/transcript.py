"""How the demo shows its conversation and its sheets to whoever watches."""

from collections.abc import Iterable
from itertools import groupby, zip_longest

import click

Rows = list[list[str]]
Sheet = dict[str, Rows]
"""Tab title → rows, as a person sees them; the first row is the header."""

ID_HEADER = "รหัสแถว"
"""The hidden first column of every tab of data; a tab without it is text."""


def show_said(who: str, agency: str, text: str) -> None:
    """Print what a person says to the bot."""
    click.echo(f"\n{who} ({agency}): {text}")


def show_reply(texts: Iterable[str]) -> None:
    """Print one reply: who speaks on its first line, buttons that stand together in one line."""
    speaker = "สุจริต: "
    for line in _reply_lines(texts):
        click.echo(f"    {speaker}{line}")
        speaker = " " * len("สจรต: ")  # the vowels below the letters take no width


def _reply_lines(texts: Iterable[str]) -> Iterable[str]:
    lines = (line for text in texts for line in text.splitlines() if line.strip())
    for are_buttons, group in groupby(lines, key=lambda line: line.startswith("[")):
        if are_buttons:
            yield " ".join(group)
        else:
            yield from group


def show_sheet(title: str, sheet: Sheet) -> None:
    """Print a sheet's rows, tab by tab; all empty tabs in one line."""
    click.echo(f"\n--- {title} ---")
    for tab, rows in sheet.items():
        if _is_text(rows):
            click.echo(f"{tab}: คำอธิบาย {len(rows)} บรรทัด")
        elif rows[1:]:
            _show_rows(tab, rows)
    empty = [tab for tab, rows in sheet.items() if not rows[1:] and not _is_text(rows)]
    if empty:
        click.echo(f"ยังไม่มีข้อมูล: {', '.join(empty)}")


def _is_text(rows: Rows) -> bool:
    return bool(rows) and rows[0][:1] != [ID_HEADER]


def _show_rows(tab: str, rows: Rows) -> None:
    """Only the columns in which something stands."""
    columns = [column for column in zip_longest(*rows, fillvalue="") if any(column[1:])]
    header, *filled = zip(*(c for c in columns if c[0] != ID_HEADER), strict=True)
    click.echo(f"{tab}: {len(filled)} แถว ({' | '.join(header)})")
    for row in filled:
        click.echo("    " + " | ".join(cell or "-" for cell in row))


def show_changes(title: str, before: Sheet, after: Sheet) -> None:
    """Print the rows that changed, cell by cell: what stood there → what stands there."""
    click.echo(f"\n--- {title} ---")
    if before == after:
        click.echo("ไม่มี")
    for tab in {**before, **after}:
        old, new = before.get(tab, []), after.get(tab, [])
        header = new[0] if new else []
        for line in range(max(len(old), len(new))):
            was, row = _row(old, line), _row(new, line)
            if was != row:
                _show_change(f"{tab} แถวที่ {line + 1}", header, was, row)


def _row(rows: Rows, line: int) -> list[str]:
    return rows[line] if line < len(rows) else []


def _show_change(where: str, header: list[str], was: list[str], row: list[str]) -> None:
    cells = list(zip_longest(header, was, row, fillvalue=""))
    same = " | ".join(now for name, old, now in cells if old == now and now and name != ID_HEADER)
    click.echo(f"{where}: {same}" if same else f"{where}{'' if was else ' (ใหม่)'}")
    for name, old, now in cells:
        if old != now and name != ID_HEADER:
            click.echo(f"    {name}: " + (f"{old or '-'} → {now or '-'}" if was else now))
