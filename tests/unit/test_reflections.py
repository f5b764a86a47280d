from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reflections import QUESTIONS, next_question

keys = st.lists(st.sampled_from(sorted(QUESTIONS)), max_size=40)


@given(asked=keys, turn=st.integers())
def test_no_question_comes_again_before_all_have_been_asked(asked: list[str], turn: int) -> None:
    """Then the bank starts anew; any turn, of any size or sign, is fine."""
    question = next_question(asked, turn)

    assert question in QUESTIONS
    assert question not in asked or set(asked) == set(QUESTIONS)


def test_a_question_that_left_the_bank_does_no_harm() -> None:
    """Old rows may name questions of earlier versions."""
    assert next_question(["of long ago"], 3) in QUESTIONS


def test_people_begin_with_different_questions() -> None:
    """Two partners are seldom asked the same in one week."""
    assert len({next_question([], turn) for turn in range(len(QUESTIONS))}) == len(QUESTIONS)


def test_a_person_goes_through_the_whole_bank() -> None:
    asked: list[str] = []
    for _ in QUESTIONS:
        asked.append(next_question(asked, 7))

    assert sorted(asked) == sorted(QUESTIONS)


def test_question_keys_fit_their_column() -> None:
    assert max(map(len, QUESTIONS)) <= 40
