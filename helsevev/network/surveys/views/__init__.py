"""Pages of surveys: the respondent's, the keeper's, and the results."""
