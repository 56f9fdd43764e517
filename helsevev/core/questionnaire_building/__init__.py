"""Building forms (skjemabygging): operations on a FHIR Questionnaire as JSON, each with its way back. Pure.

`operations` and `settings` change it, `steps` says what changed and takes it back, `checks` what is to be put right
before it is published, `comparing` what differs between two versions, `importing` what a file brings.
"""
