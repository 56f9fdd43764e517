"""The network wing (nettverket): portfolio now; guidance, applications, events, surveys, newsletter, annual report.

Later stages read earlier ones, never back: portfolio < guidance < applications < events, surveys
< newsletter < annual_report.
"""
