"""Pilots that can teach (utprøving): protocol, inclusions, forecast, result, and the experience offered."""
