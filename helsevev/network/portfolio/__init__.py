"""Portfolio (portefølje): the open face of every initiative, and the tools of those who keep it."""
