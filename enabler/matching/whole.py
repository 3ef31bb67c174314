"""Whole numbers, read from whatever holds them: what is not whole is refused, never cut short."""

from collections.abc import Sequence
from numbers import Number
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enabler.domain.errors import Invalid
from enabler.matching.arrays import Ints


def whole_column(name: str, given: ArrayLike) -> Ints:
    """A column of whole numbers from ints or from floats that are whole; a copy, in 64 bits.

    Raises :class:`Invalid` for anything else: fractions, NaN, truth values, texts, numbers beyond
    64 bits, more than one dimension.
    """
    column = _column(name, given)
    if column.size == 0:
        return np.zeros(0, dtype=np.int64)
    if column.ndim != 1 or column.dtype.kind not in "iuf":
        raise Invalid(name, "not_whole")
    with np.errstate(invalid="ignore"):
        whole: NDArray[np.int64] = column.astype(np.int64)
    if not np.array_equal(whole, column):
        raise Invalid(name, "not_whole")
    return whole


def whole_numbers(name: str, given: ArrayLike) -> Sequence[int]:
    """Whole numbers of any size; raises :class:`Invalid` as :func:`whole_column` does."""
    column = _column(name, given)
    if column.ndim == 1 and column.dtype.kind in "iu":
        return cast(list[int], column.tolist())
    column = np.asarray(given, dtype=object)
    if column.ndim != 1:
        raise Invalid(name, "not_whole")
    return [whole_number(name, one) for one in column]


def whole_number(name: str, one: Any) -> int:
    """One whole number of any size, as Python's own, which cannot overflow."""
    if isinstance(one, bool) or not isinstance(one, Number):
        raise Invalid(name, "not_whole")
    try:
        whole = int(one)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError) as wrong:
        raise Invalid(name, "not_whole") from wrong
    if whole != one:
        raise Invalid(name, "not_whole")
    return int(whole)


def within(name: str, column: Ints, low: int, high: int | None) -> None:
    """Raise :class:`Invalid` unless every number is from ``low`` to ``high`` (None: any)."""
    if len(column) and (column.min() < low or (high is not None and column.max() > high)):
        raise Invalid(name, "out_of_range", low=low, high=high)


def _column(name: str, given: ArrayLike) -> NDArray[Any]:
    try:
        return np.asarray(given)
    except ValueError as wrong:  # rows of different lengths
        raise Invalid(name, "not_whole") from wrong
