"""The words of the pages' interface, by language: the only place where they stand.

A key that ends in `.one` is used for a count of one, its `.other` for every other count; `{name}` marks what is
filled in. A language needs only the keys that it translates: English stands in for the rest.
"""

from __future__ import annotations

__all__ = ["RIGHT_TO_LEFT", "words"]

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})

ENGLISH = {
    "skip": "Skip to the text tables",
    "top_brokers": "Top brokers",
    "gaps": "Gaps",
    "sources": "Sources",
    "copy_link": "Copy link",
    "copied": "Copied",
    "theme_to_dark": "Dark page",
    "theme_to_light": "Light page",
    "no_script": "The interactive map needs JavaScript. Everything that it shows stands in the tables below.",
    "rail": "Search, views and legend",
    "search": "Search",
    "search_hint": "Name or acronym",
    "search_results.one": "One result",
    "search_results.other": "{n} results",
    "search_none": "Nothing by that name",
    "views": "Views",
    "view_all": "Whole map",
    "view_brokers": "Brokers",
    "view_gaps": "Gaps",
    "view_group": "Look at one: {grouping}",
    "view_group_choose": "Choose …",
    "show_legend": "Legend and filters",
    "legend_kinds": "Shape: kind",
    "legend_kinds_coloured": "Shape and colour: kind",
    "legend_groups": "Colour: {grouping}",
    "legend_relations": "Line: kind of tie",
    "legend_marks": "Size and rings",
    "legend_size": "Larger: {measure}",
    "legend_ring": "Ring: a leading broker",
    "legend_dash": "Dashed ring: has a gap (view Gaps)",
    "legend_small": "Smaller, hollow: an initiative",
    "legend_weak": "Paler line: weaker tie",
    "legend_arrow": "Arrow: the tie has a direction",
    "no_group": "None stated",
    "only": "only",
    "only_this": "Show only {label}",
    "show_all": "Show everything",
    "map": "Map",
    "map_role": "network map",
    "map_help": "Map of {actors} and {ties}. Arrow keys walk the ties of the selected actor, Enter opens, Escape "
    "closes, plus and minus zoom, 0 shows everything. The tables below hold the same content.",
    "map_keys": "Drag to move, scroll to zoom, click for evidence. Keys: / search, arrows, Enter, Esc",
    "zoom_in": "Zoom in",
    "zoom_out": "Zoom out",
    "zoom_fit": "Show everything",
    "isolates": "No tie recorded",
    "actors_count.one": "one actor",
    "actors_count.other": "{n} actors",
    "ties_count.one": "one tie",
    "ties_count.other": "{n} ties",
    "details": "Details",
    "back_to_overview": "Close",
    "overview_brokers": "Who connects",
    "overview_brokers_none": "Nobody stands between two others here.",
    "overview_gaps": "What is missing",
    "overview_gaps_none": "No gap was found.",
    "overview_trust": "Before you rely on it",
    "gap_count.one": "one finding",
    "gap_count.other": "{n} findings",
    "gap_remedy": "What to do: {remedy}",
    "more_rows": "and {n} more",
    "pairs.one": "one pair",
    "pairs.other": "{n} pairs",
    "also": "Also called",
    "homepage": "Website",
    "gaps_of": "Gaps",
    "no_ties": "No tie is recorded. That is a finding too: either it stands alone, or its ties have not been told yet.",
    "told_of": "Where this was read",
    "show_in_table": "Show in the table",
    "evidence": "Evidence",
    "evidence_none": "No statement is recorded for this tie.",
    "evidence_of": "Evidence for the tie to {label}",
    "source_missing": "No source is recorded.",
    "via": "through {label}",
    "since": "since {date}",
    "until": "until {date}",
    "from_until": "{since} to {until}",
    "confidence": "confidence {percent} %",
    "tie": "Tie",
    "announce": "{label}, {kind}, {place}, {ties}",
    "announce_tie": "Tie {n} of {total}: {relation} {label}. Enter opens it.",
    "announce_closed": "Overview",
    "table_actors": "Actors and initiatives",
    "table_ties": "Ties and their evidence",
    "table_actors_note": "The same content as the map. Choose a name to see it there; choose a heading to sort.",
    "table_shown": "{shown} of {total} shown; the rest is hidden by the filters.",
    "column_name": "Name",
    "column_kind": "Kind",
    "column_group": "Place",
    "column_ties": "Ties",
    "column_pairs": "Pairs it connects",
    "column_gaps": "Gaps",
    "column_from": "From",
    "column_relation": "Relation",
    "column_to": "To",
    "column_statement": "Statement",
    "column_title": "Title",
    "column_date": "Date",
    "column_licence": "Licence",
    "column_statements": "Statements",
    "notes": "How to read this map",
    "made": "How it was made",
    "made_command": "Make this page again",
}

LANGUAGES: dict[str, dict[str, str]] = {"en": ENGLISH}


def words(language: str) -> dict[str, str]:
    """Return all words of the interface in a language, English where it has none.

    >>> words("fr")["copy_link"] == words("en")["copy_link"]
    True
    """
    return {**ENGLISH, **LANGUAGES.get(language.split("-")[0].lower(), {})}
