"""`sujarit demo` and `sujarit sandbox`: offered only where this package is."""

import shlex
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

PROJECT = Path(__file__).parent.parent
PORT = click.IntRange(1, 65535)


@click.command()
@click.option("--once", is_flag=True, help="End after the conversation; exit 0 if all was right.")
@click.option("--port", type=PORT, default=8080, show_default=True, help="The bot's port.")
@click.option(
    "--sandbox-port", type=PORT, default=8090, show_default=True, help="The stand-ins' port."
)
@click.option(
    "--folder", type=click.Path(path_type=Path), default=PROJECT / ".sujarit" / "demo",
    help="Where everything that it makes lies; made new each time.",
)  # fmt: skip
def demo(*, once: bool, port: int, sandbox_port: int, folder: Path) -> None:
    """Start everything, play a short conversation, and keep running for you to try."""
    from sandbox.demo import DemoFailed, play  # noqa: PLC0415 - only when it is asked for
    from store.embedded import EmbeddedUnavailable  # noqa: PLC0415

    try:
        play(folder, port, sandbox_port, once=once)
    except (DemoFailed, EmbeddedUnavailable) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("Interrupted: not everything was played and compared.", err=True)
        sys.exit(130)  # 128 + SIGINT, as shells count it


@click.command()
@click.option("--port", type=PORT, default=8090, show_default=True)
@click.option(
    "--bot", default="http://127.0.0.1:8080", show_default=True, help="The bot's address."
)
@click.option("--no-quota", is_flag=True, help="Google counts no requests.")
def sandbox(port: int, bot: str, *, no_quota: bool) -> None:
    """Serve the stand-ins for LINE and Google, without the bot."""
    from sandbox import server, town  # noqa: PLC0415 - only when it is asked for
    from sandbox.demo import DemoFailed, refuse_taken  # noqa: PLC0415

    try:
        refuse_taken(port)  # before anything is touched that a running sandbox writes to
    except DemoFailed as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    folder = PROJECT / ".sujarit" / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    world = town.build(folder, bot, quota=not no_quota)
    world.google.service_account_key(folder / "google-key.json", f"http://127.0.0.1:{port}/token")
    click.echo(f"LINE and Google stand-ins: http://127.0.0.1:{port}  (see docs/sandbox.md)")
    click.echo(f"Console:                   http://127.0.0.1:{port}/")
    click.echo("A bot finds them with these lines, and with DATABASE_URL set to")
    click.echo("a PostgreSQL database of your own (nothing here starts or names one):")
    found = town.environment(folder, f"http://127.0.0.1:{port}", "", bot_url=bot.rstrip("/"))
    for line in exports(found):
        click.echo(f"  {line}")
    server.serve(world, "127.0.0.1", port)


def exports(environment: Mapping[str, str]) -> Iterator[str]:
    """Lines for a shell. DATABASE_URL is left out: only who runs the bot knows it."""
    for name, value in environment.items():
        if name != "DATABASE_URL":
            yield f"export {name}={shlex.quote(value)}"
