"""Write ontology/countries.ttl: every country of ISO 3166-1 and Kosovo, under its IRI in the EU's authority list.

Names come from CLDR (through Babel), codes and official names from pycountry. Neither is a dependency of the
program: run this by hand, in an environment of its own, when a country is born or renamed.

    python -m venv /tmp/countries && /tmp/countries/bin/pip install babel pycountry
    /tmp/countries/bin/python tools/generate_countries.py
"""

from __future__ import annotations

from pathlib import Path

import pycountry
from babel import Locale
from babel.core import get_global

TARGET = Path(__file__).resolve().parent.parent / "ontology" / "countries.ttl"
LANGUAGES = ("en", "fr", "es")

# What people write, and no register lists.
COLLOQUIAL = {
    "ARE": (("UAE", "en"), ("Emirates", "en"), ("Émirats", "fr"), ("EAU", "es")),
    "CHN": (("Mainland China", "en"),),
    "CIV": (("Ivory Coast", "en"),),
    "COD": (("DR Congo", "en"), ("DRC", "en"), ("Democratic Republic of the Congo", "en")),
    "COG": (("Republic of the Congo", "en"), ("Congo", "en")),
    "CZE": (("Czech Republic", "en"),),
    "FSM": (("Micronesia", "en"),),
    "GRC": (("EL", "en"),),  # the EU's own code, in all its registers
    "GBR": (("UK", "en"), ("U.K.", "en"), ("Great Britain", "en"), ("Britain", "en")),
    "KOR": (("Republic of Korea", "en"), ("Korea", "en")),
    "MKD": (("Macedonia", "en"),),
    "NLD": (("The Netherlands", "en"), ("Holland", "en")),
    "PSE": (("Palestine", "en"),),
    "RUS": (("Russian Federation", "en"),),
    "SWZ": (("Swaziland", "en"),),
    "TUR": (("Turkey", "en"), ("Türkiye", "en")),
    "USA": (("US", "en"), ("U.S.", "en"), ("USA", "en"), ("United States of America", "en"), ("EE. UU.", "es")),
    "VAT": (("Vatican", "en"), ("Holy See", "en")),
}

# ISO 3166-1 leaves these codes to its users; the EU, the IMF and others agree on what they mean by them.
USER_ASSIGNED = """
# Not in ISO 3166-1: a user-assigned code. The EU's registers write XK; its authority list has it under 1A0.
# The designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ
# Opinion on the Kosovo declaration of independence.
country:1A0 a eco:Country ;
    rdfs:label "Kosovo"@en , "Kosovo"@fr , "Kosovo"@es ;
    dcterms:identifier "XK" ;
    skos:notation "XKX" .
"""

HEAD = """\
# Countries as actors' places and as groups to compare: all of ISO 3166-1, sorted by code, and Kosovo.
# Written by tools/generate_countries.py; edit that script, not this file.
#
# Names: Unicode CLDR {cldr}, © Unicode, Inc., Unicode License v3 (https://www.unicode.org/license.txt).
# Codes and official names: pycountry (Debian iso-codes). IRIs: the authority list of the EU's Publications Office.

@prefix country: <http://publications.europa.eu/resource/authority/country/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix eco: <https://w3id.org/ecosystem-mapper/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sdo: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix view: <https://w3id.org/ecosystem-mapper/view#> .

eco:Country a owl:Class ;
    rdfs:subClassOf eco:Place , schema:Country ;
    rdfs:label "country"@en , "pays"@fr , "país"@es ;
    skos:altLabel "nation"@en ;
    skos:definition "A country of ISO 3166-1, as a place; its government is an actor of its own."@en ;
    eco:reads schema:Country , sdo:Country ;
    view:order 801 .
"""

BLOCK = """
country:{alpha3} a eco:Country ;
    rdfs:label {labels} ;{alternatives}
    dcterms:identifier "{alpha2}" ;
    skos:notation "{alpha3}" .
"""


def main() -> None:
    """Write the file, whole or not at all."""
    countries = sorted(pycountry.countries, key=lambda country: country.alpha_3)
    names = {language: Locale(language).territories for language in LANGUAGES}
    text = HEAD.format(cldr=get_global("cldr")["version"])
    for country in countries:
        labels = [(names[language][country.alpha_2], language) for language in LANGUAGES]
        text += BLOCK.format(
            alpha3=country.alpha_3,
            alpha2=country.alpha_2,
            labels=_literals(labels),
            alternatives=_alternatives(country, labels),
        )
    text += USER_ASSIGNED
    unfinished = TARGET.with_suffix(".ttl.new")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    unfinished.replace(TARGET)


def _alternatives(country: pycountry.db.Country, labels: list[tuple[str, str]]) -> str:
    register = [getattr(country, field, "") for field in ("name", "common_name", "official_name")]
    found = {(name, "en") for name in register if name and "," not in name}
    found |= set(COLLOQUIAL.get(country.alpha_3, ()))
    known = {name.casefold() for name, _ in labels}
    kept = sorted(name for name in found if name[0].casefold() not in known)
    return f"\n    skos:altLabel {_literals(kept)} ;" if kept else ""


def _literals(names: list[tuple[str, str]]) -> str:
    return " , ".join(f'"{name}"@{language}' for name, language in names)


if __name__ == "__main__":
    main()
