"""Answers the four questions, each with the number behind it."""

from ..health_snapshot import HealthSnapshot
from ..verdict.deploy_verdict import DeployVerdict
from .health_document import Answers, Numbers, ReadingNumbers, UpAnswer
from .traffic_measurements import TrafficMeasurements, round_half_up


def answer_questions(
    snapshot: HealthSnapshot, traffic: TrafficMeasurements
) -> tuple[Answers, Numbers]:
    """Returns the answers, and the numbers."""
    checks, jobs, deploy = snapshot.checks, snapshot.jobs, snapshot.deploy
    failing = sum(job.is_failing() for job in jobs)
    answers: Answers = {
        "up": _answer_up(snapshot),
        "slow": traffic.slow,
        "jobs": "no jobs" if not jobs else "failing" if failing else "ok",
        "deploy": _answer_deploy(deploy),
    }
    numbers: Numbers = {
        "up": {
            "uptimeSeconds": max(0, round_half_up(snapshot.now - snapshot.started_at)),
            "checks": len(checks),
            "checksPassing": sum(check.status == "pass" for check in checks),
        },
        "slow": {
            "p95Ms": traffic.p95_ms,
            "objectiveMs": snapshot.objectives.response_time_ms,
            "requests": traffic.timed,
            "minutes": snapshot.window.minutes,
        },
        "jobs": {"total": len(jobs), "failing": failing},
        "deploy": None if deploy is None else _numbers_of(deploy),
    }
    return answers, numbers


def _answer_up(snapshot: HealthSnapshot) -> UpAnswer:
    if snapshot.draining:
        return "draining"
    if snapshot.ready:
        return "yes"
    return "no" if snapshot.started else "starting"


def _answer_deploy(deploy: DeployVerdict | None) -> str:
    if deploy is None:
        return "not measured"
    if "collecting" in deploy:
        return "collecting"
    word = deploy["verdict"]
    # "Not enough data" is as preliminary as it gets.
    return f"preliminary: {word}" if deploy["preliminary"] and word != "not enough data" else word


def _numbers_of(deploy: DeployVerdict) -> ReadingNumbers:
    numbers = deploy["numbers"]
    return {
        "previousReleaseId": numbers["previousReleaseId"],
        "readAfterMinutes": numbers["readAfterMinutes"],
        "requestsBefore": numbers["before"]["requests"],
        "requestsAfter": numbers["after"]["requests"],
        "changed": [
            {
                "stratum": test["stratum"],
                "kind": test["kind"],
                "before": test["before"],
                "after": test["after"],
            }
            for test in numbers["tests"]
            if test["changed"]
        ],
        "smallestSlowDown": deploy["smallestChange"]["slowDown"],
    }
