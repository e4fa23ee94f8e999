"""The only reader of the ontology folder: types, relations, concepts, countries, gap rules and their looks.

An ontology is loaded explicitly and handed on. There is none at import time, so that two can be held side by side
and a folder of one's own can be read beside the bundled one.
"""

from ecosystem.ontology.model import Concept, Country, CountryGroup, GapRule, Kind, Relation, Term, fold, local_name
from ecosystem.ontology.ontology import Ontology
from ecosystem.ontology.saved import Parameter, SavedQuery, is_name, parse_query

__all__ = [
    "Concept",
    "Country",
    "CountryGroup",
    "GapRule",
    "Kind",
    "Ontology",
    "Parameter",
    "Relation",
    "SavedQuery",
    "Term",
    "fold",
    "is_name",
    "local_name",
    "parse_query",
]
