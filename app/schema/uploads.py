"""The Upload scalar (multipart requests)."""

from typing import Any

import strawberry
from graphql import GraphQLError
from starlette.datastructures import UploadFile
from strawberry.file_uploads import Upload
from strawberry.types.scalar import ScalarDefinition

__all__ = ["UPLOAD", "Upload"]


def _file(value: Any) -> Any:
    """A part of the request: JSON, which can say anything here, holds no files."""
    if not isinstance(value, UploadFile):
        raise GraphQLError("This is not a file of a multipart request.")
    return value


UPLOAD: ScalarDefinition = strawberry.scalar(
    name="Upload", description="Represents a file upload.", parse_value=_file
)
