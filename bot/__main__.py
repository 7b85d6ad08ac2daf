"""`python -m bot` is `sujarit`."""

from bot.cli import main

main()
