"""A process that the provider calls from several threads at once, until it is killed or has been
told everything. ``python -m tests.telephone.storming PLAN.json``."""

import json
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from enabler.app import create_app
from enabler.config import Settings
from sms.accounts import TwilioAccount
from tests.telephone.exchange import BASE, SID, TOKEN
from tests.telephone.provider import Provider

PLACE_PHONE = "+447700900001"
THREADS = 8


@dataclass(frozen=True)
class Delivery:
    """One call of the provider about a text: the same text may come in several."""

    sid: str
    number: str
    body: str


@dataclass(frozen=True)
class Plan:
    """What is delivered into which database, at which moment, and where it is noted that a
    delivery was taken."""

    url: str
    instance: str
    moment: str
    taken: str
    deliveries: list[Delivery]

    @classmethod
    def read(cls, file: Path) -> "Plan":
        """As ``write`` wrote it."""
        said = json.loads(file.read_text(encoding="utf-8"))
        return cls(**said | {"deliveries": [Delivery(**one) for one in said["deliveries"]]})

    def write(self, file: Path) -> None:
        """For another process to read."""
        said = vars(self) | {"deliveries": [vars(one) for one in self.deliveries]}
        file.write_text(json.dumps(said), encoding="utf-8")


def settings(url: str, instance: Path) -> Settings:
    """Of a place whose texts go by the provider."""
    account = TwilioAccount(SID, TOKEN, from_number=PLACE_PHONE)
    return Settings(
        instance, url, url, "k" * 32, environment="test", gateway="twilio", account=account,
        public_base_url=BASE,
    )  # fmt: skip


def storm(plan: Plan) -> None:
    """Deliver it all; each that was answered is noted at once, so that it outlives a kill."""
    app = create_app(settings(plan.url, Path(plan.instance)))
    moment = datetime.fromisoformat(plan.moment)
    app.extensions["enabler"] = replace(app.extensions["enabler"], clock=lambda: moment)
    print("ready", flush=True)  # noqa: T201 - whoever kills it waits for that

    def deliver(these: Iterable[tuple[int, Delivery]]) -> None:
        provider = Provider(app.test_client())
        with Path(plan.taken).open("a", encoding="utf-8", buffering=1) as taken:
            for nth, one in these:
                answer = provider.text(one.body, MessageSid=one.sid, From=one.number)
                if answer.status_code == 200:
                    taken.write(f"{nth}\n")

    numbered = list(enumerate(plan.deliveries))
    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(deliver, numbered[nth::THREADS]) for nth in range(THREADS)]:
            done.result()


if __name__ == "__main__":
    storm(Plan.read(Path(sys.argv[1])))
