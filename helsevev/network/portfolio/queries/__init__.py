"""Every question asked of the portfolio, shaped for its reader."""
