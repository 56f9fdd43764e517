"""Text that tries to become a script, in every text field of a project."""

# Each would set `window.probe` if it ran.
PAYLOADS: tuple[str, ...] = (
    "<script>window.probe=1</script>",
    '"><script>window.probe=1</script>',
    "'><script>window.probe=1</script>",
    "</title><script>window.probe=1</script>",
    "</textarea><script>window.probe=1</script>",
    "</style></script><script>window.probe=1</script>",
    "--><script>window.probe=1</script><!--",
    "]]><script>window.probe=1</script>",
    "<img src=x onerror=window.probe=1>",
    '" autofocus onfocus=window.probe=1 x="',
    "' onmouseover='window.probe=1",
    "<svg onload=window.probe=1>",
    "<svg><script>window.probe=1</script></svg>",
    "<details open ontoggle=window.probe=1>",
    "<iframe srcdoc='<script>parent.probe=1</script>'></iframe>",
    "javascript:window.probe=1",
    "<a href=javascript:window.probe=1>klikk</a>",
    "{{ probe }}{% load x %}${window.probe=1}",
    "<div hx-on:load='window.probe=1' hx-get='/' hx-trigger='load'>x</div>",
    "&lt;script&gt;window.probe=1&lt;/script&gt;<ScRiPt>window.probe=1</sCrIpT>",
)


def key(number: int) -> str:
    """The project that holds this payload."""
    return f"fiendtlig-{number}"


def project(number: int) -> dict[str, object]:
    """A project whose every text is the payload."""
    text = PAYLOADS[number]
    texts = {"nb": text, "nn": text, "en": text}
    return {
        "id": key(number),
        "title": text,
        "title_nn": text,
        "title_en": text,
        "summary": texts,
        "owner": "Ullensaker kommune",
        "partners": ["Akershus universitetssykehus"],
        "awarded": {"year": 2025, "round": 1},
        "status": "ongoing",
        "phase_note": text,
        "contact_role": text,
        "source": text,
        "themes": ["digital hjemmeoppfølging"],
        "phases": [{"phase": "piloting", "on": "2025-01", "note": text, "source": text}],
        "figures": {"patients": {"value": text, "unit": text[:60], "source": text}},
        "log": [{"on": "2025-02", **texts, "source": text}],
        "milestones": [{"title": text, "planned": "2026"}],
        "deliverables": [{"title": text, "url": "https://example.invalid/", "on": "2025"}],
        **({"continues": key(number - 1)} if number else {}),
    }


def portfolio() -> dict[str, object]:
    """The file that brings them in."""
    return {"projects": [project(number) for number in range(len(PAYLOADS))]}


# Changes by hand, so that the history has such text before and after.
EDITS = """
from helsevev.network.portfolio.actions import change
from helsevev.network.portfolio.models import Project
for project in Project.objects.select_related("initiative"):
    text = project.initiative.title
    change(project, {"summary_nb": f"{text} {text}", "phase_note": f"Ny: {text}"}, "system:walks", note=text)
"""
