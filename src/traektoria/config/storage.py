"""Static files with a hash in their name, so that browsers keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class TolerantManifest(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Before ``collectstatic`` has run (tests, a first look) plain names are served instead of an error."""

    manifest_strict = False
