"""What a demonstration says of the case's pilot: its real figures, with everything around them invented and said so."""

from datetime import date, timedelta
from itertools import pairwise

CASE, MUNICIPALITY, HOSPITAL = "sus-barsel", "stavanger-kommune", "kvinneklinikken-stavanger"
FIRST, LAST = date(2024, 10, 28), date(2025, 6, 13)
# Real: so many were included by these days, and left out by the second. The weeks between are spread evenly.
KNOWN = ((date(2024, 11, 17), 0), (date(2025, 1, 9), 7), (date(2025, 3, 27), 17), (LAST, 28))
LEFT_OUT = ((FIRST, 0), (date(2025, 3, 27), 30), (LAST, 30))
PLANNED, LEAST = 108, 60
NOTE = (
    "Tallene 7, 17 og 28 inkluderte og 30 som dro for sent, er prosjektets egne. Hvordan de falt på ukene mellom, er "
    "ikke oppgitt: her er de fordelt jevnt. Protokollen, minste antall 60 og navnene er oppdiktet. I piloten gjaldt 24 "
    "timer etter fødsel; ordet slik det er avklart her, kom for sent."
)
TOO_LATE, FAR = "Reiste hjem på første dag, men etter 24 timer", "Bor utenfor fastlands-Stavanger"
PROTOCOL = {
    "question": "Er hjemreise innen 24 timer med hjemmebesøk av kommunejordmor trygt for friske mødre og barn?",
    "population": "Friske mødre i fastlands-Stavanger med friske barn født til termin. 1 077 fødte i perioden.",
    "planned": PLANNED,
    "least": LEAST,
    "expected": 90,
    "reasoning": (
        "10 prosent av 1 077 fødende gir 108 på 228 dager, 3,3 i uken. Med 60 blir intervallet rundt 90 prosent "
        "trygge om lag 17 prosentpoeng bredt, og 90 prosent kan skilles fra 78 prosent eller lavere."
    ),
    "first": FIRST.isoformat(),
    "last": LAST.isoformat(),
    "measures": [
        {
            "name": "Trygghet etter hjemreise",
            "indicator": "Andel mødre som svarer at de var trygge den første uken",
            "baseline": "Ikke målt",
            "target": "90 prosent",
            "source": "Anonymt spørreskjema",
        },
        {
            "name": "Færre reiser for familien",
            "indicator": "Andel barn som får nyfødtscreening tatt hjemme",
            "baseline": "0",
            "target": "80 prosent",
            "source": "Jordmødrenes telling",
        },
    ],
    "rules": [
        {
            "sort": "adjust",
            "when": "Prognosen sier under 20 av 100 for å nå 60",
            "then": "Partene vurderer grensen på 24 timer innen to uker",
        },
        {
            "sort": "adjust",
            "when": "Hjemmebesøkene tar mer enn 150 minutter i snitt",
            "then": "Færre oppgaver per besøk",
        },
        {
            "sort": "stop",
            "when": "Fire reinnleggelser blant de 28 første",
            "then": "Ingen flere inkluderes før gjennomgang",
        },
    ],
    "reviews": [
        {"on": "2025-01-09", "what": "Takt, årsaker til at noen ikke blir med, tidsbruk"},
        {"on": "2025-03-27", "what": "Takt, trygghet, tidsbruk"},
        {"on": "2025-06-13", "what": "Avslutning"},
    ],
}
RESOURCES = {
    HOSPITAL: ("Informasjon på barsel, opplæring i blodprøve, utstyr", 220),
    MUNICIPALITY: ("Hjemmebesøk på 120 minutter, halv dag opplæring for hver jordmor", 480),
}
REVIEWS = (
    (
        date(2025, 1, 9),
        date(2025, 1, 24),
        "Få er inkludert. Sykehuset ville utvide til første dag; kommunen har ikke folk. Fortsetter som avtalt.",
    ),
    (
        date(2025, 3, 27),
        date(2025, 4, 1),
        "Tretti dro på første dag, men etter grensen. Kommunen ønsker ikke å endre kriteriet. Fortsetter som avtalt.",
    ),
)
LEARNED = (
    "Partene leste grensen på 24 timer ulikt, og oppdaget det sent. 28 mødre ble med, og 30 dro på første dag, men for "
    "sent til å bli med. Et minste antall og en regel for å justere ville gjort det tydelig i januar."
)
REASON = (
    "Hjemmebesøkene føres ikke videre i denne formen. Poliklinikken for barsel og opplæringen i blodprøve fortsetter."
)
OTHERS = (
    "Avklar ordene på begge nivåer før dere begynner. Sett et minste antall, og avtal hvem som kan endre "
    "kriteriene, og når. Prøv på dem som har størst behov."
)
SCREENED = ("Andel barn som fikk nyfødtscreening tatt i piloten", 19, 28)
EXPERIENCE = {
    "goal": "Finne ut hva som gjør tidlig hjemreise trygg, og hvor stort behovet er.",
    "failed": LEARNED,
    "costs": "Mest gikk med til møter, prosedyrer og planlegging. Utstyret kostet lite.",
}


def by_day(points: tuple[tuple[date, int], ...], day: date) -> int:
    """How many there were by a day, evenly between the days that are known."""
    if day <= points[0][0]:
        return points[0][1]
    for (start, before), (end, after) in pairwise(points):
        if day <= end:
            return before + (after - before) * (day - start).days // (end - start).days
    return points[-1][1]


def looks() -> list[date]:
    """The last day of each week, and the days on which the count is known."""
    sundays = [FIRST + timedelta(days=6 + 7 * week) for week in range(33)]
    return sorted({*(day for day in sundays if day < LAST), *(day for day, _count in KNOWN[1:])})
