"""What somebody agrees to who subscribes (samtykke); the words are kept with them as they were shown."""

from helsevev.core.words import gettext_noop

CONSENT = gettext_noop(
    "I want the newsletter by e-mail, about once a month. My address is used for this alone, and is deleted when I "
    "unsubscribe. How many open a link in a letter is counted, without anybody knowing who."
)
