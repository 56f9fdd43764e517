"""The rooms of each wing: the last stage first, as it reads those after it."""

WINGS = {
    "network": [
        "helsevev.network.annual_report",
        "helsevev.network.visits",
        "helsevev.network.newsletter",
        "helsevev.network.surveys",
        "helsevev.network.events",
        "helsevev.network.assessment",
        "helsevev.network.applications",
        "helsevev.network.piloting",
        "helsevev.network.workspace",
        "helsevev.network.guidance",
        "helsevev.network.portfolio",
    ],
    "knowledge": ["helsevev.knowledge.comments", "helsevev.knowledge.search", "helsevev.knowledge.pages"],
    "toolbox": ["helsevev.toolbox.pricing"],
    "services": [],
}
