"""The services that the portal stands on, for as long as somebody needs them."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from llr_hate.up import broker, children, external, postgres
from llr_hate.up.datafolder import DataFolder

Environment = dict[str, str]


@contextlib.contextmanager
def running_services(
    data_dir: Path | str,
    *,
    mode: str = "development",
    durable: bool = True,
    given: Mapping[str, str] | None = None,
) -> Iterator[Environment]:
    """PostgreSQL and the broker for the block, yielding the environment that the portal needs.

    What `given` (the process's environment by default) already names is used and not started.
    `durable=False` is for throw-away data: faster, and not safe against a power cut.
    """
    outside = os.environ if given is None else given
    folder = DataFolder.prepare(Path(data_dir))
    with contextlib.ExitStack() as stack:
        stack.enter_context(folder.locked())
        folder.settle_mode(mode)
        children.stop_leftovers(folder.run)
        folder.remember({**new_settings(folder, mode), **folder.settings()})
        found = {
            **stack.enter_context(database(folder, outside, durable=durable)),
            **stack.enter_context(queue(folder, outside)),
        }
        kept = {**folder.settings(), **{key: url for key, url in found.items() if key != postgres.ADMIN_KEY}}
        folder.remember(kept)
        yield {**kept, **found}


def new_settings(folder: DataFolder, mode: str) -> Environment:
    """What a folder is given once, at its first start."""
    return {
        "LLR_MODE": mode,
        "LLR_DATA_DIR": str(folder.path),
        "LLR_KEYS_FILE": str(folder.path / "keys.json"),
        "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
    }


def database(
    folder: DataFolder, outside: Mapping[str, str], *, durable: bool
) -> contextlib.AbstractContextManager[Environment]:
    if outside.get(postgres.APP_KEY):
        return contextlib.nullcontext(external.addresses(folder, outside))
    return postgres.running(folder, durable=durable)


def queue(folder: DataFolder, outside: Mapping[str, str]) -> contextlib.AbstractContextManager[Environment]:
    if outside.get(broker.KEY):
        return contextlib.nullcontext({broker.KEY: outside[broker.KEY]})
    return broker.running(folder)


@contextlib.contextmanager
def throwaway_services(given: Mapping[str, str] | None = None) -> Iterator[Environment]:
    """Services on a temporary folder that goes with them: what the tests use where none are running."""
    with (
        tempfile.TemporaryDirectory(prefix="llr-", dir="/tmp") as place,
        running_services(place, mode="test", durable=False, given=given) as environment,
    ):
        yield environment


def already_running(data_dir: Path | str) -> bool:
    """Whether a launcher holds this data folder, so that its settings file leads to live services."""
    folder = DataFolder(Path(data_dir).expanduser().resolve())
    return folder.env_file.exists() and folder.in_use()
