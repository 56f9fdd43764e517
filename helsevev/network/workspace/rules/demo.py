"""What a demonstration shows of a workspace: the case of going home early after birth. Pure.

The project is real, and so are the dates and figures that it has published. Everyone who acts in it here is invented,
and so are the texts that they sign: this is how the words could have been clarified.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

CASE = "sus-barsel"
MUNICIPALITY, HOSPITAL = "stavanger-kommune", "kvinneklinikken-stavanger"

WORD = {
    "name": "tidlig hjemreise",
    "also": "tidleg heimreise\ntidlig hjem",
    "why": "Ordet avgjør hvem som kan bli med i piloten.",
}
DEFINITIONS: Mapping[str, str] = {
    MUNICIPALITY: "Mor og barn reiser hjem innen 24 timer etter fødselen, regnet fra klokkeslettet da barnet ble født.",
    HOSPITAL: "Mor og barn reiser hjem på 1. dag. Fødselsdøgnet telles ikke, så det kan gå mer enn 24 timer.",
}
# Each example with what the municipality and the hospital answer, and what the text that both sign says.
EXAMPLES: tuple[tuple[str, str, str, str], ...] = (
    ("Født kl. 02.00, hjem kl. 07.00 neste dag (29 timer)", "out", "in", "in"),
    ("Født kl. 14.00, hjem kl. 12.00 neste dag (22 timer)", "in", "in", "in"),
    ("Født kl. 10.00, hjem kl. 20.00 neste dag (34 timer)", "out", "in", "in"),
    ("Født kl. 08.00, hjem kl. 20.00 samme dag (12 timer)", "in", "unsure", "in"),
    ("Født kl. 23.30, hjem kl. 08.00 to dager etter (32 ½ time)", "out", "out", "out"),
)
FIRST_TEXT = "Mor og barn reiser hjem innen 24 timer etter fødselen."
SECOND_TEXT = (
    "Mor og barn reiser hjem før midnatt dagen etter fødselsdagen, uansett klokkeslett for fødselen. "
    "Fødselsdagen er datoen barnet ble født."
)
SECOND_REASON = "Oppdiktet for demonstrasjonen: eksemplene viste at de 24 timene ble lest på to måter."

OTHER_WORD = {
    "name": "pilot",
    "also": "piloten\npilotprosjektet",
    "why": "Partene har ment ulike ting om hva som kan endres mens en pilot pågår.",
}
OTHER_DEFINITIONS: Mapping[str, str] = {
    MUNICIPALITY: "En utprøving slik den er avtalt, uten endringer før den er ferdig.",
    HOSPITAL: "En utprøving som justeres underveis når tallene viser at den ikke lærer oss nok.",
}
OTHER_TEXT = (
    "En utprøving med et spørsmål, et minste antall deltakere og en siste dag. Den kan justeres på dager som er "
    "avtalt på forhånd, når begge parter skriver under på endringen."
)

STAKEHOLDERS: tuple[tuple[str, int, int, str, str], ...] = (
    ("Kommunejordmødrene", 4, 5, "worried", "Møt dem på eget personalmøte, og ta med tallene for tidsbruk."),
    ("Ledelsen ved Kvinneklinikken", 5, 5, "supports", "Eier klinikkens del, møter i styringsgruppen."),
    ("Barselavdelingen", 5, 4, "supports", "Informerer mødrene og sørger for dokumentasjon."),
    ("Virksomhetsleder for helsestasjonene", 3, 5, "waits", "Får kostnader og bemanning lagt fram før hvert valg."),
    ("Tillitsvalgte i kommunen", 3, 4, "waits", "Med når arbeidstid og oppgaver drøftes."),
    ("Helsesykepleierne", 3, 3, "worried", "Får beskjed når et barn er med i prosjektet."),
    ("Familier med nyfødte", 5, 3, "supports", "Intervju og spørreundersøkelse."),
    ("Brukerpanelet ved klinikken", 4, 2, "supports", "Én representant i prosjektgruppen."),
    ("Samhandlingsavdelingen", 4, 3, "supports", "Praksiskonsulentene binder nivåene sammen."),
    ("Legevakten", 2, 2, "unknown", "Orienteres før oppstart."),
)
RISKS: tuple[tuple[str, int, int, str, str, date | None], ...] = (
    ("For få mødre blir med til at piloten kan lære oss noe", 5, 4, "Prosjektleder",
     "Avtal et minste antall, og se på tempoet på faste dager.", date(2025, 1, 24)),
    ("Partene leser tidlig hjemreise på to måter", 4, 5, "Begge ledere", "Avklar ordet på eksempler før piloten.",
     date(2024, 10, 1)),
    ("Hver jordmor får for lite trening i nyfødtscreening", 4, 3, "Jordmortjenesten", "Samle besøkene på færre.",
     date(2025, 3, 27)),
    ("Ferier gir for få jordmødre på vakt", 3, 4, "Jordmortjenesten", "Høyere grunnbemanning i ferieukene.", None),
    ("Ansatte opplever prosjektet som påtvunget", 3, 4, "Prosjektgruppen", "Legg det fram på personalmøtene.", None),
    ("Screening i helgen krever tur til sykehuset", 3, 2, "Barselpoliklinikken", "Avtal tid før hjemreise.", None),
)  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """A task or milestone of the case, with the dates that the project has published."""

    title: str
    kind: str
    phase: str
    owner: str
    starts: date | None
    ends: date | None
    done: bool = True


PLAN: tuple[Planned, ...] = (
    Planned("Spørreundersøkelse til gravide og nybakte mødre", "task", "insight", "Kvinneklinikken",
            date(2022, 10, 20), date(2024, 2, 28)),
    Planned("Oppstartsmøte for veiledningen", "milestone", "anchoring", "Prosjektleder", None, date(2023, 9, 25)),
    Planned("Oppstartsmøte med kommunen", "milestone", "anchoring", "Prosjektleder", None, date(2023, 11, 8)),
    Planned("Forberede piloten", "task", "service_development", "Prosjektgruppen", date(2023, 11, 9),
            date(2024, 10, 27)),
    Planned("Pilot", "task", "piloting", "Begge parter", date(2024, 10, 28), date(2025, 6, 13)),
    Planned("Første hjemmebesøk", "milestone", "piloting", "Jordmortjenesten", None, date(2024, 11, 20)),
    Planned("Styringsgruppen ser på tallene", "milestone", "piloting", "Styringsgruppen", None, date(2025, 1, 24)),
    Planned("Sluttevaluering", "milestone", "piloting", "Prosjektleder", None, date(2025, 9, 4)),
    Planned("Oppdatere heftet som familiene får i uke 36", "task", "transition_to_operation", "Jordmortjenesten",
            None, None, done=False),
)  # fmt: skip

# Gates: the answers to their criteria, and what each level decided.
INSIGHT = {
    "heard": "782 svar på spørreundersøkelsen. En brukerrepresentant sitter i prosjektgruppen.",
    "today": "Tegnet på veggen i workshopen høsten 2023, med begge nivåer til stede.",
    "causes": "Hjemreise følger rutinene på barsel, ikke familiens behov.",
    "size": "14 prosent av dem som svarte kunne tenke seg å reise på første døgn; for Stavanger anslått til 10.",
}
INSIGHT_TERMS: tuple[tuple[str, date], ...] = (
    ("Hent tall på hvor mange som reiser hjem på 1. dag i dag.", date(2024, 4, 30)),
    ("Avklar hva tidlig hjemreise betyr, til begge nivåer svarer likt på eksemplene.", date(2024, 9, 30)),
)
INSIGHT_PASSED = "Innsikten er god nok til å lage en løsning."
INSIGHT_ON_TERMS = "Vi går videre når partene vet hvem de snakker om."
INSIGHT_MET = "Hentet fra barselavdelingens egne tall."
PILOT_ONE = {
    "answer": "17 mødre har fått hjemmebesøk etter 22 uker. Det er for få til å svare.",
    "enough": "Nei. 30 reiste på 1. dag, men etter 24 timer, og kunne ikke bli med.",
    "heard": "De mødrene vi har snakket med, er fornøyde. Jordmødrene melder om 10–15 minutter mer enn beregnet.",
    "decision": "Partene er ikke enige om å endre hvem som kan bli med.",
}
# The criteria that weren't met each time; there the text says what is planned.
PILOT_ONE_UNMET = frozenset({"answer", "enough", "decision"})
PILOT_TWO_UNMET = frozenset({"enough"})
PILOT_BACK = "For få er med til å lære av. Bli enige om ordet og om hvem som kan bli med, og kom tilbake."
PILOT_TWO = {
    "answer": "28 mødre fikk hjemmebesøk på 7 ½ måned, og 19 barn fikk screening hjemme.",
    "enough": "Et minste antall ble aldri satt. 28 er under én i uken.",
    "heard": "8 intervju og 9 svar på spørreskjema fra mødre; evalueringsmøte 4. september 2025.",
    "decision": "Begge parter vil ta med informasjonen inn i det vanlige tilbudet, og ikke hjemmebesøkene.",
}
