"""Makes the bucket that S3_BUCKET names, for a store that runs beside the server (compose)."""

from app.config import load_settings
from app.storage import create_bucket

create_bucket(load_settings())
