"""From typed input values to operations: trims, normalises, and says which field is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.errors import BadInput
from app.models import DocumentKind, PaymentMethod
from app.phones import normalise_phone
from app.services.documents import Image, read_data_uri
from app.services.member_privacy import Kin
from app.services.operations.types import (
    RecordContribution,
    RegisterMember,
    TrackOfficer,
    UpdateMember,
)
from app.services.tracking import FARTHEST_ACCURACY

Values = Mapping[str, Any]
MAX_KIN = 10
ID_NUMBER = re.compile(r"[A-Z0-9]{5,20}")
TRANSACTION_ID = re.compile(r"[A-Z0-9/-]{4,50}")


def clean_text(value: Any, field: str, longest: int, *, required: bool = True) -> str:
    """Text without surrounding space; BAD_INPUT when empty, too long or with control characters."""
    text = " ".join(str(value or "").split())
    if required and not text:
        raise BadInput("This must be filled in.", field=field)
    if len(text) > longest:
        raise BadInput(f"At most {longest} characters.", field=field)
    if any(not letter.isprintable() or "\ud800" <= letter <= "\udfff" for letter in text):
        raise BadInput("There is a character that cannot be shown.", field=field)
    return text


def contribution(values: Values) -> RecordContribution:
    """A contribution from the fields of RecordContributionInput."""
    method = str(values["payment_method"])
    return RecordContribution(
        member_id=values["member_id"],
        amount=values["amount"],
        contribution_type=str(values["contribution_type"]),
        payment_method=method,
        id=values.get("id"),
        group_id=values.get("group_id"),
        contribution_date=values.get("contribution_date"),
        transaction_id=read_transaction_id(values.get("transaction_id"), method),
        meeting_id=values.get("meeting_id"),
    )


def read_transaction_id(value: Any, method: str) -> str | None:
    """An M-Pesa code or a bank's reference in capitals; None where there is none."""
    # Capitals may be longer: of "ß" there are two.
    text = clean_text(str(value or "").upper(), "transactionId", 50, required=False)
    if not text:
        return None
    if method == PaymentMethod.MPESA.value and not TRANSACTION_ID.fullmatch(text):
        raise BadInput(
            "An M-Pesa code has letters and digits only, such as NLJ7RT61SV.",
            field="transactionId",
        )
    return text


def registration(values: Values) -> RegisterMember:
    """A new member from the fields of RegisterMemberInput; pictures are decoded and cleaned."""
    geo = values.get("geo")
    point = as_values(geo) if geo is not None else {}
    return RegisterMember(
        group_id=values["group_id"],
        member_name=clean_text(values["member_name"], "memberName", 255),
        id_number=_id_number(values["id_number"], "idNumber"),
        phone=normalise_phone(clean_text(values["phone"], "phone", 30)),
        id=values.get("id"),
        date_of_birth=values.get("date_of_birth"),
        next_of_kin=_kin(values.get("next_of_kin")),
        registration_date=values.get("registration_date"),
        latitude=_degrees(point.get("latitude"), 90, "latitude"),
        longitude=_degrees(point.get("longitude"), 180, "longitude"),
        accuracy=check_accuracy(point.get("accuracy")),
        images=_images(values),
    )


def has_images(values: Values) -> bool:
    """Whether reading the registration means decoding pictures, which belongs in a thread."""
    return bool(values.get("id_photo") or values.get("signature"))


def _images(values: Values) -> tuple[Image, ...]:
    wanted = (
        ("id_photo", DocumentKind.ID_FRONT, "idPhoto"),
        ("signature", DocumentKind.SIGNATURE, "signature"),
    )
    return tuple(
        read_data_uri(values[name], kind.value, field)
        for name, kind, field in wanted
        if values.get(name)
    )


def member_update(values: Values) -> UpdateMember:
    """An edit from the fields of UpdateMemberInput. A null leaves a field as it is, but for
    the date of birth, which it clears."""
    changes: dict[str, Any] = {}
    if values.get("member_name") is not None:
        changes["member_name"] = clean_text(values["member_name"], "memberName", 255)
    if values.get("phone") is not None:
        changes["phone"] = normalise_phone(clean_text(values["phone"], "phone", 30))
    if "date_of_birth" in values:
        changes["date_of_birth"] = values["date_of_birth"]
    if values.get("next_of_kin") is not None:
        changes["next_of_kin"] = _kin(values["next_of_kin"])
    if values.get("is_active") is not None:
        changes["is_active"] = bool(values["is_active"])
    return UpdateMember(id=values["id"], base_version=int(values["base_version"]), changes=changes)


def position(values: Values) -> TrackOfficer:
    """A position from the fields of TrackOfficerInput."""
    return TrackOfficer(
        latitude=values["latitude"],
        longitude=values["longitude"],
        activity_type=str(values["activity_type"]),
        accuracy=values.get("accuracy"),
        member_id=values.get("member_id"),
        battery_level=values.get("battery_level"),
        recorded_at=values.get("recorded_at"),
    )


def as_values(item: Any) -> Values:
    """The fields of an input object, whether it is a mapping already or a plain object."""
    return item if isinstance(item, Mapping) else vars(item)


def offline_sync_id(values: Values) -> UUID | None:
    found: UUID | None = values.get("offline_sync_id")
    return found


def _id_number(value: Any, field: str) -> str:
    text = "".join(clean_text(value, field, 50).upper().replace("-", "").split())
    if not ID_NUMBER.fullmatch(text):
        raise BadInput("An ID number has 5 to 20 digits or letters.", field=field)
    return text


def _kin(items: Sequence[Any] | None) -> tuple[Kin, ...]:
    if items is None:
        return ()
    if len(items) > MAX_KIN:
        raise BadInput(f"At most {MAX_KIN} next of kin.", field="nextOfKin")
    return tuple(_one_kin(as_values(item), f"nextOfKin.{at}") for at, item in enumerate(items))


def _one_kin(values: Values, path: str) -> Kin:
    phone = clean_text(values.get("phone"), f"{path}.phone", 30, required=False)
    id_number = clean_text(values.get("id_number"), f"{path}.idNumber", 50, required=False)
    return Kin(
        name=clean_text(values["name"], f"{path}.name", 255),
        relationship=clean_text(values["relationship"], f"{path}.relationship", 100),
        phone=normalise_phone(phone, f"{path}.phone") if phone else None,
        id_number=_id_number(id_number, f"{path}.idNumber") if id_number else None,
    )


def check_accuracy(metres: float | None) -> float | None:
    """The accuracy of a place, in metres; BAD_INPUT when it is none."""
    if metres is not None and not 0 <= metres <= FARTHEST_ACCURACY:
        raise BadInput("The accuracy is a distance in metres.", field="accuracy")
    return metres


def _degrees(value: float | None, limit: int, field: str) -> float | None:
    if value is not None and not -limit <= value <= limit:
        raise BadInput(f"Degrees between -{limit} and {limit}.", field=field)
    return value
