"""The wire of Web Push, held against the example of RFC 8291, appendix A."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec

from app.integrations.webpush import Target, encrypt
from tests.support.push_service import Browser, decode

PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
SAID = b"When I grow up, I want to be a watermelon"


def the_browser() -> Browser:
    key = ec.derive_private_key(int.from_bytes(decode(PRIVATE)), ec.SECP256R1())
    return Browser("https://push.example.net/", key=key, auth=decode(AUTH))


def test_the_simulated_browser_opens_the_example_of_the_standard() -> None:
    browser = the_browser()
    assert browser.p256dh == PUBLIC
    assert browser.open(decode(BODY)) == SAID


def test_what_the_server_seals_only_that_browser_opens_and_never_twice_the_same() -> None:
    browser = the_browser()
    target = Target("https://push.example.net/", PUBLIC, AUTH)
    first, second = encrypt(target, SAID), encrypt(target, SAID)
    assert first != second
    assert browser.open(first) == browser.open(second) == SAID
