"""Several phones with scripts of work, the ways in which their sending goes wrong, and the books
that must come of it: worked out from the scripts alone, without the server's rules.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from app.models.base import new_id
from tests.support.api import Api, contribute, edit, register
from tests.support.factories import Factory, Person

PHONES = 3
CREDITED = {
    "REGULAR": "MEMBER_SAVINGS",
    "WELFARE": "WELFARE_FUND",
    "PROJECT": "PROJECT_FUND",
    "FINE": "FINES",
    "REGISTRATION": "REGISTRATION_FEES",
    "APPRECIATION": "APPRECIATION_FEES",
}
SETTLED = {"APPLIED", "DUPLICATE", "HELD"}
AMOUNT = st.integers(1, 10**7)
Step = tuple[Any, ...]

PAY = st.tuples(
    st.just("pay"),
    st.sampled_from(["jane", "john", "own", "other"]),
    st.integers(0, 2),
    AMOUNT,
    st.sampled_from(sorted(CREDITED)),
    st.sampled_from(["CASH", "BANK", "MPESA"]),
    st.sampled_from([None, None, "2026-02-03", "2099-01-01", "1970-01-01"]),
)
WORK = st.one_of(
    PAY,
    PAY,
    st.tuples(st.just("register")),
    st.tuples(st.just("register")),
    st.tuples(st.just("same person"), st.integers(0, 1)),
    st.tuples(st.just("leave"), st.integers(0, 2)),
    st.tuples(st.just("gone"), AMOUNT),
    st.tuples(st.just("edit"), st.sampled_from(["memberName", "phone", "dateOfBirth"])),
    st.tuples(st.just("mpesa"), st.integers(0, 2)),
    st.tuples(st.just("final"), AMOUNT),
    st.tuples(st.just("bad"), st.sampled_from(["0", "-1", "NaN", "0.001", None, "10000000000"])),
    st.tuples(st.just("garbled"), st.sampled_from(["kind", "member", "empty", "foreign"])),
)
SCRIPTS = st.lists(st.lists(WORK, max_size=12), min_size=PHONES, max_size=PHONES)
SENDINGS = st.lists(
    st.tuples(
        st.integers(0, PHONES - 1),
        st.integers(1, 8),
        st.sampled_from(["arrives", "arrives", "answer lost", "request lost", "again"]),
    ),
    max_size=20,
)
"""(phone, how many operations, what becomes of the batch)."""


@dataclass
class Books:
    """What must stand in the books at the end."""

    balances: Counter[tuple[Any, str]] = field(default_factory=Counter)
    entries: int = 0
    members: int = 2
    operations: set[str] = field(default_factory=set)

    def post(self, group: Any, money: str, account: str, cents: int, member: Any = None) -> None:
        self.entries += 1
        self.balances[group, money] += cents
        self.balances[group, account] -= cents
        if member is not None:
            self.balances[member, account] -= cents


@dataclass
class Phone:
    """An officer's outbox, in its own order; what is settled may still be sent again."""

    officer: Person
    outbox: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)

    async def send(self, api: Api, how_many: int, fate: str) -> None:
        if fate == "again":
            await api.sync(self.officer, *self.sent[-how_many:])
            return
        batch = self.outbox[:how_many]
        if fate == "request lost" or not batch:
            return
        results = await api.sync(self.officer, *batch)
        if fate == "answer lost":
            return
        self.take(batch, results)

    def take(self, batch: list[dict[str, Any]], results: list[dict[str, Any]]) -> None:
        """Settles what was answered; waits with what names a member who is still on the way."""
        for operation, result in zip(batch, results, strict=True):
            waits = result["error"] is not None and result["error"]["code"] == "UNKNOWN_MEMBER"
            if waits and result["outcome"] == "REJECTED":
                continue
            assert result["outcome"] in SETTLED | {"REJECTED", "CONFLICT"}
            self.outbox.remove(operation)
            self.sent.append(operation)


@dataclass
class Scene:
    """One group, its phones with full outboxes, and the books that must come of them."""

    api: Api
    group_id: UUID
    phones: list[Phone]
    books: Books

    async def flush(self) -> None:
        """Every phone sends until nothing waits; two rounds are enough for any order."""
        for _ in range(2):
            for phone in self.phones:
                await phone.send(self.api, len(phone.outbox), "arrives")
        assert [phone.outbox for phone in self.phones] == [[]] * len(self.phones)


async def make_scene(api: Api, scripts: list[list[Step]]) -> Scene:
    make = Factory(api.runtime)
    make.count_apart()
    group = await make.group(group_code=str(new_id()))
    members = [await make.member(group, id_number=_number()) for _ in range(2)]
    phones = [Phone(await make.officer(group)) for _ in scripts]
    books = Books()
    writer = _Writer(group.id, {"jane": members[0].id, "john": members[1].id}, books, scripts)
    for number, phone in enumerate(phones):
        phone.outbox = list(writer.write(number))
    return Scene(api, group.id, phones, books)


def _number() -> str:
    return f"X{new_id().hex[:4]}{new_id().hex[-12:]}".upper()


class _Writer:
    """Turns scripts into operations, and notes what each must come to."""

    def __init__(
        self, group_id: UUID, base: dict[str, UUID], books: Books, scripts: list[list[Step]]
    ) -> None:
        self._group = group_id
        self._base = base
        self._books = books
        self._scripts = scripts
        self._new: dict[int, list[str]] = {
            number: [str(new_id()) for step in script if step[0] == "register"]
            for number, script in enumerate(scripts)
        }
        self._people = [_number(), _number()]
        self._codes = [_number()[:12] for _ in range(3)]
        self._once: set[Any] = set()
        self._made: dict[int, int] = defaultdict(int)
        self._left: set[str] = set()

    def write(self, phone: int) -> Iterator[dict[str, Any]]:
        for step in self._scripts[phone]:
            if step[0] == "gone":
                yield from self._gone(step[1])
                continue
            operation, counts = getattr(self, "_" + step[0].replace(" ", "_"))(phone, *step[1:])
            if counts:
                ((_, values),) = operation.items()
                self._books.operations.add(values["offlineSyncId"])
            yield operation

    def _register(self, phone: int) -> tuple[dict[str, Any], bool]:
        member_id = self._new[phone][self._made[phone]]
        self._made[phone] += 1
        self._books.members += 1
        return register(self._group, _number(), id=member_id), True

    def _same_person(self, _phone: int, person: int) -> tuple[dict[str, Any], bool]:
        """Whoever comes first registers the person; which phone that is, nobody knows."""
        if ("person", person) not in self._once:
            self._once.add(("person", person))
            self._books.members += 1
        return register(self._group, self._people[person]), False

    def _target(self, phone: int, who: str, which: int) -> str:
        own = self._new[phone][: self._made[phone]]
        # The first member of a phone never leaves, so that the others' order does not matter.
        others = self._new[(phone + 1) % len(self._scripts)][:1]
        if who == "own" and own:
            return own[which % len(own)]
        if who == "other" and others:
            return others[0]
        return str(self._base["john" if who == "john" else "jane"])

    def _pay(
        self, phone: int, who: str, which: int, cents: int, kind: str, method: str, day: str | None
    ) -> tuple[dict[str, Any], bool]:
        member_id = self._target(phone, who, which)
        held = day in ("2099-01-01", "1970-01-01") or member_id in self._left
        if held:
            self._books.post(self._group, method, "SUSPENSE", cents)
        else:
            self._books.post(self._group, method, CREDITED[kind], cents, UUID(member_id))
        amount = f"{cents // 100}.{cents % 100:02d}"
        changes = {"contributionType": kind, "paymentMethod": method, "contributionDate": day}
        return contribute(member_id, amount, **changes), True

    def _mpesa(self, _phone: int, code: int) -> tuple[dict[str, Any], bool]:
        """The same payment, whichever phone confirms it first."""
        member_id = self._base["jane"]
        if ("mpesa", code) not in self._once:
            self._once.add(("mpesa", code))
            self._books.post(self._group, "MPESA", "MEMBER_SAVINGS", 100 * (code + 1), member_id)
        values = {"paymentMethod": "MPESA", "transactionId": self._codes[code]}
        return contribute(member_id, str(code + 1), **values), False

    def _final(self, _phone: int, cents: int) -> tuple[dict[str, Any], bool]:
        """For a member whom nobody will ever register, and the phone knows it."""
        self._books.post(self._group, "CASH", "SUSPENSE", cents)
        amount = f"{cents // 100}.{cents % 100:02d}"
        return contribute(new_id(), amount, groupId=str(self._group)), True

    def _leave(self, phone: int, which: int) -> tuple[dict[str, Any], bool]:
        own = self._new[phone][1 : self._made[phone]]
        if not own:
            return self._edit(phone, "memberName")
        member_id = own[which % len(own)]
        self._left.add(member_id)
        return edit(member_id, 1, isActive=False), True

    def _gone(self, cents: int) -> Iterator[dict[str, Any]]:
        """Somebody who comes, leaves, and pays all the same: the money is held."""
        member_id = str(new_id())
        self._books.members += 1
        self._books.post(self._group, "BANK", "SUSPENSE", cents)
        amount = f"{cents // 100}.{cents % 100:02d}"
        for operation in (
            register(self._group, _number(), id=member_id),
            edit(member_id, 1, isActive=False),
            contribute(member_id, amount, paymentMethod="BANK"),
        ):
            ((_, values),) = operation.items()
            self._books.operations.add(values["offlineSyncId"])
            yield operation

    def _edit(self, phone: int, name: str) -> tuple[dict[str, Any], bool]:
        """Applied or in conflict, by the order in which the phones came; no money in it."""
        value = {
            "memberName": f"Name {phone}",
            "phone": f"07220000{phone}0",
            "dateOfBirth": f"199{phone}-01-01",
        }[name]
        return edit(self._base["jane"], 1, **{name: value}), False

    def _bad(self, _phone: int, amount: Any) -> tuple[dict[str, Any], bool]:
        return contribute(self._base["jane"], amount), False

    def _garbled(self, _phone: int, how: str) -> tuple[dict[str, Any], bool]:
        garbled: dict[str, Any] = {
            "kind": {"recordMiracle": {"offlineSyncId": str(new_id())}},
            "member": contribute("nobody"),
            "empty": {},
            "foreign": register(new_id(), "31234567"),
        }[how]
        return garbled, False
