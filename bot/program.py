"""The program put together: settings, agencies, memory, queue and the doors to LINE and Google."""

from dataclasses import dataclass
from functools import cached_property

from bot import agencies as agency_files
from bot.agencies import AgencyConfig
from bot.clock import Clock, real_clock, shared_clock
from bot.line import Line
from bot.queue import Queue
from bot.settings import BadSettings, Settings
from sheets.google import PATIENCE, Google, SheetError
from store.budget import Budget
from store.database import Database
from store.evidence_files import EvidenceFiles
from store.keyring import Keyring


@dataclass(frozen=True)
class Program:
    """Everything that runs. Connections open at first use, so making one touches nothing."""

    settings: Settings
    agencies: dict[str, AgencyConfig]
    clock: Clock
    keyring: Keyring
    queue: Queue

    @cached_property
    def _lines(self) -> dict[str, Line]:
        return {}

    def line(self, agency: str) -> Line:
        """The door to an agency's channel, made at first use and kept."""
        if agency not in self._lines:
            channel = self.agencies[agency].line
            self._lines[agency] = Line(channel, self.settings.line_host, self.clock)
        return self._lines[agency]

    @cached_property
    def evidence(self) -> EvidenceFiles:
        """Where photos and files lie that people sent. Raises BadSettings."""
        return _files("SUJARIT_EVIDENCE", self.settings.evidence)

    @cached_property
    def case_files(self) -> EvidenceFiles:
        """Where what people sent with a complaint lies sealed. Raises BadSettings."""
        return _files("SUJARIT_CASE_FILES", self.settings.case_files)

    @cached_property
    def web_database(self) -> Database:
        """For the webhook: LINE gives up after two seconds, so every wait is shorter."""
        return self._database(pool_size=8, statement_seconds=1.5, lock_seconds=1)

    @cached_property
    def database(self) -> Database:
        """For the worker and the command line."""
        return self._database(pool_size=12, statement_seconds=10, lock_seconds=5)

    @cached_property
    def budget(self) -> Budget:
        """What may still be asked of Google, in all processes together."""
        settings = self.settings
        return Budget(self.database, settings.google_account_calls, settings.google_project_calls)

    @cached_property
    def google(self) -> Google:
        """The door to Google Sheets, for all agencies of this deployment."""
        settings = self.settings
        try:
            return Google(settings.google_credentials, settings.google_host, self.budget, PATIENCE)
        except SheetError:
            raise BadSettings(
                "SUJARIT_GOOGLE_CREDENTIALS names no service account's key file,"
                " and this machine has no Google account of its own."
            ) from None

    def check(self, *, with_worker: bool) -> None:
        """Try what nobody can work without, before anything starts.

        Raises KeyringAway, and BadSettings or OSError where a worker would have no Google account.
        """
        self.keyring.probe(self.clock().date())
        _ = self.evidence, self.case_files
        if with_worker:
            _ = self.google

    def _database(
        self, *, pool_size: int, statement_seconds: float, lock_seconds: float
    ) -> Database:
        return Database(
            self.settings.database_url.get_secret_value(),
            self.keyring,
            schema=self.settings.database_schema,
            pool_size=pool_size,
            statement_seconds=statement_seconds,
            lock_seconds=lock_seconds,
        )


def build(settings: Settings) -> Program:
    """The program for these settings. Raises BadAgency and BadSettings."""
    sandbox = settings.environment == "sandbox"
    clock = shared_clock(settings.clock_file) if settings.clock_file else real_clock
    loaded = agency_files.load(settings.agencies, samples=sandbox)
    return Program(
        settings=settings,
        agencies=loaded,
        clock=clock,
        keyring=_keyring(settings),
        queue=Queue(),
    )


def _files(variable: str, url: str) -> EvidenceFiles:
    try:
        return EvidenceFiles(url)
    except ImportError:
        raise BadSettings(
            f"{variable}: what opens this kind of address is not installed;"
            " for gs:// install sujarit[gcs]."
        ) from None
    except ValueError:
        raise BadSettings(f"{variable} is neither a folder nor like gs://bucket.") from None


def _keyring(settings: Settings) -> Keyring:
    try:
        return Keyring(settings.keyring, settings.master_key.get_secret_value().encode())
    except ImportError:
        raise BadSettings(
            "SUJARIT_KEYRING: what opens this kind of address is not installed;"
            " for gs:// install sujarit[gcs]."
        ) from None
    except ValueError:
        raise BadSettings("SUJARIT_KEYRING is neither a folder nor like gs://bucket.") from None
