"""Two thousand storms over the sheet. `python -m bench.storms [FIRST [COUNT]]`.

Each is an interleaving of chat, people, faults, kills and clocks, judged by an oracle of its own
(tests/sheets/storm). Printed: the seeds that ended in a wrong sheet, each with its story.
"""

import sys
import tempfile
from pathlib import Path

from store.embedded import running
from store.migrate import upgrade
from tests.sheets.storm.driver import storm
from tests.sheets.storm.stage import staged
from tests.sheets.storm.zygote import zygote

COUNT = 2_000


def main() -> int:
    """Storm, judge, count."""
    first, count = (int(word) for word in (*sys.argv[1:], "0", str(COUNT))[:2])
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running(folder / "postgres", durable=False) as url:
            upgrade(url, "storms")
            with staged(url, "storms", folder) as stage, zygote(stage.place) as nursery:
                for seed in range(first, first + count):
                    print(f"\r{seed}", end="", file=sys.stderr, flush=True)
                    verdict = storm(stage, nursery, seed)
                    if verdict.faults:
                        wrong += 1
                        print(verdict, flush=True)
    print(f"{count:,} storms, {wrong} ended in a wrong sheet")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
