"""Words that many names share: they say what kind of body it is, and little about which one."""

from __future__ import annotations

from typing import Final

__all__ = ["FIELDS", "INSTITUTIONS", "LEGAL_FORMS", "OPPOSITES", "SPELLINGS", "STOP_WORDS"]


def _as_written(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _words(text: str) -> frozenset[str]:
    """Return words without the s of a plural, as names are read."""
    words = text.split()
    return frozenset(word[:-1] if len(word) > 4 and word.endswith("s") and word[-2] != "s" else word for word in words)


# Words without weight, in the languages in which most of Europe's and America's public bodies have names.
STOP_WORDS: Final = _as_written(
    "a an the of and for in on at to with by from de la le les des du el los las y e et un une und der die das den dem "
    "fur im von zu zur zum di il lo gli i della delle dei del degli per dell van het een voor en da do dos o os as "
    "para och og av na z dla ja"
)
LEGAL_FORMS: Final = _words(
    "limited plc llp llc inc incorporated corp gmbh mbh ag kg ev sa sas sarl spa srl scarl bv nv vzw asbl oy oyj ab "
    "asa sp zoo kft zrt doo ad sro sl slu lda ltda cic"
)
# What a body is: in English, then what other languages write otherwise.
INSTITUTIONS: Final = _words(
    "academy administration agency association authority board body bureau bank cabinet center centre chamber city "
    "college commission commissioner committee company consortium corporation council county court department "
    "directorate district division executive federal federation foundation fund general government group hospital hub "
    "institute institution laboratory lab library ministry mission municipal municipality museum national network "
    "office organisation panel parliament partnership police programme project provincial province public region "
    "regional research royal school secretariat section sector service society state system team tribunal trust union "
    "unit university advisory inspectorate regulator regulatory central local north northern south southern east "
    "eastern west western united kingdom republic international european "
    "administracion agencia agence agentur agenzia agentschap amt asociacion autoridad ayuntamiento azienda behorde "
    "bundesamt bundesministerium camara centro citta ciudad comision comissao commissie commissione comune commune "
    "conseil consejo consiglio consejeria departamento departement departamento dienst direccion direction direzione "
    "ente federaal federacion fondation fundacion gemeente gobierno gouvernement governo gemeinde instituto "
    "istituto institut instituut ministere ministerie ministerio ministero ministerium ministerstvo nacional "
    "nationaal nationale nazionale office oficina publica publico publique provincia provincie provinz regione "
    "rijksdienst secretaria servicio servizio stad stadt tribunal universidad universidade universita universitat "
    "universite universiteit universitet universitetet uniwersytet urzad urad verwaltung ville kommun kommune "
    "kunta kaupunki virasto ministerio styrelse styrelsen myndighet direktoratet"
)
# What a body deals with, where every government has one that does.
FIELDS: Final = _words(
    "affair agriculture building business care child communication community competition culture customs data defence "
    "development digital economic economy education employment energy enterprise environment environmental family "
    "finance financial fishery food foreign forestry health housing immigration industry information infrastructure "
    "innovation insurance interior internal investment judicial justice labour land law legal management market media "
    "medical medicine migration modernisation natural oversight pension planning policy prison procurement property "
    "protection quality reform resource review revenue right rural safety science security skill social sport standard "
    "statistic supervision sustainable tax technology telecommunication tourism trade training transport "
    "treasury veteran water welfare work youth "
    "agricultura ambiente asuntos cultura defensa desarrollo digitale economia educacion educazione economie energia "
    "exteriores finanza finanzas finances financien finanze finanzen gesundheit giustizia hacienda innovacion "
    "innovazione innen interno interieur inneres investigacion justicia justiz lavoro medio onderwijs ricerca "
    "salud salute sanidad sanita sante seguridad sociale sociales soziales trabajo transporte transportes transports "
    "travail turismo wirtschaft"
)
# One spelling for one word, after accents, capitals and a final s are gone.
SPELLINGS: Final = {
    "assoc": "association", "auth": "authority", "cttee": "committee", "co": "company", "comm": "commission",
    "dept": "department", "dep": "department", "dpt": "department", "govt": "government", "gov": "government",
    "hq": "headquarter", "inst": "institute", "intl": "international", "int": "international", "min": "ministry",
    "nat": "national", "natl": "national", "org": "organisation", "prog": "programme", "program": "programme",
    "reg": "regional", "soc": "society", "svc": "service", "tech": "technology", "uni": "university",
    "univ": "university", "ltd": "limited", "st": "saint", "center": "centre", "defense": "defence", "labor": "labour",
    "fisherie": "fishery", "agencie": "agency", "authoritie": "authority", "citie": "city", "communitie": "community",
    "industrie": "industry", "ministrie": "ministry", "countie": "county", "librarie": "library", "skill": "skill",
    "technologie": "technology", "universitie": "university", "municipalitie": "municipality", "childrens": "child",
    "children": "child", "companie": "company", "countrie": "country", "familie": "family", "societie": "society",
    "enquiry": "inquiry", "licencing": "licensing", "judiciary": "judicial", "gb": "britain", "ni": "northern ireland",
    "uk": "united kingdom", "us": "united states", "usa": "united states", "eu": "european union",
}  # fmt: skip
# Words that tell two bodies apart which else have one name.
OPPOSITES: Final = (
    _words("north south east west northern southern eastern western central"),
    _words("upper lower"),
    _words("first second third"),
    _words("internal external interior exterior"),
)
