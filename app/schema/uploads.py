"""The Upload scalar (multipart requests)."""

from strawberry.file_uploads import Upload

__all__ = ["Upload"]
