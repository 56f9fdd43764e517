"""The services (tjenestene): home follow-up, joint intake, pathway twin and motion will live here.

The only wing that will hold anything about patients, in a database of its own. Nobody else imports it,
and its rooms are strangers to one another. Empty until its first room has something in it.
"""
