"""Shipped settings with their production defaults. Generated; do not edit."""

from typing import Annotated, ClassVar

from ...service import SERVICE_OWNER
from ..quantity_kinds import Count, Duration, Ratio
from ..setting import Setting
from ..settings_group import SettingsGroup
from ..settings_rule import Product, Rule
from ..text_kinds import OneOf


class Jobs(SettingsGroup):
    """The settings of the group jobs."""

    label = "jobs"

    attempts: Annotated[
        int,
        Count(
            env="JOBS_ATTEMPTS",
            default="5",
            minimum=1,
            maximum=100,
            owner=SERVICE_OWNER,
            reason="a failure in passing must not lose a job: five tries within about 15s; a job must be safe to run twice; BullMQ tries once",
            expect="few jobs need a second try, and only those that cannot succeed end as failed",
            rollback="unset JOBS_ATTEMPTS and restart one instance; watch it, then restart the rest; jobs in the queue keep the number they were added with",
            source="https://docs.bullmq.io/guide/retrying-failing-jobs",
        ),
    ]
    backoff_base_ms: Annotated[
        int,
        Duration(
            env="JOBS_BACKOFF_BASE",
            default="1s",
            minimum="10ms",
            maximum="1h",
            owner=SERVICE_OWNER,
            reason="the pause before the second try; it doubles each time: 1s, 2s, 4s, 8s; BullMQ tries again without any pause",
            expect="a callee that is down for some seconds costs no failed job",
            rollback="unset JOBS_BACKOFF_BASE and restart one instance; watch it, then restart the rest; jobs in the queue keep the pause they were added with",
            source="https://docs.bullmq.io/guide/retrying-failing-jobs",
        ),
    ]
    backoff_jitter: Annotated[
        float,
        Ratio(
            env="JOBS_BACKOFF_JITTER",
            default="0.5",
            minimum="0",
            maximum="1",
            owner=SERVICE_OWNER,
            reason="draws each pause between half of it and all of it, so that jobs that failed together do not come back together; BullMQ has 0",
            expect="after an outage failed jobs come back spread out, not in waves",
            rollback="unset JOBS_BACKOFF_JITTER and restart one instance; watch it, then restart the rest; jobs in the queue keep the share they were added with",
            source="https://docs.bullmq.io/guide/retrying-failing-jobs",
        ),
    ]
    lock_duration_ms: Annotated[
        int,
        Duration(
            env="JOBS_LOCK_DURATION",
            default="30s",
            minimum="1s",
            maximum="10m",
            owner=SERVICE_OWNER,
            reason="a worker that does not renew its lock for 30s counts as lost; it renews at half of it, so a job that computes must pause to let it; the default of BullMQ, stated",
            expect="no job is reported as stalled while its worker is alive",
            rollback="unset JOBS_LOCK_DURATION and restart one instance; watch it, then restart the rest",
            source="https://docs.bullmq.io/guide/jobs/stalled",
        ),
    ]
    stalled_interval_ms: Annotated[
        int,
        Duration(
            env="JOBS_STALLED_INTERVAL",
            default="30s",
            minimum="1s",
            maximum="10m",
            owner=SERVICE_OWNER,
            reason="how often a worker looks for jobs whose lock has run out; the default of BullMQ, stated",
            expect="the job of a worker that died runs again within about a minute",
            rollback="unset JOBS_STALLED_INTERVAL and restart one instance; watch it, then restart the rest",
            source="https://docs.bullmq.io/guide/jobs/stalled",
        ),
    ]
    max_stalled_count: Annotated[
        int,
        Count(
            env="JOBS_MAX_STALLED_COUNT",
            default="1",
            minimum=0,
            maximum=10,
            owner=SERVICE_OWNER,
            reason="a job whose worker died twice probably kills it, so it ends as failed instead of killing the next; the default of BullMQ, stated",
            expect="a deadly job ends as failed after its second worker, with the words stalled more than allowable limit",
            rollback="unset JOBS_MAX_STALLED_COUNT and restart one instance; watch it, then restart the rest",
            source="https://docs.bullmq.io/guide/jobs/stalled",
        ),
    ]
    concurrency: Annotated[
        int,
        Count(
            env="JOBS_CONCURRENCY",
            default="10",
            minimum=1,
            maximum=1000,
            owner=SERVICE_OWNER,
            reason="jobs that wait for the network can share a process, one database connection each; for jobs that compute set 1 and add processes; BullMQ runs 1",
            expect="the queue empties, and no job waits for a connection of the pool",
            rollback="unset JOBS_CONCURRENCY and restart one instance; watch it, then restart the rest",
            source="https://docs.bullmq.io/guide/workers/concurrency",
        ),
    ]

    platform: ClassVar[dict[str, Setting]] = {
        "maxmemory_policy": OneOf(
            applies_to="redis-server",
            parameter="maxmemory-policy",
            default="noeviction",
            words=(
                "noeviction",
                "allkeys-lru",
                "allkeys-lfu",
                "allkeys-random",
                "volatile-lru",
                "volatile-lfu",
                "volatile-random",
                "volatile-ttl",
            ),
            owner=SERVICE_OWNER,
            reason="every other policy drops jobs when memory is full, without a word; so jobs and cache need two Redis servers; the default of Redis, stated",
            expect="evicted_keys of INFO stays 0; a full server refuses new jobs, which the log shows",
            rollback="CONFIG SET maxmemory-policy to the old value, live and without a restart; Redis itself ships noeviction",
            source="https://docs.bullmq.io/guide/going-to-production",
        ),
        "visibility_timeout_ms": Duration(
            applies_to="queue",
            parameter="VisibilityTimeout",
            default="3m",
            minimum="1s",
            maximum="12h",
            owner=SERVICE_OWNER,
            reason="a message comes back when its job has not ended by then: at least 6 times what a job may take (JOBS_LOCK_DURATION), or it runs twice at once; SQS ships 30s",
            expect="no message is received again while its first job still runs",
            rollback="set VisibilityTimeout of the queue back to its old value; it applies to new receives",
            source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
        ),
        "max_receive_count": Count(
            applies_to="queue",
            parameter="RedrivePolicy.maxReceiveCount",
            default="5",
            minimum=1,
            maximum=1000,
            owner=SERVICE_OWNER,
            reason="a message that failed five times is moved aside for a person to look at; fewer would move messages after a short outage; SQS moves none",
            expect="the dead-letter queue is empty, and an alarm tells when it is not",
            rollback="set RedrivePolicy of the queue back to its old value; it applies to new receives",
            source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
        ),
        "dead_letter_retention_ms": Duration(
            applies_to="queue",
            parameter="MessageRetentionPeriod of the dead-letter queue",
            default="336h",
            minimum="1m",
            maximum="336h",
            owner=SERVICE_OWNER,
            reason="14 days, the most SQS allows, to look at a message before it is gone; its age counts from the first queue on; SQS ships 4 days",
            expect="nothing in the dead-letter queue goes away by itself before somebody has looked at it",
            rollback="set MessageRetentionPeriod of the dead-letter queue back; what is older is deleted within minutes, so read it first",
            source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
        ),
        "retention_ms": Duration(
            applies_to="queue",
            parameter="MessageRetentionPeriod",
            default="96h",
            minimum="1m",
            maximum="336h",
            owner=SERVICE_OWNER,
            reason="a worker may be down over a long weekend before jobs are lost; shorter than in the dead-letter queue; the default of SQS, stated",
            expect="the oldest message of the queue is minutes old, not days",
            rollback="set MessageRetentionPeriod of the queue back; what is older is deleted within minutes, so let workers catch up first",
            source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
        ),
    }

    rules = (
        Rule(
            says="concurrency at most the poolMax of postgres",
            left="concurrency",
            relation="<=",
            right="postgres.poolMax",
            fix="lower JOBS_CONCURRENCY, or raise DATABASE_POOL_MAX: a job without a connection only waits",
        ),
        Rule(
            says="VisibilityTimeout at least 6 times lockDuration",
            left="visibility_timeout_ms",
            relation=">=",
            right=Product(6, "lock_duration_ms"),
            fix="raise VisibilityTimeout of the queue, or lower JOBS_LOCK_DURATION: a message must not come back while its job runs",
        ),
        Rule(
            says="retention of the dead-letter queue longer than that of the queue",
            left="dead_letter_retention_ms",
            relation=">",
            right="retention_ms",
            fix="raise MessageRetentionPeriod of the dead-letter queue: a message keeps the age it had in the first queue",
        ),
    )
