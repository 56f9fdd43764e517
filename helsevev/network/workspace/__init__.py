"""The Roadmap workspace (arbeidsrom): phases and gates, a plan, a guide, and words that all parties have signed."""
