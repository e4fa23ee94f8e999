"""Questions in SPARQL: asked safely, within a time limit, and answered in the formats that others read."""

from ecosystem.query.answer import FORMATS, Answer
from ecosystem.query.asking import ask
from ecosystem.query.forms import compact
from ecosystem.query.guard import asks_elsewhere
from ecosystem.query.tokens import is_whole

__all__ = ["FORMATS", "Answer", "ask", "asks_elsewhere", "compact", "is_whole"]
