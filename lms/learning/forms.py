from django import forms


class PlaceForm(forms.Form):
    """The card she goes on to."""

    card = forms.IntegerField(min_value=1, max_value=1000)
