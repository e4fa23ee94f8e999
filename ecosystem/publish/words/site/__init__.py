"""What the pages of a site say, and whatever else is put into words when a page is made."""

from ecosystem.publish.words.site import ar, en, es, fr

__all__ = ["ar", "en", "es", "fr"]
