"""Pictures that come with a registration: sealed at rest, opened for those who may see them."""

from __future__ import annotations

import base64
import io

from PIL import Image

from tests.support.http_api import HttpApi

REGISTER = """
mutation($input: RegisterMemberInput!) {
  registerMember(input: $input) { id photoUrl idDocumentUrl }
}
"""


def tagged() -> Image.Exif:
    """Metadata as a camera writes it: its maker's name."""
    exif = Image.Exif()
    exif[0x010F] = "A phone"
    return exif


def picture(color: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 400), color).save(out, "JPEG", exif=tagged())
    return out.getvalue()


def data_uri(raw: bytes) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(raw).decode()


async def registered(api: HttpApi) -> tuple[str, str, str]:
    """Tokens of the group's officer and of a stranger, and the document's path."""
    group, other = await api.factory.group(), await api.factory.group()
    officer = await api.factory.officer(group)
    stranger = await api.factory.officer(other)
    token = (await api.factory.sign_in(officer)).access_token
    answer = await api.execute(
        REGISTER,
        {
            "input": {
                "groupId": str(group.id),
                "memberName": "Jane Wanjiku",
                "idNumber": "12345678",
                "phone": "0712345678",
                "idPhoto": data_uri(picture()),
                "signature": data_uri(picture("blue")),
            }
        },
        token,
    )
    path = answer.data["registerMember"]["idDocumentUrl"]
    return token, (await api.factory.sign_in(stranger)).access_token, path


async def test_the_picture_is_served_to_those_who_may_see_the_member(api: HttpApi) -> None:
    token, _, path = await registered(api)
    answer = await api.http.get(path, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/jpeg"
    served = Image.open(io.BytesIO(answer.content))
    assert served.size == (640, 400)
    assert not served.getexif()


async def test_the_picture_does_not_exist_for_others(api: HttpApi) -> None:
    token, stranger, path = await registered(api)
    foreign = await api.http.get(path, headers={"Authorization": f"Bearer {stranger}"})
    assert foreign.status_code == 404
    assert (await api.http.get(path)).status_code == 401
    wrong = await api.http.get("/documents/none", headers={"Authorization": f"Bearer {token}"})
    assert wrong.status_code == 404


async def test_the_picture_is_sealed_in_the_store(api: HttpApi) -> None:
    await registered(api)
    folder = api.runtime.settings.data_dir / "files"
    stored = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    assert len(stored) == 2
    assert not any(b"JFIF" in content or b"\xff\xd8\xff" in content for content in stored)


async def test_a_refused_registration_leaves_no_picture_behind(api: HttpApi) -> None:
    token, _, _ = await registered(api)
    group = await api.factory.group()
    answer = await api.execute(
        REGISTER,
        {
            "input": {
                "groupId": str(group.id),
                "memberName": "Nobody",
                "idNumber": "87654321",
                "phone": "0712345679",
                "idPhoto": data_uri(picture()),
            }
        },
        token,
    )
    assert answer.code == "NOT_FOUND"
    folder = api.runtime.settings.data_dir / "files"
    assert len([file for file in folder.rglob("*") if file.is_file()]) == 2
