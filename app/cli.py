"""`tablebanking …`: what people and start scripts run."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.config import Settings, load_settings
from app.errors import ConfigurationError, DomainError
from app.models import BankingGroup, Role, User
from app.phones import normalise_phone
from app.runtime import Runtime, close_runtime, make_runtime

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent
SDL = ROOT / "schema.graphql"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its exit code."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    except DomainError as error:
        print(error.message, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tablebanking", description="Table banking.")
    commands = parser.add_subparsers(required=True, metavar="command")

    def add(
        name: str, run: Callable[[argparse.Namespace], int], about: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=about)
        command.set_defaults(run=run)
        return command

    serve = add("serve", _serve, "Serve the API and both apps.")
    _add_address(serve)
    serve.add_argument("--workers", type=int, default=1, help="server processes")
    worker = add("worker", _worker, "Work on the queues.")
    worker.add_argument(
        "--queue", action="append", choices=("quick", "long"), help="only this queue; default both"
    )
    _add_address(add("demo", _demo, "Fill a demo database, once, and serve it."))
    add("migrate", _migrate, "Bring the database's tables up to date.")
    schema = add("schema", _schema, "Export the GraphQL schema, or compare it with the file.")
    which = schema.add_mutually_exclusive_group()
    which.add_argument("--check", action="store_true", help="fail when schema.graphql differs")
    which.add_argument("--write", action="store_true", help="write schema.graphql")
    add("vapid-key", _vapid_key, "Make a key for Web Push (VAPID_PRIVATE_KEY).")
    add("verify-books", _verify_books, "Replay every group's books and name what is wrong.")
    _add_person(add("create-admin", _create_admin, "Make a system administrator."))
    user = add("create-user", _create_user, "Make a user of any role.")
    _add_person(user)
    user.add_argument("--role", required=True, choices=[role.value for role in Role])
    user.add_argument("--group", help="group code, for a chair or committee member")
    end = add("deactivate-user", _deactivate_user, "End every sign-in of a user, for good.")
    end.add_argument("--phone", required=True)
    change = add("set-password", _set_password, "Give a user a new password; ends every sign-in.")
    change.add_argument("--phone", required=True)
    _add_password_file(change)
    add("erased-members", _erased_members, "List who was erased, to keep beside the backups.")
    again = add("erase-again", _erase_again, "Erase those of a list again, after a restore.")
    again.add_argument("--phone", required=True, help="an administrator's, in whose name it is")
    again.add_argument("--list", required=True, type=Path, help="what erased-members wrote")
    assign = add("assign-officer", _assign_officer, "Put a group into an officer's hands.")
    assign.add_argument("--phone", required=True, help="the officer's phone")
    assign.add_argument("--group", required=True, help="group code")
    return parser


def _vapid_key(_options: argparse.Namespace) -> int:
    from app.integrations.webpush import new_private_key

    print(new_private_key())
    return 0


def _add_address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", help="address to listen on (HOST)")
    command.add_argument("--port", type=int, help="port to listen on (PORT)")


def _add_person(command: argparse.ArgumentParser) -> None:
    command.add_argument("--name", required=True)
    command.add_argument("--phone", required=True)
    _add_password_file(command)


def _add_password_file(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--password-file", type=Path, help="file with the password; asked for when left out"
    )


def _serve(options: argparse.Namespace) -> int:
    settings = load_settings()
    serve(options.host or settings.host, options.port or settings.port, options.workers)
    return 0


def serve(host: str, port: int, workers: int = 1) -> None:
    """Serves until told to stop; settings come from the environment, in every process."""
    import uvicorn

    from app.logs import configure_logging
    from app.serving import UVICORN

    configure_logging()
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        **UVICORN,
    )


def _worker(options: argparse.Namespace) -> int:
    from app.logs import configure_logging
    from app.workers.main import run_worker
    from app.workers.outbox import QUEUES

    configure_logging()
    asyncio.run(run_worker(load_settings(), options.queue or QUEUES))
    return 0


def _demo(options: argparse.Namespace) -> int:
    from app.demo.run import run

    return run(options.host, options.port)


def _migrate(_options: argparse.Namespace) -> int:
    migrate(load_settings())
    return 0


def migrate(settings: Settings) -> None:
    """Brings the tables up to date; makes the folder of an embedded database."""
    from alembic.config import Config

    from alembic import command

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "alembic"))
    command.upgrade(config, "head")


def _schema(options: argparse.Namespace) -> int:
    from app.resolvers.root import build_schema

    text = build_schema().as_str().rstrip() + "\n"
    if options.write:
        SDL.write_text(text, encoding="utf-8")
    elif not options.check:
        print(text, end="")
    elif SDL.read_text(encoding="utf-8") != text:
        print("schema.graphql differs from the code: tablebanking schema --write", file=sys.stderr)
        return 1
    return 0


def _verify_books(_options: argparse.Namespace) -> int:
    from app.services.ledger_check import verify_books

    found = _with_runtime(verify_books)
    for problem in found.problems:
        print(problem)
    if found.problems:
        return 1
    print(f"The books are whole: {found.entries} entries of {found.groups} groups verify.")
    return 0


def _erased_members(_options: argparse.Namespace) -> int:
    from app.services.erased_list import list_erased

    async def work(runtime: Runtime) -> str:
        async with runtime.db.reading() as session:
            return await list_erased(session)

    print(_with_runtime(work), end="")
    return 0


def _erase_again(options: argparse.Namespace) -> int:
    from app.services.erased_list import erase_again, read_erased

    wanted = read_erased(options.list.read_text(encoding="utf-8"))

    async def work(runtime: Runtime) -> int:
        async with runtime.db.reading() as session:
            administrator = await _user_id(runtime, session, options.phone)
        result = await erase_again(runtime, administrator, wanted)
        for member_id, codes in result.refused.items():
            print(f"{member_id} cannot be erased yet: {', '.join(codes)}")
        print(
            f"{result.erased} erased again, {result.already} already, "
            f"{result.unknown} not in this database, {len(result.refused)} refused."
        )
        return 1 if result.refused else 0

    return _with_runtime(work)


def _create_admin(options: argparse.Namespace) -> int:
    return _create(options, Role.SYSTEM_ADMIN, None)


def _create_user(options: argparse.Namespace) -> int:
    return _create(options, Role(options.role), options.group)


def _create(options: argparse.Namespace, role: Role, group_code: str | None) -> int:
    from app.services import people

    password = _password(options.password_file)

    async def work(runtime: Runtime, session: AsyncSession) -> UUID:
        person = {"name": options.name, "phone": options.phone, "password": password}
        if role is Role.FIELD_OFFICER:
            return (await people.create_officer(session, runtime, None, **person)).id
        group_id = await _group_id(session, group_code) if group_code else None
        user = await people.create_user(
            session, runtime, None, **person, role=role, group_id=group_id
        )
        return user.id

    print(_transact(work))
    return 0


def _assign_officer(options: argparse.Namespace) -> int:
    from app.services import people

    async def work(runtime: Runtime, session: AsyncSession) -> None:
        officer_id = await _user_id(runtime, session, options.phone)
        group_id = await _group_id(session, options.group)
        await people.assign_officer(
            session, runtime, None, officer_id=officer_id, group_id=group_id
        )

    _transact(work)
    return 0


def _deactivate_user(options: argparse.Namespace) -> int:
    from app.services import people

    async def work(runtime: Runtime, session: AsyncSession) -> None:
        user_id = await _user_id(runtime, session, options.phone)
        await people.deactivate_user(session, runtime, None, user_id=user_id)

    _transact(work)
    return 0


def _set_password(options: argparse.Namespace) -> int:
    from app.services import people

    password = _password(options.password_file)

    async def work(runtime: Runtime, session: AsyncSession) -> None:
        user_id = await _user_id(runtime, session, options.phone)
        await people.set_password(session, runtime, None, user_id=user_id, password=password)

    _transact(work)
    return 0


def _password(file: Path | None) -> str:
    # Not an argument: those stand in the process list and the shell's history.
    if file is not None:
        return file.read_text(encoding="utf-8").rstrip("\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        raise DomainError("The two passwords differ.")
    return first


async def _user_id(runtime: Runtime, session: AsyncSession, phone: str) -> UUID:
    index = runtime.keys.blind_index("phone", normalise_phone(phone))
    found = await session.execute(select(col(User.id)).where(col(User.phone_index) == index))
    user_id: UUID | None = found.scalar_one_or_none()
    if user_id is None:
        raise DomainError("Nobody signs in with this phone number.")
    return user_id


async def _group_id(session: AsyncSession, code: str) -> UUID:
    found = await session.execute(
        select(col(BankingGroup.id)).where(col(BankingGroup.group_code) == code)
    )
    group_id: UUID | None = found.scalar_one_or_none()
    if group_id is None:
        raise DomainError("There is no group with this code.")
    return group_id


def _transact(work: Callable[[Runtime, AsyncSession], Awaitable[T]]) -> T:
    async def run(runtime: Runtime) -> T:
        return await runtime.db.transact(lambda session: work(runtime, session))

    return _with_runtime(run)


def _with_runtime(work: Callable[[Runtime], Awaitable[T]]) -> T:
    async def run() -> T:
        runtime = make_runtime(load_settings())
        await runtime.events.start()
        try:
            return await work(runtime)
        finally:
            await close_runtime(runtime)

    return asyncio.run(run())


if __name__ == "__main__":
    sys.exit(main())
