"""A prediction: a question with choices, each of which claims something that the checker finds true or false."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from lifecheck.checking import Result
from lifecheck.errors import InputError
from lifecheck.instances import check
from lifecheck.lessons.choice import Choice
from lifecheck.properties import Property, Verdict
from lifecheck.reports import counted, story
from lifecheck.system import System


@dataclass(frozen=True)
class Question:
    """One thing that the checker is asked.

    Parameters
    ----------
    system
        Of what.
    asked
        The property.
    words
        It in words, where the formula is not enough.

    Examples
    --------
    >>> from lifecheck import Component, Row, never
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> Question(System("lamp", [lamp]), never("lamp == 'on'")).told
    "never(lamp == 'on')"
    """

    system: System
    asked: Property
    words: str = ""

    @property
    def told(self) -> str:
        """The question as it is shown beside its verdict."""
        return self.words or self.asked.formula


@dataclass(frozen=True, repr=False)
class Prediction:
    """A question to answer before the checker does.

    Which choice is right is written nowhere: the checker is asked, and exactly one choice must be true.

    Parameters
    ----------
    question
        The question in words.
    asks
        What the checker is asked.
    choices
        What can be answered, a to z.
    shows_run
        Whether the answer shows the run as well as the verdict; not where the next prediction asks for the run.

    Examples
    --------
    >>> from lifecheck import Component, Row, never
    >>> from lifecheck.lessons import verdicts
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> dark = Prediction(
    ...     "Does it stay dark?",
    ...     [Question(System("lamp", [lamp]), never("lamp == 'on'"))],
    ...     [
    ...         Choice("yes", verdicts("holds"), "Somebody may switch it on."),
    ...         Choice("no", verdicts("violated"), "One step is enough."),
    ...     ],
    ... )
    >>> dark
    Does it stay dark?
      a  yes
      b  no
    Answer with .answer("a"); the verdict is closed until then.
    >>> dark.answer("a")
    No, b is right. Somebody may switch it on.
    <BLANKLINE>
    never(lamp == 'on'): violated
      Start  lamp off
         1. switch_on
            lamp: off -> on
    <BLANKLINE>
    One step is enough.
    """

    question: str
    asks: Sequence[Question]
    choices: Sequence[Choice]
    shows_run: bool = True

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters that can be answered."""
        return tuple(ascii_lowercase[: len(self.choices)])

    @property
    def results(self) -> tuple[Result, ...]:
        """What the checker answers; it is asked each time."""
        return tuple(check(one.system, one.asked) for one in self.asks)

    @property
    def true(self) -> tuple[str, ...]:
        """The letters of the choices that are true."""
        return self._true(self.results)

    @property
    def right(self) -> str:
        """The letter of the choice that is right.

        Raises
        ------
        InputError
            If not exactly one is true.
        """
        return self._right(self.results)

    def _true(self, results: Sequence[Result]) -> tuple[str, ...]:
        pairs = zip(self.letters, self.choices, strict=True)
        return tuple(letter for letter, choice in pairs if choice.claims(results))

    def _right(self, results: Sequence[Result]) -> str:
        true = self._true(results)
        if len(true) != 1:
            found = f"{' and '.join(true)} are true" if true else "none of its choices is true"
            told = ", ".join(f"{one.told}: {result.verdict}" for one, result in zip(self.asks, results, strict=True))
            raise InputError(f"prediction {self.question!r}: {found} ({told}); exactly one choice must be")
        return true[0]

    def answer(self, letter: str) -> Answered:
        """Choose, and be told.

        Raises
        ------
        InputError
            If there is no such choice, or not exactly one is true.

        Examples
        --------
        >>> Prediction("Is it?", [], [Choice("yes", lambda results: True, "It is.")]).answer("b")
        Traceback (most recent call last):
        lifecheck.errors.InputError: 'b' is no answer; possible are a
        """
        chosen = letter.strip().removesuffix(")").lower()  # sheets and pages write 'a)'
        if chosen not in self.letters:
            raise InputError(f"{letter!r} is no answer; possible are {', '.join(self.letters)}")
        results = self.results
        return Answered(self, chosen, self._right(results), results)

    @property
    def shown(self) -> str:
        """The question and what can be answered."""
        pairs = zip(self.letters, self.choices, strict=True)
        return "\n".join([self.question, *(f"  {letter}  {choice.words}" for letter, choice in pairs)])

    def __repr__(self) -> str:
        return f'{self.shown}\nAnswer with .answer("a"); the verdict is closed until then.'


@dataclass(frozen=True, repr=False)
class Answered:
    """What was chosen, and what the checker says.

    Parameters
    ----------
    prediction
        The question.
    chosen
        The letter of the choice.
    right
        That of the choice that is true.
    results
        What the checker answered.

    Examples
    --------
    >>> answered = Prediction("Is it?", [], [Choice("yes", lambda results: True, "It is.")]).answer("a")
    >>> answered.is_right, answered
    (True, Right. It is.)
    """

    prediction: Prediction
    chosen: str
    right: str
    results: tuple[Result, ...]

    @property
    def is_right(self) -> bool:
        """Whether the choice is the one that is true."""
        return self.chosen == self.right

    @property
    def verdict(self) -> str:
        """Whether it is right, and what is to be said of the choice."""
        begins = "Right." if self.is_right else f"No, {self.right} is right."
        return f"{begins} {self._why(self.chosen)}"

    @property
    def evidence(self) -> str:
        """What the checker answers, with the story where there is one and it is shown."""
        pairs = zip(self.prediction.asks, self.results, strict=True)
        if not self.prediction.shows_run:
            return "\n".join(f"{one.told}: {result.verdict}" for one, result in pairs)
        return "\n".join(told_result(one.told, result) for one, result in pairs)

    @property
    def text(self) -> str:
        """All of it."""
        parts = [self.verdict, self.evidence, "" if self.is_right else self._why(self.right)]
        return "\n\n".join(filter(None, parts))

    def _why(self, letter: str) -> str:
        return self.prediction.choices[self.prediction.letters.index(letter)].why

    def __repr__(self) -> str:
        return self.text


def told_result(words: str, result: Result) -> str:
    """Return a verdict, and the run that shows it where one does.

    Examples
    --------
    >>> from lifecheck import Component, Row, check, never
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> print(told_result("it never breaks", check(lamp, never("lamp == 'on' and lamp == 'off'"))))
    it never breaks: holds, in all of its 2 states
    """
    if result.evidence is not None:
        return f"{words}: {result.verdict}\n{story(result)}"
    scope = f", in all of its {counted(result.states, 'state')}" if result.verdict is Verdict.HOLDS else ""
    return f"{words}: {result.verdict}{scope}"
