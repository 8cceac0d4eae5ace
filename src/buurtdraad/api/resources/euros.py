"""Euros as the API gives them: a number with two decimals."""

from decimal import Decimal
from typing import Annotated

from ninja import Field
from pydantic import PlainSerializer

Euros = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json"), Field(examples=[1250.0])]
