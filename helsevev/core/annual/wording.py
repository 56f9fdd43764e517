"""What each figure is called and means. A key that ends in a code takes the words of its family."""

from collections.abc import Mapping
from dataclasses import dataclass

from helsevev.core.words import gettext_noop

TOTAL_DIFFERS = gettext_noop("The source's headline and its own list differ; %(listed)s projects are listed.")
ROWS_STATE_LESS = gettext_noop(
    "The source gives the total alone. Counted are the projects whose own text states it, so the two can differ."
)
REGIONS_UNNAMED = gettext_noop("The source's chart doesn't say which region this bar is.")
ROUNDS_UNSTATED = gettext_noop("No project states in which of the year's rounds it was awarded.")
RESOURCES_HERE = gettext_noop("Counted are the pages of the knowledge bank that were published in the year.")
NO_ROWS = gettext_noop("The source states the number and lists none of them.")
GROWTH = gettext_noop("Counted is what the source's own followers and new followers give.")
COMPETENCE = gettext_noop("Counted is the sum of the three highest levels; the third of them is “to some degree”.")
APPROXIMATE = gettext_noop("The source says about, at least or just above.")
N_UNSTATED = gettext_noop("n not stated by the source.")
N_COUNTED = gettext_noop("n = %(n)s.")
N_INVITED = gettext_noop("n = %(n)s of %(invited)s invited.")
N_FITS = gettext_noop("Of 5 to 40 answers only %(n)s would give these percentages.")

PROJECTS, PERCENT = gettext_noop("projects"), gettext_noop("percent")
MEETINGS, FOLLOWERS = gettext_noop("meetings"), gettext_noop("followers")
VISITS, RESOURCES = gettext_noop("visits"), gettext_noop("resources")
HOURS, PEOPLE = gettext_noop("hours"), gettext_noop("people")


@dataclass(frozen=True)
class Said:
    """A figure's words: what it is called, what it means, and its unit."""

    label: str
    definition: str
    unit: str


EXACT: Mapping[str, Said] = {
    "projects.total": Said(
        gettext_noop("Projects in guidance"),
        gettext_noop(
            "Projects awarded in or before %(year)s, up to the last year that any source speaks of them. "
            "This is the list in the appendix."
        ),
        PROJECTS,
    ),
    "projects.new": Said(
        gettext_noop("Awarded in the year"), gettext_noop("Projects of the appendix awarded in %(year)s."), PROJECTS
    ),
    "projects.active": Said(
        gettext_noop("Active at the turn of the year"),
        gettext_noop("Projects of the appendix whose status is ongoing when %(year)s ends."),
        PROJECTS,
    ),
    "projects.innovation": Said(
        gettext_noop("New innovations"),
        gettext_noop("Projects of the appendix that state that they make something new."),
        PROJECTS,
    ),
    "projects.spread": Said(
        gettext_noop("Spread of others' innovations"),
        gettext_noop("Projects of the appendix that state that they take up another's model."),
        PROJECTS,
    ),
    "projects.kind_not_stated": Said(
        gettext_noop("New or spread not stated"),
        gettext_noop("Projects of the appendix for which no source says whether they are new or spread."),
        PROJECTS,
    ),
    "projects.moved_on": Said(
        gettext_noop("Moved on along the Roadmap"),
        gettext_noop("Projects of the appendix that came to a later phase in %(year)s, each counted once."),
        PROJECTS,
    ),
    "projects.moved_back": Said(
        gettext_noop("Went back a phase"),
        gettext_noop("Projects of the appendix that took up an earlier phase again in %(year)s, each counted once."),
        PROJECTS,
    ),
    "hours.granted": Said(
        gettext_noop("Hours of guidance granted"),
        gettext_noop("What projects were granted in %(year)s, with additions and less what was handed back."),
        HOURS,
    ),
    "hours.used": Said(
        gettext_noop("Hours of guidance given"),
        gettext_noop("What was entered as used in the projects' ledgers in %(year)s."),
        HOURS,
    ),
    "projects.fonna_new_regions": Said(
        gettext_noop("New regions with Helse Fonna's pathways"),
        gettext_noop("Regions that took up the pathways for children and young people during %(year)s."),
        gettext_noop("regions"),
    ),
    "rounds.held": Said(
        gettext_noop("Rounds of applications"),
        gettext_noop("Rounds of %(year)s in which projects of the appendix were awarded."),
        gettext_noop("rounds"),
    ),
    "meetings.webinars": Said(gettext_noop("Webinars"), gettext_noop("Webinars held in %(year)s."), MEETINGS),
    "meetings.network": Said(
        gettext_noop("Network meetings"), gettext_noop("Network meetings held in %(year)s."), MEETINGS
    ),
    "meetings.national": Said(
        gettext_noop("National meeting places"),
        gettext_noop("National meeting places for digital home follow-up held in %(year)s."),
        MEETINGS,
    ),
    "courses.intro": Said(
        gettext_noop("Courses for new projects"), gettext_noop("Courses for new projects held in %(year)s."), MEETINGS
    ),
    "meetings.seminars": Said(gettext_noop("Seminars"), gettext_noop("Seminars held in %(year)s."), MEETINGS),
    "podcast.episodes": Said(
        gettext_noop("Podcast episodes"), gettext_noop("Episodes that came out in %(year)s."), gettext_noop("episodes")
    ),
    "participants.registered": Said(
        gettext_noop("Registered for meetings"),
        gettext_noop("Places held when the meetings of %(year)s began. Whoever registered for two counts twice."),
        PEOPLE,
    ),
    "participants.attended": Said(
        gettext_noop("Came to meetings"),
        gettext_noop("Checked in or named by the meeting's log in %(year)s. Whoever came to two counts twice."),
        PEOPLE,
    ),
    "participants.watched": Said(
        gettext_noop("Watched a recording"),
        gettext_noop("Times that recordings of the meetings of %(year)s were watched."),
        gettext_noop("times"),
    ),
    "resources.experiences": Said(
        gettext_noop("Project experiences published"), gettext_noop("Published in %(year)s."), RESOURCES
    ),
    "resources.tools": Said(
        gettext_noop("Tools and templates published"), gettext_noop("Published in %(year)s."), RESOURCES
    ),
    "resources.recordings": Said(
        gettext_noop("Recordings and episodes published"), gettext_noop("Published in %(year)s."), RESOURCES
    ),
    "resources.reports": Said(
        gettext_noop("Reports and research published"), gettext_noop("Published in %(year)s."), RESOURCES
    ),
    "newsletter.subscribers": Said(
        gettext_noop("Subscribers to the newsletter"),
        gettext_noop("Addresses that get the newsletter when %(year)s ends."),
        gettext_noop("subscribers"),
    ),
    "newsletter.click_rate_pct": Said(
        gettext_noop("Click rate of the newsletter"),
        gettext_noop("Share of delivered newsletters in which a link was clicked."),
        PERCENT,
    ),
    "web.new_visitors_pct": Said(gettext_noop("New visitors"), gettext_noop("Share of visits in %(year)s."), PERCENT),
    "web.returning_visitors_pct": Said(
        gettext_noop("Returning visitors"), gettext_noop("Share of visits in %(year)s."), PERCENT
    ),
    "web.pc_pct": Said(gettext_noop("Visits by computer"), gettext_noop("Share of visits in %(year)s."), PERCENT),
    "web.mobile_tablet_pct": Said(
        gettext_noop("Visits by phone or tablet"), gettext_noop("Share of visits in %(year)s."), PERCENT
    ),
    "web.search_or_direct_pct": Said(
        gettext_noop("Visits by search or straight to the address"),
        gettext_noop("Share of visits in %(year)s."),
        PERCENT,
    ),
    "survey.competence.at_least_some": Said(
        gettext_noop("Competence meets the needs, at least to some degree"),
        gettext_noop("Share of the answers of the three highest levels."),
        PERCENT,
    ),
}
NAME = "%(name)s"  # the code's own name in the reader's language
NOT_STATED = gettext_noop("Projects of the appendix for which no source states it.")
FAMILIES: Mapping[str, Said] = {
    "projects.by_region.not_stated": Said(gettext_noop("Region not stated"), NOT_STATED, PROJECTS),
    "projects.by_phase.not_stated": Said(gettext_noop("Phase not stated"), NOT_STATED, PROJECTS),
    "projects.by_patient_group.not_stated": Said(gettext_noop("Patient group not stated"), NOT_STATED, PROJECTS),
    "projects.by_region_figure.": Said(
        gettext_noop("Bar %(name)s of the source's chart of regions"),
        gettext_noop("As drawn in the source."),
        PROJECTS,
    ),
    "projects.by_region.": Said(
        NAME,
        gettext_noop("Projects of the appendix in this health region. One in two regions counts in both."),
        PROJECTS,
    ),
    "projects.by_phase.": Said(
        NAME,
        gettext_noop("Projects of the appendix in this phase of the Roadmap on the report's last day."),
        PROJECTS,
    ),
    "projects.reached.": Said(
        gettext_noop("Came to: %(name)s"),
        gettext_noop("Projects of the appendix that came to this phase in %(year)s, from an earlier or a later one."),
        PROJECTS,
    ),
    "projects.by_patient_group.": Said(
        NAME,
        gettext_noop("Projects of the appendix for this patient group. One for two groups counts in both."),
        PROJECTS,
    ),
    "web.visits.": Said(
        gettext_noop("Visits, %(name)s"), gettext_noop("Visits to the site in this quarter of %(year)s."), VISITS
    ),
    "web.unique.": Said(
        gettext_noop("Unique visitors, %(name)s"),
        gettext_noop("Visitors told apart in this quarter of %(year)s."),
        gettext_noop("visitors"),
    ),
    "web.channels.": Said(NAME, gettext_noop("Share of visits in %(year)s that came this way."), PERCENT),
    ".followers": Said(
        gettext_noop("%(channel)s: followers"), gettext_noop("Followers when %(year)s ends."), FOLLOWERS
    ),
    ".new": Said(gettext_noop("%(channel)s: new followers"), gettext_noop("Gained during %(year)s."), FOLLOWERS),
    ".growth_pct": Said(
        gettext_noop("%(channel)s: growth"),
        gettext_noop("New followers in percent of those there were when %(year)s began."),
        PERCENT,
    ),
    ".reach": Said(gettext_noop("%(channel)s: reach"), gettext_noop("People reached in a month."), PEOPLE),
    "survey.": Said(NAME, gettext_noop("Share of the answers."), PERCENT),
}


def of(key: str) -> Said:
    """The words of a figure."""
    if key in EXACT:
        return EXACT[key]
    for family, said in FAMILIES.items():
        if key.startswith(family) or (family.startswith(".") and key.endswith(family)):
            return said
    raise KeyError(key)
