"""The form of the workflow: what each step is called, what applicants are told of it, and which steps there are."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from helsevev.network.applications.forms.rounds import NAMES_OF_LANGUAGES
from helsevev.network.applications.rules import workflow
from helsevev.network.applications.rules.rounds_content import LANGUAGES
from helsevev.network.applications.rules.workflow import OPTIONAL, Step, Workflow


class WorkflowForm(forms.Form):
    """All steps of a workflow; those that a round can do without can be left out."""

    def __init__(self, *args: Any, flow: Workflow, **kwargs: Any) -> None:  # noqa: ANN401 Django's own signature
        """Names and explanations in three languages, step by step."""
        super().__init__(*args, **kwargs)
        self.flow = flow
        for step in flow.steps:
            self._add(step)

    def _add(self, step: Step) -> None:
        if step.kind in OPTIONAL:
            label = _("Leave this step out")
            self.fields[f"{step.code}-out"] = forms.BooleanField(label=label, required=False)
        for language in LANGUAGES:
            said = NAMES_OF_LANGUAGES[language]
            self.fields[f"{step.code}-name-{language}"] = forms.CharField(
                label=_("Name (%(language)s)") % {"language": said},
                required=language == "nb",
                max_length=workflow.LONGEST_NAME,
                initial=step.names.get(language, ""),
            )
            self.fields[f"{step.code}-about-{language}"] = forms.CharField(
                label=_("What applicants are told (%(language)s)") % {"language": said},
                required=False,
                max_length=workflow.LONGEST_ABOUT,
                initial=step.about.get(language, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def groups(self) -> list[tuple[Step, list[forms.BoundField]]]:
        """The fields step by step."""
        return [
            (step, [self[name] for name in self.fields if name.rpartition("-")[0].split("-")[0] == step.code])
            for step in self.flow.steps
        ]

    def wanted(self) -> Workflow:
        """The workflow that the form says."""
        made = self.cleaned_data
        steps = tuple(
            Step(
                step.code,
                step.kind,
                {language: made[f"{step.code}-name-{language}"].strip() for language in LANGUAGES},
                {language: made[f"{step.code}-about-{language}"].strip() for language in LANGUAGES},
                step.next,
            )
            for step in self.flow.steps
        )
        out = [step.code for step in self.flow.steps if made.get(f"{step.code}-out")]
        return workflow.without(Workflow(steps), out)
