"""The terms that Python names: structural ones only, each a full IRI.

Actor types, initiative types, relation types, concepts, gap rules and colours are data of `ontology/` and are
never named in code. A test holds this list against the ontology: every term here is defined there.
"""

from __future__ import annotations

from typing import Final

ONTOLOGY: Final = "https://w3id.org/ecosystem-mapper/ontology"
ECO: Final = ONTOLOGY + "#"
VIEW: Final = "https://w3id.org/ecosystem-mapper/view#"
ID: Final = "https://w3id.org/ecosystem-mapper/id/"
COUNTRY_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/country/"

PREFIXES: Final = {
    "eco": ECO,
    "view": VIEW,
    "id": ID,
    "country": COUNTRY_AUTHORITY,
    "adms": "http://www.w3.org/ns/adms#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# Classes of the data model.
ACTOR: Final = ECO + "Actor"
INITIATIVE: Final = ECO + "Initiative"
PLACE: Final = ECO + "Place"
COUNTRY: Final = ECO + "Country"
COUNTRY_GROUP: Final = ECO + "CountryGroup"
RELATIONSHIP: Final = ECO + "Relationship"
SOURCE: Final = ECO + "Source"
FIGURE: Final = ECO + "Figure"

# Classes of the ontology itself.
RELATION_TYPE: Final = ECO + "RelationType"
GAP_RULE: Final = ECO + "GapRule"
SEVERITY: Final = ECO + "Severity"
GAP_FAMILY: Final = ECO + "GapFamily"
FLOW: Final = ECO + "Flow"
CERTAINTY: Final = ECO + "Certainty"

# Properties of actors, initiatives, relationships, sources and figures.
IN_COUNTRY: Final = ECO + "country"
ACRONYM: Final = ECO + "acronym"
STATED_KIND: Final = ECO + "statedKind"
STAGE: Final = ECO + "stage"
SINCE: Final = ECO + "since"
UNTIL: Final = ECO + "until"
STRENGTH: Final = ECO + "strength"
CONFIDENCE: Final = ECO + "confidence"
HAS_CERTAINTY: Final = ECO + "certainty"
ROLE: Final = ECO + "role"
AMOUNT: Final = ECO + "amount"
CURRENCY: Final = ECO + "currency"
LOCATOR: Final = ECO + "locator"
STATEMENT: Final = ECO + "statement"
SUBJECT_OF_FIGURE: Final = ECO + "figureOf"
VALUE: Final = ECO + "value"
UNIT: Final = ECO + "unit"
TIME_STAMPED: Final = ECO + "timeStampedUrl"

# Individuals that code must know, because they change what a record means.
STATED: Final = ECO + "Stated"
INFERRED: Final = ECO + "Inferred"
DENIED: Final = ECO + "Denied"

# Properties by which the ontology steers the code.
INVERSE_LABEL: Final = ECO + "inverseLabel"
DIRECTED: Final = ECO + "directed"
CONVEYS: Final = ECO + "conveys"
TWO_WAY: Final = ECO + "twoWay"
LOCATES: Final = ECO + "locates"
SUPRANATIONAL: Final = ECO + "supranational"
GATHERS: Final = ECO + "gathers"
ORCHESTRATES: Final = ECO + "orchestrates"
OFFERS: Final = ECO + "offers"
CONCERNS: Final = ECO + "concerns"
PROPOSABLE: Final = ECO + "proposable"
MEMBER_COUNTRY: Final = ECO + "memberCountry"
READS: Final = ECO + "reads"
READS_INVERSE: Final = ECO + "readsInverse"
SUBJECT_IN: Final = ECO + "subjectIn"
OBJECT_IN: Final = ECO + "objectIn"
WRITES: Final = ECO + "writes"
HOLDS: Final = ECO + "holds"
DEFAULT_ACTOR_TYPE: Final = ECO + "defaultActorType"
DEFAULT_INITIATIVE_TYPE: Final = ECO + "defaultInitiativeType"
DEFAULT_RELATION: Final = ECO + "defaultRelation"
DEFAULT_FLOW: Final = ECO + "defaultFlow"
RATIONALE: Final = ECO + "rationale"
SEVERITY_OF_RULE: Final = ECO + "severity"
REMEDY: Final = ECO + "remedy"
SELECT: Final = ECO + "select"
FAMILY: Final = ECO + "family"
ABOUT_RECORD: Final = ECO + "aboutRecord"
ABSENCE: Final = ECO + "absence"
MISSING: Final = ECO + "missing"
NATURAL_ROLE: Final = ECO + "naturalRole"
COVERAGE: Final = ECO + "coverage"
COLOUR: Final = VIEW + "colour"
SHAPE: Final = VIEW + "shape"
ORDER: Final = VIEW + "order"

# Terms of the vocabularies that ours stands on.
RDF_TYPE: Final = PREFIXES["rdf"] + "type"
RDF_SUBJECT: Final = PREFIXES["rdf"] + "subject"
RDF_PREDICATE: Final = PREFIXES["rdf"] + "predicate"
RDF_OBJECT: Final = PREFIXES["rdf"] + "object"
LABEL: Final = PREFIXES["rdfs"] + "label"
SUB_CLASS_OF: Final = PREFIXES["rdfs"] + "subClassOf"
ALT_LABEL: Final = PREFIXES["skos"] + "altLabel"
DEFINITION: Final = PREFIXES["skos"] + "definition"
NOTATION: Final = PREFIXES["skos"] + "notation"
CONCEPT: Final = PREFIXES["skos"] + "Concept"
CONCEPT_SCHEME: Final = PREFIXES["skos"] + "ConceptScheme"
IN_SCHEME: Final = PREFIXES["skos"] + "inScheme"
EXACT_MATCH: Final = PREFIXES["skos"] + "exactMatch"
CLOSE_MATCH: Final = PREFIXES["skos"] + "closeMatch"
DESCRIPTION: Final = PREFIXES["dcterms"] + "description"
TITLE: Final = PREFIXES["dcterms"] + "title"
CREATOR: Final = PREFIXES["dcterms"] + "creator"
PUBLISHER: Final = PREFIXES["dcterms"] + "publisher"
DATE: Final = PREFIXES["dcterms"] + "date"
LICENCE: Final = PREFIXES["dcterms"] + "license"
IDENTIFIER: Final = PREFIXES["dcterms"] + "identifier"
SUBJECT: Final = PREFIXES["dcterms"] + "subject"
KEYWORD: Final = PREFIXES["dcat"] + "keyword"
HOMEPAGE: Final = PREFIXES["foaf"] + "homepage"
PAGE: Final = PREFIXES["foaf"] + "page"
DERIVED_FROM: Final = PREFIXES["prov"] + "wasDerivedFrom"
DATASET: Final = PREFIXES["dcat"] + "Dataset"
DOMAIN_INCLUDES: Final = PREFIXES["schema"] + "domainIncludes"
RANGE_INCLUDES: Final = PREFIXES["schema"] + "rangeIncludes"
XSD_BOOLEAN: Final = PREFIXES["xsd"] + "boolean"
XSD_DECIMAL: Final = PREFIXES["xsd"] + "decimal"
XSD_DATE: Final = PREFIXES["xsd"] + "date"
XSD_YEAR_MONTH: Final = PREFIXES["xsd"] + "gYearMonth"
XSD_YEAR: Final = PREFIXES["xsd"] + "gYear"
