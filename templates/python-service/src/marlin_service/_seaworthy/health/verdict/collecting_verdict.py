"""The answer before the first reading: nothing is compared, however bad it looks."""

from .deploy_verdict import DeployVerdict
from .smallest_change import smallest_change
from .summarise_side import summarise_side
from .wording import collecting_sentence


def collecting_verdict(
    *, first_reading_minute: int, previous_release_id: str | None, refused_records: int
) -> DeployVerdict:
    """Returns it, with the minute at which more is known."""
    return {
        "verdict": "not enough data",
        "preliminary": False,
        "collecting": {"firstReadingMinute": first_reading_minute},
        "sentence": collecting_sentence(first_reading_minute),
        "numbers": {
            "mode": None,
            "readAfterMinutes": None,
            "nextReadingMinute": first_reading_minute,
            "previousReleaseId": previous_release_id,
            "before": summarise_side([]),
            "after": summarise_side([]),
            "comparisons": 0,
            "historyHours": 0,
            "tests": [],
            "tooFew": [],
            "refusedRecords": refused_records,
        },
        "smallestChange": smallest_change([]),
    }
