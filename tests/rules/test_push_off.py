"""A server without a VAPID key says so, and keeps nothing."""

from __future__ import annotations

from app.models import PushSubscription
from tests.support.push import KEY, Pushing
from tests.support.push_service import PushService
from tests.support.stage import Stage


async def test_without_a_key_push_is_off_and_says_so(stage: Stage) -> None:
    assert (await stage.api.ask(stage.officer, KEY))["vapidPublicKey"] is None
    pushing = Pushing(stage, PushService(9), {})
    device_id = await pushing.device(stage.officer)
    answer = await pushing.save(stage.officer, device_id, pushing.service.subscribe(""))
    assert answer.code == "PUSH_OFF"
    assert await stage.all_of(PushSubscription) == []
