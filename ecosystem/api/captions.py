"""What a map says in whole sentences, in the language of its page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

from ecosystem.api.words import brokered, date_in_words
from ecosystem.network import SUPRANATIONAL, ActorNetwork
from ecosystem.publish.words import Words

if TYPE_CHECKING:
    from ecosystem.measures import Broker

__all__ = ["broker_caption", "heading"]


def heading(network: ActorNetwork, datasets: Sequence[tuple[str, str]], speak: Words) -> str:
    """Say in one sentence what a map shows and from when; `datasets` are titles with dates."""
    initiatives = int(network.is_initiative.sum())
    pairs = zip(network.attributes["country"], network.is_initiative, strict=True)
    countries = {country for country, initiative in pairs if country and not initiative} - {SUPRANATIONAL}
    actors = speak.count("actors_count", len(network) - initiatives)
    if countries:
        actors = speak.count("said_from", len(countries), actors=actors)
    what = actors
    if initiatives:
        what = speak.say("said_and", one=actors, other=speak.count("said_initiatives", initiatives))
    date = max((date for _, date in datasets), default="")
    when = speak.say("said_when", date=date_in_words(date, speak)) if date else ""
    sentence = speak.count("said_tied", network.tie_count, what=what, when=when)
    return sentence[:1].upper() + sentence[1:]


def broker_caption(row: Broker, two_way: bool, speak: Words) -> str:
    """Say in which roles a broker connects how many pairs, and how many of them nobody else does."""
    told = brokered(row, two_way)
    top = [role for count, role in sorted((-count, role) for role, count in told.roles if count)][:2]
    roles = reduce(
        lambda one, other: speak.say("said_and", one=one, other=other),
        (speak.say(f"role_{role}").lower() for role in top),
    )
    alone = speak.say("said_alone", n=speak.figure(told.exclusive)) if told.exclusive else ""
    return speak.say("said_broker", pairs=speak.count("pairs", told.total), roles=roles, alone=alone)
