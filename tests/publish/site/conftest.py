"""Sites of the bundled data and of hostile data, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecosystem.api import Ecosystem
from ecosystem.api import open as open_ecosystem
from ecosystem.api.site import publish

EVIL = "</script><script>window.__pwned = 1</script><img src=x onerror='window.__pwned = 2'>"
HOSTILE = f'''
@prefix id: <https://w3id.org/ecosystem-mapper/id/> .
@prefix eco: <https://w3id.org/ecosystem-mapper/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
id:index a eco:Ministry ; rdfs:label "{EVIL}" ; eco:acronym "{{{{ 7 * 7 }}}}" ; dcterms:description "{EVIL}" ;
  eco:country country:CHL ; foaf:homepage <javascript:alert(1)> ; dcterms:identifier "{EVIL}" .
<https://w3id.org/ecosystem-mapper/id/../../../etc/passwd> a eco:Ministry ; rdfs:label "dots" .
<https://example.org/%2e%2e%2fCON> a eco:Ministry ; rdfs:label "per cent \\u202e rtl" .
<https://example.org/con> a eco:Ministry ; rdfs:label "device" ; foaf:homepage <data:text/html,x> .
id:CON a eco:Ministry ; rdfs:label "big" .
id:con a eco:Ministry ; rdfs:label "small" .
<https://example.org/ñandú?q=1&r='#"frag> a eco:Challenge ; rdfs:label "sign" .
id:source-x a eco:Source ; rdfs:label "{EVIL}" ; foaf:page <javascript:alert(2)> .
id:r1 a eco:Relationship ; rdf:subject id:index ; rdf:predicate eco:funds ; rdf:object id:con ;
  prov:wasDerivedFrom id:source-x ; eco:locator "{EVIL}" ; eco:statement "{EVIL}" .
id:index eco:funds id:con .
id:r2 a eco:Relationship ; rdf:subject id:con ; rdf:predicate eco:funds ; rdf:object id:CON .
id:con eco:funds id:CON .
id:set a dcat:Dataset ; dcterms:title "{EVIL}" ; dcterms:description "{EVIL}" ; dcterms:license "{EVIL}" ;
  dcterms:publisher "{EVIL}" ; dcterms:issued "{EVIL}" .
<javascript:alert(3)> a eco:Ministry ; rdfs:label "script" ; eco:country country:PER .
id:r3 a eco:Relationship ; rdf:subject <javascript:alert(3)> ; rdf:predicate eco:partnersWith ; rdf:object id:index ;
  prov:wasDerivedFrom <data:text/html,x> ; eco:locator "00:01:00" .
<javascript:alert(3)> eco:partnersWith id:index .
<data:text/html,x> a eco:Source ; rdfs:label "data" ; foaf:page <data:text/html,x> .
'''.replace("""'#"frag""", "")


@pytest.fixture(scope="session")
def site(opsi: Ecosystem, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "opsi"
    publish(opsi, folder)
    return folder


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    data = folder / "<img src=x onerror=alert(4)>.ttl"
    data.write_text(HOSTILE, encoding="utf-8")
    publish(open_ecosystem(data), folder / "site", title=EVIL)
    return folder / "site"
