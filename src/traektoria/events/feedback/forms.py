"""Three answers and, if one likes, words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.events.feedback.questions import Question


class FeedbackForm(forms.Form):
    """A field for each question, called by its slug; none is chosen before somebody chooses it."""

    def __init__(self, *args: Any, questions: tuple[Question, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for one in questions:
            self.fields[one.slug] = forms.ChoiceField(
                label=one.title, choices=list(one.options), widget=forms.RadioSelect
            )
        self.fields["own_words"] = forms.CharField(
            label=_("In your own words"), required=False, max_length=500, widget=forms.Textarea({"rows": 3}),
            help_text=_("You need not. Who leads the event reads it without your name, mixed with the others."),
        )  # fmt: skip

    @property
    def answers(self) -> dict[str, str]:
        return {one.slug: self.cleaned_data[one.slug] for one in self.questions}
