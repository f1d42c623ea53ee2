"""People, groups and members for tests, inserted directly: no rule of the services is needed
to set the stage, and none can get in the way of a stage that the rules forbid.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from app import clock, crypto
from app.auth.actor import Actor
from app.auth.tokens import issue_access_token, new_refresh_token, refresh_token_hash
from app.models import (
    BankingGroup,
    Device,
    FieldOfficer,
    Member,
    OfficerAssignment,
    RefreshToken,
    Role,
    SearchToken,
    User,
)
from app.models.base import new_id
from app.phones import normalise_phone
from app.runtime import Runtime
from app.services.member_privacy import Kin, seal_kin, seal_text
from app.services.search import fold, token_rows

PASSWORD = "kikundi-cha-majaribio"
LONG_AGO = datetime(2025, 1, 6, 8, 0, tzinfo=UTC)
FIRST_NAMES = ("Wanjiku", "Otieno", "Achieng", "Kiprop", "Mwende", "Njoroge", "Fatuma", "Barasa")
LAST_NAMES = ("Kamau", "Odhiambo", "Chebet", "Mutua", "Hassan", "Wafula", "Nyambura", "Kiptoo")


@dataclass(frozen=True)
class Person:
    """A user who can sign in, and the actor that they are."""

    user_id: UUID
    name: str
    phone: str
    password: str
    actor: Actor


@dataclass(frozen=True)
class SignIn:
    """Both tokens of one signed-in device."""

    access_token: str
    refresh_token: str
    family_id: UUID
    device_id: UUID


_blocks = count()


def own_numbers() -> int:
    """Where to count from beside all others of this process who asked: a block of 500.

    For the examples of a property, which share a database. Numbers drawn at random met now and
    then. After 1,900 blocks it begins again, since the numbers are part of phone numbers.
    """
    return 10_000 + next(_blocks) % 1_900 * 500


class Factory:
    """Makes records on `runtime`'s database. Names, phones and ids are counted up, never random."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._people = count(1)
        self._groups = count(1)
        self._members = count(1)

    def count_apart(self) -> None:
        """Counts on numbers of its own, beside the factories of other examples."""
        self.count_from(own_numbers())

    def count_from(self, number: int) -> None:
        """Counts people, groups and members from `number`, beside an earlier factory's."""
        self._people, self._groups, self._members = (count(number) for _ in range(3))

    async def admin(self, **changes: Any) -> Person:
        return await self.user(Role.SYSTEM_ADMIN, **changes)

    async def officer(self, *groups: BankingGroup, **changes: Any) -> Person:
        """A field officer, assigned to `groups` since long ago."""
        person = await self.user(Role.FIELD_OFFICER, **changes)
        for group in groups:
            await self.assign(person, group)
        return person

    async def chair(self, group: BankingGroup, **changes: Any) -> Person:
        return await self.user(Role.GROUP_CHAIR, group_id=group.id, **changes)

    async def committee(self, group: BankingGroup, **changes: Any) -> Person:
        return await self.user(Role.GROUP_COMMITTEE, group_id=group.id, **changes)

    async def user(
        self,
        role: Role,
        *,
        phone: str | None = None,
        password: str = PASSWORD,
        name: str | None = None,
        **changes: Any,
    ) -> Person:
        """A user of any role; `changes` are columns of app_user."""
        number = next(self._people)
        user_id = new_id()
        phone = normalise_phone(phone or f"0711{number:06d}")
        name = name or _name(number)
        key = crypto.new_key()
        values: dict[str, Any] = {
            "id": user_id,
            "name": name,
            "phone_sealed": seal_text(key, user_id, "phone", phone),
            "phone_index": self._runtime.keys.blind_index("phone", phone),
            "wrapped_key": self._runtime.keys.wrap(key, user_id),
            "role": role.value,
            "password_hash": await self._runtime.passwords.hash(password),
            "sessions_valid_from": LONG_AGO,
            "created_at": LONG_AGO,
            **changes,
        }
        await self.save(User(**values))
        if role is Role.FIELD_OFFICER:
            await self.save(FieldOfficer(id=user_id))
        actor = Actor(user_id=user_id, role=role, group_id=values.get("group_id"))
        return Person(user_id, name, phone, password, actor)

    async def assign(
        self,
        officer: Person,
        group: BankingGroup,
        *,
        since: datetime = LONG_AGO,
        until: datetime | None = None,
    ) -> OfficerAssignment:
        """An officer's time with a group; ended when `until` is given."""
        row = OfficerAssignment(
            officer_id=officer.user_id, group_id=group.id, assigned_at=since, removed_at=until
        )
        await self.save(row)
        return row

    async def group(self, **changes: Any) -> BankingGroup:
        """A group with empty books, found by search."""
        number = next(self._groups)
        values: dict[str, Any] = {
            "id": new_id(),
            "name": f"Umoja Women's Group {number}",
            "group_code": f"NKR-{number:03d}",
            "county": "Nakuru",
            "constituency": "Nakuru Town East",
            "ward": "Menengai",
            "meeting_day": "TUESDAY",
            "meeting_venue": "Menengai social hall",
            "registration_date": LONG_AGO.date(),
            "created_at": LONG_AGO,
            **changes,
        }
        row = BankingGroup(**values)
        await self.save(row, *_search("group", row.id, row.name, row.group_code))
        return row

    async def member(
        self,
        group: BankingGroup,
        *,
        id_number: str | None = None,
        phone: str | None = None,
        date_of_birth: date = date(1988, 4, 12),
        next_of_kin: tuple[Kin, ...] = (),
        **changes: Any,
    ) -> Member:
        """A member with sealed data and blind indexes, found by search."""
        number = next(self._members)
        member_id: UUID = changes.pop("id", None) or new_id()
        name = changes.pop("member_name", _name(number))
        id_number = id_number or f"{20_000_000 + number}"
        phone = normalise_phone(phone or f"0722{number:06d}")
        keys, key = self._runtime.keys, crypto.new_key()
        row = Member(
            id=member_id,
            member_name=name,
            name_key=fold(name),
            wrapped_key=keys.wrap(key, member_id),
            id_number_sealed=seal_text(key, member_id, "id_number", id_number),
            id_number_index=keys.blind_index("id_number", id_number),
            phone_sealed=seal_text(key, member_id, "phone", phone),
            phone_index=keys.blind_index("phone", phone),
            birth_sealed=seal_text(key, member_id, "birth", date_of_birth.isoformat()),
            kin_sealed=seal_kin(key, member_id, next_of_kin),
            **{
                "group_id": group.id,
                "registration_date": LONG_AGO.date(),
                "created_at": LONG_AGO,
                "created_by": member_id,
                **changes,
            },
        )
        await self.save(row, *_search("member", member_id, name))
        return row

    async def sign_in(self, person: Person, *, shared: UUID | None = None) -> SignIn:
        """Tokens as `login` gives them, without the cost of a password; on a new device, or on
        the `shared` one of somebody else."""
        now = clock.now()
        family_id, refresh_token = new_id(), new_refresh_token()
        device = Device(user_id=person.user_id, name="tests", created_at=now, last_seen_at=now)
        device_id = shared or device.id
        days = timedelta(days=self._runtime.settings.refresh_token_days)
        if shared is None:
            await self.save(device)
        await self.save(
            RefreshToken(
                family_id=family_id,
                user_id=person.user_id,
                device_id=device_id,
                token_hash=refresh_token_hash(refresh_token),
                created_at=now,
                expires_at=now + days,
            )
        )
        access_token = issue_access_token(self._runtime.settings, person.user_id, family_id)
        return SignIn(access_token, refresh_token, family_id, device_id)

    async def save(self, *rows: SQLModel) -> None:
        """Inserts `rows` in one transaction; they can be read afterwards."""

        async def work(session: AsyncSession) -> None:
            session.add_all(rows)

        await self._runtime.db.transact(work)


def _name(number: int) -> str:
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    last = LAST_NAMES[number // len(FIRST_NAMES) % len(LAST_NAMES)]
    return f"{first} {last} {number}"


def _search(kind: str, entity_id: UUID, *texts: str) -> list[SearchToken]:
    return [
        SearchToken(entity_id=entity, token=token, kind=of)
        for entity, token, of in token_rows(kind, entity_id, *texts)
    ]
