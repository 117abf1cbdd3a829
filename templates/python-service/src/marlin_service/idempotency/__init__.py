"""POST with an Idempotency-Key: the same request again gets the same answer again."""

from .answer_once import AnswerOnce, KeptAnswer
from .idempotency_key import idempotency_key

__all__ = ["AnswerOnce", "KeptAnswer", "idempotency_key"]
