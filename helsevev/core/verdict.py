"""How a check tells what it found to whoever called it: a person's shell, or the check of everything."""


class Found(SystemExit):
    """Raised at the end of a check that found faults (funn); the shell sees exit code 1."""

    def __init__(self, count: int) -> None:
        """Keep how many there were."""
        self.count = count
        super().__init__(1 if count else 0)
