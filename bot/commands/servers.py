"""`sujarit serve`, `web` and `worker`: what runs until it is told to end."""

import signal

import click

from bot import logs
from bot.commands.opening import opened
from bot.worker import Worker


def _server(name: str, help_text: str, *, with_worker: bool) -> click.Command:
    @click.command(name, help=help_text)
    @click.option("--host", default="0.0.0.0", show_default=True)  # noqa: S104 - a server listens
    @click.option("--port", default=8080, envvar="PORT", show_default=True)
    def run(host: str, port: int) -> None:
        from bot.server import Server  # noqa: PLC0415 - gunicorn wants to be asked late

        built = opened()
        built.check(with_worker=with_worker)
        logs.configure()
        Server(built.settings, host, port, with_worker=with_worker).run()

    return run


serve = _server("serve", "Run the web server and the worker in one process.", with_worker=True)
web = _server("web", "Run the web server alone.", with_worker=False)


@click.command("worker")
def worker() -> None:
    """Run a worker alone; as many as wanted, on as many machines."""
    built = opened()
    built.check(with_worker=True)
    logs.configure()
    running = Worker(built)
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: running.stop())
    running.start()
    running.wait()
