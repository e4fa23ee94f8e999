"""Write ontology/country-groups.ttl: groups of countries that people ask for, each with its members, source and date.

Regions follow the M49 standard of the United Nations, as UN OCHA's table of countries has it (in hdx-python-country,
MIT licence); their names come from CLDR (through Babel). Memberships of organisations are listed here; those of the
OECD, the EU and the G7 are checked against country-converter. None of these is a dependency of the program: run this by
hand, in an environment of its own, when a country joins or leaves.

    python -m venv /tmp/groups && /tmp/groups/bin/pip install babel pycountry country-converter
    /tmp/groups/bin/pip install --no-deps hdx-python-country
    /tmp/groups/bin/python tools/generate_country_groups.py
"""

from __future__ import annotations

import csv
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import pycountry
from babel import Locale
from babel.core import get_global

TARGET = Path(__file__).resolve().parent.parent / "ontology" / "country-groups.ttl"
LANGUAGES = ("en", "fr", "es")
DATE = "2026"
EU = "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN SWE"
KOSOVO = "1A0"  # no code in M49; counted with its neighbours, without prejudice to positions on status
G7 = "CAN DEU FRA GBR ITA JPN USA"


@dataclass(frozen=True)
class Source:
    """A public register of members."""

    name: str
    label: str
    publisher: str
    page: str


@dataclass(frozen=True)
class Group:
    """A group, its labels in the order of LANGUAGES, and where its members are listed."""

    name: str
    labels: tuple[str, str, str]
    definition: str
    members: str
    source: str
    locator: str
    date: str = DATE
    notations: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, str], ...] = ()


SOURCES = (
    Source(
        "un-m49",
        "Standard country or area codes for statistical use (M49)",
        "United Nations Statistics Division",
        "https://unstats.un.org/unsd/methodology/m49/",
    ),
    Source("oecd-members", "OECD member countries", "OECD", "https://www.oecd.org/en/about/members-partners.html"),
    Source(
        "eu-members",
        "Country profiles: EU countries",
        "European Union",
        "https://european-union.europa.eu/principles-countries-history/eu-countries_en",
    ),
    Source(
        "g7-members",
        "About the G7: members",
        "Government of Canada, presidency of 2025",
        "https://g7.canada.ca/en/about/",
    ),
    Source(
        "g20-members",
        "About the G20: members",
        "Government of South Africa, presidency of 2025",
        "https://g20.org/about-g20/",
    ),
    Source(
        "nordic-cooperation",
        "The Nordic countries, the Faroe Islands, Greenland and Åland",
        "Nordic Co-operation",
        "https://www.norden.org/en/information/nordic-region",
    ),
    Source(
        "gcc-members", "Member states", "Secretariat General of the Gulf Cooperation Council", "https://www.gcc-sg.org/"
    ),
    Source("arab-league-members", "Member states", "League of Arab States", "http://www.leagueofarabstates.net/"),
    Source(
        "agile-nations-charter-members",
        "Agile Nations Charter",
        "Government of the United Kingdom",
        "https://www.gov.uk/government/publications/agile-nations-charter",
    ),
    Source("baltic-assembly-members", "Member states", "Baltic Assembly", "https://www.baltasam.org/"),
    Source("benelux-members", "Member states", "Benelux Union", "https://www.benelux.int/"),
    Source("visegrad-members", "About the Visegrad Group", "Visegrad Group", "https://www.visegradgroup.eu/about"),
)

# Name, M49 code (two where the standard has none for both together), what to add to the definition, other names.
REGIONS = (
    ("Africa", "2", "", ()),
    ("NorthernAfrica", "15", "", ("North Africa",)),
    ("SubSaharanAfrica", "202", "Africa without its north.", ()),
    ("EasternAfrica", "14", "", ("East Africa",)),
    ("MiddleAfrica", "17", "", ("Central Africa",)),
    ("SouthernAfrica", "18", "", ()),
    ("WesternAfrica", "11", "", ("West Africa",)),
    ("Americas", "19", "North, Central and South America with the Caribbean.", ("The Americas",)),
    ("LatinAmericaAndCaribbean", "419", "The Americas from Mexico and the Caribbean to the far south.", ()),
    ("Caribbean", "29", "", ("The Caribbean",)),
    ("CentralAmerica", "13", "Mexico counts among it.", ()),
    ("SouthAmerica", "5", "", ()),
    ("NorthernAmerica", "21", "Canada, the United States and islands near them; Mexico is in Central America.", ()),
    ("Asia", "142", "", ()),
    ("CentralAsia", "143", "", ()),
    ("EasternAsia", "30", "", ("East Asia",)),
    ("SouthEasternAsia", "35", "", ("South-eastern Asia", "South-East Asia")),
    ("SouthernAsia", "34", "", ("South Asia",)),
    (
        "WesternAsia",
        "145",
        "Cyprus, the South Caucasus, Türkiye and the Arabian peninsula count among it.",
        ("West Asia",),
    ),
    ("Europe", "150", "The Russian Federation counts among it; Cyprus and Türkiye are in Western Asia.", ()),
    ("EasternEurope", "151", "The Russian Federation counts among it.", ()),
    ("NorthernEurope", "154", "The British Isles and the Baltic states count among it.", ()),
    ("SouthernEurope", "39", "", ()),
    ("WesternEurope", "155", "", ()),
    ("Oceania", "9", "", ()),
)

ORGANISATIONS = (
    Group(
        "OECDMembers",
        ("OECD members", "membres de l’OCDE", "miembros de la OCDE"),
        "The member countries of the OECD.",
        "AUS AUT BEL CAN CHE CHL COL CRI CZE DEU DNK ESP EST FIN FRA GBR GRC HUN IRL ISL ISR ITA JPN KOR LTU LUX "
        "LVA MEX NLD NOR NZL POL PRT SVK SVN SWE TUR USA",
        "oecd-members",
        "List of members",
        notations=("OECD", "OCDE"),
    ),
    Group(
        "EUMembers",
        ("EU members", "membres de l’UE", "miembros de la UE"),
        "The 27 member states of the European Union.",
        EU,
        "eu-members",
        "List of EU countries",
        notations=("EU", "EU27", "UE", "European Union", "Union européenne", "Unión Europea"),
    ),
    Group(
        "G7Countries",
        ("G7 countries", "pays du G7", "países del G7"),
        "The seven countries of the G7; the EU, which takes part, is none.",
        G7,
        "g7-members",
        "Members",
        notations=("G7",),
    ),
    Group(
        "G20Countries",
        ("G20 countries", "pays du G20", "países del G20"),
        "The 19 countries of the G20; the EU and the African Union, which are members too, are none.",
        "ARG AUS BRA CAN CHN DEU FRA GBR IDN IND ITA JPN KOR MEX RUS SAU TUR USA ZAF",
        "g20-members",
        "Members",
        notations=("G20",),
    ),
    Group(
        "NordicCountries",
        ("Nordic countries", "pays nordiques", "países nórdicos"),
        "The five Nordic states, and the Faroe Islands, Greenland and Åland, which govern themselves.",
        "ALA DNK FIN FRO GRL ISL NOR SWE",
        "nordic-cooperation",
        "Facts about the Nordic region",
        notations=("Nordics",),
        alternatives=(("Nordic states", "en"),),
    ),
    Group(
        "BalticStates",
        ("Baltic states", "États baltes", "Estados bálticos"),
        "The three states of the Baltic Assembly.",
        "EST LTU LVA",
        "baltic-assembly-members",
        "Member states",
        notations=("Baltics",),
        alternatives=(("Baltic countries", "en"),),
    ),
    Group(
        "BeneluxCountries",
        ("Benelux countries", "pays du Benelux", "países del Benelux"),
        "The three states of the Benelux Union.",
        "BEL LUX NLD",
        "benelux-members",
        "Member states",
        notations=("Benelux",),
    ),
    Group(
        "VisegradCountries",
        ("Visegrad countries", "pays de Visegrád", "países de Visegrado"),
        "The four states of the Visegrad Group.",
        "CZE HUN POL SVK",
        "visegrad-members",
        "About",
        notations=("Visegrad", "V4"),
    ),
    Group(
        "GulfStates",
        (
            "states of the Gulf Cooperation Council",
            "États du Conseil de coopération du Golfe",
            "Estados del Consejo de Cooperación del Golfo",
        ),
        "The six states of the Gulf Cooperation Council.",
        "ARE BHR KWT OMN QAT SAU",
        "gcc-members",
        "Member states",
        notations=("GCC", "CCG", "Gulf Cooperation Council"),
        alternatives=(("Gulf states", "en"),),
    ),
    Group(
        "ArabStates",
        ("Arab states", "États arabes", "Estados árabes"),
        "The 22 members of the League of Arab States.",
        "ARE BHR COM DJI DZA EGY IRQ JOR KWT LBN LBY MAR MRT OMN PSE QAT SAU SDN SOM SYR TUN YEM",
        "arab-league-members",
        "Member states",
        notations=("Arab League", "League of Arab States"),
        alternatives=(("Arab countries", "en"), ("Arab world", "en")),
    ),
    Group(
        "AgileNationsCountries",
        ("countries of Agile Nations", "pays d’Agile Nations", "países de Agile Nations"),
        "The seven countries that founded the network Agile Nations.",
        "ARE CAN DNK GBR ITA JPN SGP",
        "agile-nations-charter-members",
        "Opening paragraph, participants",
        date="2020",
        notations=("Agile Nations",),
    ),
)

HEAD = """\
# Groups of countries that people ask for, so that one can say "Latin America" where countries are compared.
# Written by tools/generate_country_groups.py; edit that script, not this file.
#
# Regions: the United Nations' M49 standard as UN OCHA's taxonomy has it (hdx-python-country {hdx}, MIT licence),
# limited to ISO 3166-1; Kosovo, for which M49 has no code, is counted with its neighbours. A region says where a
# country is counted, nothing more. Names of regions: Unicode CLDR {cldr},
# © Unicode, Inc., Unicode License v3 (https://www.unicode.org/license.txt).
# Names under which an organisation itself is known (OECD) are a skos:notation of the group: they find the group where
# one is asked for, and the organisation everywhere else.

@prefix country: <http://publications.europa.eu/resource/authority/country/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix eco: <https://w3id.org/ecosystem-mapper/ontology#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix id: <https://w3id.org/ecosystem-mapper/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix view: <https://w3id.org/ecosystem-mapper/view#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

eco:CountryGroup a owl:Class ;
    rdfs:subClassOf skos:Concept ;
    rdfs:label "country group"@en , "groupe de pays"@fr , "grupo de países"@es ;
    skos:definition "Countries that are spoken of together: a region, or the members of an organisation."@en .

eco:CountryGroups a skos:ConceptScheme ;
    rdfs:label "country groups"@en , "groupes de pays"@fr , "grupos de países"@es ;
    skos:definition "Groups of countries that are spoken of together."@en .

eco:memberCountry a owl:ObjectProperty ;
    rdfs:label "member country"@en , "pays membre"@fr , "país miembro"@es ;
    skos:definition "A country that belongs to a country group at the group's date."@en ;
    schema:domainIncludes eco:CountryGroup ;
    schema:rangeIncludes eco:Country .
"""

SOURCE = """
id:source-{name} a eco:Source ;
    rdfs:label "{label}"@en ;
    dcterms:publisher "{publisher}" ;
    foaf:page <{page}> .
"""

BLOCK = """
eco:{name} a eco:CountryGroup ;
    skos:inScheme eco:CountryGroups ;
    rdfs:label {labels} ;{more}
    skos:definition "{definition}"@en ;
    dcterms:date "{date}"^^xsd:gYear ;
    prov:wasDerivedFrom id:source-{source} ;
    eco:locator "{locator}" ;
    eco:memberCountry {members} ;
    view:order {order} .
"""


def main() -> None:
    """Write the file, whole or not at all."""
    _check()
    text = HEAD.format(cldr=get_global("cldr")["version"], hdx=distribution("hdx-python-country").version)
    for source in SOURCES:
        text += SOURCE.format(name=source.name, label=source.label, publisher=source.publisher, page=source.page)
    for order, group in enumerate((*_regions(), *ORGANISATIONS), start=1501):
        text += _block(group, order)
    unfinished = TARGET.with_suffix(".ttl.new")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    unfinished.replace(TARGET)


def _regions() -> Iterator[Group]:
    known = {country.alpha_3 for country in pycountry.countries}
    rows = [row for row in _taxonomy() if row["ISO 3166-1 Alpha 3-Codes"] in known]
    names = {language: Locale(language).territories for language in LANGUAGES}
    levels = ("Region Code", "Sub-region Code", "Intermediate Region Code")
    for name, code, more, alternatives in REGIONS:
        members = [row["ISO 3166-1 Alpha 3-Codes"] for row in rows if code in [row[level] for level in levels]]
        members += [KOSOVO] if name in ("Europe", "SouthernEurope") else []
        labels = tuple(names[language][code.zfill(3)] for language in LANGUAGES)
        others = [(other, "en") for other in alternatives]
        if name == "LatinAmericaAndCaribbean":
            # CLDR names the region by its larger part; both names are in use.
            others += zip(labels, LANGUAGES, strict=True)
            labels = ("Latin America and the Caribbean", "Amérique latine et Caraïbes", "América Latina y el Caribe")
            others += [("LAC", "en"), ("América Latina", "es")]
        yield Group(
            name=name,
            labels=labels,
            definition=" ".join(["A region of the United Nations’ standard M49.", more]).strip(),
            members=" ".join(members),
            source="un-m49",
            locator=f"Geographic regions, code {code.zfill(3)}",
            alternatives=tuple(other for other in others if other[0] not in labels),
        )


def _taxonomy() -> Iterator[dict[str, str]]:
    files = distribution("hdx-python-country").files or []
    table = next(file for file in files if file.name.endswith("C&T Taxonomy.csv"))
    with Path(str(table.locate())).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _check() -> None:
    """Hold what is listed here against a register that others keep."""
    from country_converter import country_converter

    with Path(country_converter.__file__).with_name("country_data.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    listed = {group.name: set(group.members.split()) for group in ORGANISATIONS}
    for name, column in (("OECDMembers", "OECD"), ("EUMembers", "EU27"), ("G7Countries", "G7")):
        members = {row["ISO3"] for row in rows if row[column]}
        if members != listed[name]:
            raise SystemExit(f"{name}: {sorted(members ^ listed[name])} are members in one list and not in the other.")


def _block(group: Group, order: int) -> str:
    more = [
        *((f"skos:altLabel {_literals(group.alternatives)} ;",) if group.alternatives else ()),
        *((f"skos:notation {', '.join(map(_quoted, group.notations))} ;",) if group.notations else ()),
    ]
    return BLOCK.format(
        name=group.name,
        labels=_literals(zip(group.labels, LANGUAGES, strict=True)),
        more="".join(f"\n    {line}" for line in more),
        definition=group.definition,
        date=group.date,
        source=group.source,
        locator=group.locator,
        members=textwrap.fill(
            " , ".join(f"country:{code}" for code in sorted(group.members.split())), 110, subsequent_indent=" " * 8
        ),
        order=order,
    )


def _literals(names: Iterable[tuple[str, str]]) -> str:
    return " , ".join(f"{_quoted(name)}@{language}" for name, language in names)


def _quoted(text: str) -> str:
    return f'"{text}"'


if __name__ == "__main__":
    main()
