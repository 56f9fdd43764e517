"""Addresses of this room."""

from django.urls import URLPattern, path

from helsevev.network.assessment.views import applications, boards, desk, letters, retention, rounds, screening

app_name = "assessment"
ROUND, ONE = "rounds/<slug:code>/", "applications/<uuid:key>/"
urlpatterns: list[URLPattern] = [
    path("", desk.desk, name="desk"),
    path("ties/", desk.ties, name="ties"),
    path("retention/", retention.retention, name="retention"),
    path("retention/<slug:code>/<slug:stage>/", retention.forget, name="forget"),
    path(ROUND, rounds.workbench, name="round"),
    path(f"{ROUND}sharing/", rounds.sharing, name="sharing"),
    path(f"{ROUND}sharing/<int:number>/take-back/", rounds.take_back, name="take_back"),
    path(f"{ROUND}scores/", rounds.order, name="order"),
    path(f"{ROUND}board/", boards.board, name="board"),
    path(f"{ROUND}minutes/", boards.minutes, name="minutes"),
    path(f"{ROUND}letters/", letters.letters, name="letters"),
    path(f"{ROUND}letters/make/", letters.make, name="letters_make"),
    path(f"{ROUND}letters/send/", letters.send, name="letters_send"),
    path(f"{ROUND}letters/<int:number>/", letters.letter, name="letter"),
    path(f"{ROUND}letters/<int:number>/letter.pdf", letters.letter_pdf, name="letter_pdf"),
    path(f"{ROUND}questions/<int:number>/", letters.answer, name="answer"),
    path(f"{ROUND}publishing/", letters.publish, name="publishing"),
    path(f"{ROUND}figures/", retention.figures, name="figures"),
    path(ONE, applications.application, name="application"),
    path(f"{ONE}declare/", applications.declare, name="declare"),
    path(f"{ONE}screening/", screening.screening, name="screening"),
    path(f"{ONE}screening/finish/", screening.finish, name="screening_finish"),
    path(f"{ONE}score/", applications.score, name="score"),
    path(f"{ONE}give/", applications.give, name="give"),
    path(f"{ONE}note/", applications.note, name="note"),
    path(f"{ONE}conflicts/<uuid:person>/", applications.lift, name="lift"),
    path(f"{ONE}files/<uuid:file_key>/", applications.file, name="file"),
    path(f"{ONE}decision/", letters.decision, name="decision"),
    path(f"{ONE}decision/give-up/", letters.give_up, name="give_up"),
    path(f"{ONE}decision/letter-<int:number>.pdf", letters.decision_pdf, name="decision_pdf"),
]
