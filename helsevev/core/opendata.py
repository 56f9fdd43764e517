"""Open data described for machines (datakatalog): DCAT-AP as JSON-LD, which data.norge.no and others gather. Pure.

A catalogue has datasets, and these have files: https://data.norge.no/specification/dcat-ap-no says what each must tell.
Codes are those of the EU's authority tables: file types, frequencies, themes, access rights, languages, licences.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helsevev.core.tables import XLSX

EU = "http://publications.europa.eu/resource/authority/"
# The licence that the Norwegian Digitalisation Agency advises for open public data.
LICENCE_NAME = "CC BY 4.0"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LANGUAGES: Mapping[str, str] = {"nb": "NOB", "nn": "NNO", "en": "ENG"}
CONTEXT: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
# The file type's code, and its media type at IANA.
FORMS: Mapping[str, tuple[str, str]] = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("XLSX", XLSX),
    "json": ("JSON", "application/json"),
}

Node = dict[str, Any]
# A marked text in a language.
Say = Callable[[str, str], str]


@dataclass(frozen=True)
class Dataset:
    """A set of open data (datasett): marked texts, the page that shows it, and its files' addresses by form."""

    name: str
    title: str
    description: str
    keywords: tuple[str, ...]
    page: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class Catalogue:
    """A site's open data: the catalogue's own address, marked texts, and who answers for it."""

    address: str
    title: str
    description: str
    publisher: str
    home: str
    email: str
    sets: Sequence[Dataset]


def described(catalogue: Catalogue, say: Say) -> Node:
    """The catalogue as one JSON-LD document."""
    return {"@context": dict(CONTEXT), "@graph": _Writer(catalogue, say).nodes()}


@dataclass(frozen=True)
class _Writer:
    catalogue: Catalogue
    say: Say

    def nodes(self) -> list[Node]:
        whole = self.catalogue
        top = {
            "@id": whole.address,
            "@type": "dcat:Catalog",
            "dct:title": self.said(whole.title),
            "dct:description": self.said(whole.description),
            "dct:publisher": self.here("publisher"),
            "dct:license": {"@id": LICENCE},
            "dct:language": [{"@id": f"{EU}language/{code}"} for code in LANGUAGES.values()],
            "dcat:dataset": [self.here(one.name) for one in whole.sets],
        }
        publisher = {
            **self.here("publisher"),
            "@type": "foaf:Agent",
            "foaf:name": whole.publisher,
            "foaf:homepage": {"@id": whole.home},
        }
        files = [self.file(one, form) for one in whole.sets for form in one.files]
        return [top, publisher, *map(self.dataset, whole.sets), *files]

    def dataset(self, one: Dataset) -> Node:
        whole = self.catalogue
        contact = {
            "@type": "vcard:Organization",
            "vcard:fn": whole.publisher,
            "vcard:hasEmail": {"@id": f"mailto:{whole.email}"},
        }
        return {
            **self.here(one.name),
            "@type": "dcat:Dataset",
            "dct:identifier": f"{whole.address}#{one.name}",
            "dct:title": self.said(one.title),
            "dct:description": self.said(one.description),
            "dcat:keyword": [word for each in one.keywords for word in self.said(each)],
            "dcat:theme": {"@id": f"{EU}data-theme/HEAL"},
            "dct:accessRights": {"@id": f"{EU}access-right/PUBLIC"},
            "dct:accrualPeriodicity": {"@id": f"{EU}frequency/CONT"},
            "dct:publisher": self.here("publisher"),
            "dcat:contactPoint": contact,
            "dcat:landingPage": {"@id": one.page},
            "dcat:distribution": [self.here(f"{one.name}-{form}") for form in one.files],
        }

    def file(self, one: Dataset, form: str) -> Node:
        code, media = FORMS[form]
        return {
            **self.here(f"{one.name}-{form}"),
            "@type": "dcat:Distribution",
            "dct:title": self.said(one.title),
            "dct:license": {"@id": LICENCE},
            "dct:format": {"@id": f"{EU}file-type/{code}"},
            "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
            "dcat:accessURL": {"@id": one.files[form]},
            "dcat:downloadURL": {"@id": one.files[form]},
        }

    def here(self, name: str) -> Node:
        return {"@id": f"{self.catalogue.address}#{name}"}

    def said(self, text: str) -> list[Node]:
        return [{"@value": self.say(text, language), "@language": language} for language in LANGUAGES]
