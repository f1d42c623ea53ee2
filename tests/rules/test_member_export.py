"""A member's copy of all that is held of them."""

from __future__ import annotations

from app.models import AuditLog
from tests.rules.test_erasure import EXPORT, KIN, WORD, erase, lead_a_life, leave_words, registered
from tests.support.stage import Stage


async def test_an_export_holds_everything_in_the_clear_with_the_statement(stage: Stage) -> None:
    member_id = await registered(stage)
    await lead_a_life(stage, member_id)
    await leave_words(stage, member_id)
    answer = (await stage.api.ask(stage.admin, EXPORT, memberId=str(member_id)))["exportMember"]
    assert "Nekesa" not in answer["fileName"]
    found = answer["content"]
    person = found["member"]
    assert (person["memberName"], person["idNumber"]) == ("Nekesa Wamalwa", "39876543")
    assert (person["phone"], person["dateOfBirth"]) == ("+254733999888", "1991-07-23")
    assert person["nextOfKin"] == [KIN]
    assert person["signsInAs"][0]["phone"] == "+254733999888"
    assert found["identityChecks"][0]["notes"] == f"{WORD} herself"
    assert found["loans"][0]["purpose"] == f"{WORD}'s shop"
    assert found["loans"][0]["amount"] == "1000.00"
    assert {one["amount"] for one in found["contributions"]} == {"500.00", "200.00"}
    assert len(found["approvals"]) == 2
    assert len(found["reviews"]) == 2
    assert found["fines"][0]["note"] == f"{WORD} was loud"
    assert (len(found["officerVisits"]), len(found["offices"])) == (1, 1)
    assert found["statement"]["balances"]["WELFARE_FUND"] == "200.00"
    assert found["statement"]["balances"]["MEMBER_SAVINGS"] == "0.00"
    changes = [one for one in found["changes"] if one["action"] == "member.changed"]
    assert changes[0]["values"]["phone"] == ["+254733111222", "+254733999888"]
    text = str(found)
    assert "wrapped" not in text
    assert "_sealed" not in text
    lines = [row for row in await stage.all_of(AuditLog) if row.action == "member.exported"]
    assert [(row.actor_id, row.entity_id) for row in lines] == [(stage.admin.user_id, member_id)]
    await erase(stage, member_id)
    gone = await stage.api.ask(stage.admin, EXPORT, memberId=str(member_id))
    assert gone.code == "MEMBER_ERASED"
