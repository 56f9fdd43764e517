"""Forms (skjemaer): FHIR R4 Questionnaires read, answered, checked and scored. Pure.

`reading.read` makes a Questionnaire of FHIR JSON and says what it can't honour; `evaluating.evaluate` says of a set of
answers what is asked, what is missing, what is wrong and what it adds up to; `response` writes and reads FHIR
QuestionnaireResponses. Answers are a flat mapping from path to value; `paths` says how a path is made.
"""
