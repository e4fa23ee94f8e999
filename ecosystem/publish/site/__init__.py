"""A whole site of static pages: plain data in, files out, which need no server and no network."""

from ecosystem.publish.site.pages import files
from ecosystem.publish.site.writing import MANIFEST, Written, write_site

__all__ = ["MANIFEST", "Written", "files", "write_site"]
