"""How a residual may be shared (fordelingsnøkler), in words."""

from collections.abc import Mapping

from helsevev.core.words import gettext_noop

KEY_NAMES: Mapping[str, str] = {
    "plan": gettext_noop("By planned bills"),
    "equal": gettext_noop("Equally"),
    "adults": gettext_noop("By adults"),
    "eligible": gettext_noop("By eligible"),
    "volume": gettext_noop("By what was used"),
    "fund": gettext_noop("Into a common fund"),
}
