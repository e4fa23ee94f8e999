"""Whether data are what the ontology says they should be: its vocabulary first, then its SHACL shapes.

A misspelt class passes every shape, because no shape aims at it; unknown terms of our namespaces are therefore
looked for before anything else. Shapes see data and ontology together and nothing is inferred, so that a wrong
record cannot be reasoned into a right one. Each constraint becomes one query that the store answers for all it holds;
pySHACL is the second opinion that tests hold the queries to, and is asked where a shape has no form as queries.
"""

from ecosystem.validation.checking import check_ontology, check_shapes, validate
from ecosystem.validation.findings import SEVERITIES, Finding, Origins
from ecosystem.validation.report import report
from ecosystem.validation.results import Result

__all__ = ["SEVERITIES", "Finding", "Origins", "Result", "check_ontology", "check_shapes", "report", "validate"]
