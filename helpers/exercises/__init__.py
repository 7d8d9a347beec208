"""Feedback on the exercises: check_... takes an answer and says what to make of it."""
