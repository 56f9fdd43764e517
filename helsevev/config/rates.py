"""How often one caller may knock at doors where an answer costs much, in each web process."""

import re

from helsevev.config import environment as env
from helsevev.core.rates import Rate

RATES = [
    (re.compile(r"^/api/"), Rate("api", env.whole("HELSEVEV_API_PER_MINUTE", 120))),
    (re.compile(r"^/\w\w/portfolio/export\."), Rate("export", env.whole("HELSEVEV_EXPORTS_PER_MINUTE", 20))),
    (re.compile(r"^/\w\w/portfolio/feed\."), Rate("feed", env.whole("HELSEVEV_FEEDS_PER_MINUTE", 60))),
    (re.compile(r"^/\w\w/comments/"), Rate("comments", env.whole("HELSEVEV_COMMENT_PAGES_PER_MINUTE", 60))),
    (re.compile(r"^/\w\w/newsletter/subscribe/"), Rate("newsletter", 60)),
    # A ward may answer from one address; a program that fills a survey's open link is slowed.
    (re.compile(r"^/\w\w/surveys/o/"), Rate("answers", 120)),
]
