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
            reason="a failure in passing must not lose a job: five tries with pauses of 15s in all at most; a job must be safe to run twice; BullMQ tries once",
            expect="few jobs need a second try, and only those that cannot succeed end as failed",
            rollback="unset JOBS_ATTEMPTS wherever it is set and restart one instance; watch it, then restart the rest; jobs in the queue keep the number they were added with",
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
            expect="a callee that is down for up to 7s costs no failed job",
            rollback="unset JOBS_BACKOFF_BASE wherever it is set and restart one instance; watch it, then restart the rest; jobs in the queue keep the pause they were added with",
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
            rollback="unset JOBS_BACKOFF_JITTER wherever it is set and restart one instance; watch it, then restart the rest; jobs in the queue keep the share they were added with",
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
            reason="a worker that does not renew its lock for 30s counts as lost; it renews at half of it, so a job may run for hours, and one that computes must pause to let it; the default of BullMQ, stated",
            expect="no job is reported as stalled while its worker is alive",
            rollback="unset JOBS_LOCK_DURATION wherever it is set and restart one instance; watch it, then restart the rest",
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
            rollback="unset JOBS_STALLED_INTERVAL wherever it is set and restart one instance; watch it, then restart the rest",
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
            rollback="unset JOBS_MAX_STALLED_COUNT wherever it is set and restart one instance; watch it, then restart the rest",
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
            expect="the queue empties, and in a process that only runs jobs none waits for a connection",
            rollback="unset JOBS_CONCURRENCY wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
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
            rollback="there is none to a policy that drops jobs: a full server is given room with CONFIG SET maxmemory SIZE, and a changed policy is set back with CONFIG SET maxmemory-policy noeviction; both act at once; a restart of Redis forgets it, so then run CONFIG REWRITE or change redis.conf, and on a managed Redis its parameter group instead",
            source="https://docs.bullmq.io/guide/going-to-production",
        ),
        "visibility_timeout_ms": Duration(
            applies_to="queue",
            parameter="VisibilityTimeout",
            default="3m",
            minimum="1s",
            maximum="12h",
            owner=SERVICE_OWNER,
            reason="a message comes back when its job has not ended by then, and runs twice at once: at least 6 times the longest job, as AWS advises for Lambda; SQS ships 30s",
            expect="no message is received again because its job is not done yet",
            rollback="aws sqs set-queue-attributes --queue-url URL --attributes VisibilityTimeout=SECONDS with the SECONDS it had before (SQS ships 30, and runs a longer job twice); messages in work keep the time they were received with",
            source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
        ),
        "longest_job_ms": Duration(
            applies_to="queue",
            parameter="longest job",
            default="30s",
            minimum="1s",
            maximum="2h",
            owner=SERVICE_OWNER,
            reason="states how long the longest job takes, so that VisibilityTimeout can be checked against it; nothing else reads it, and no job is ended by it",
            expect="no job takes longer",
            rollback="set it to what the longest job takes",
        ),
        "max_receive_count": Count(
            applies_to="queue",
            parameter="RedrivePolicy.maxReceiveCount",
            default="5",
            minimum=1,
            maximum=1000,
            owner=SERVICE_OWNER,
            reason="a message that was received five times without success is moved aside for a person to look at; fewer would move messages after a short outage; SQS moves none",
            expect="the dead-letter queue is empty while workers are well: put an alarm on it",
            rollback="set maxReceiveCount in RedrivePolicy of the queue back and keep its deadLetterTargetArn; what was moved stays in the dead-letter queue until aws sqs start-message-move-task brings it back",
            source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
        ),
        "dead_letter_retention_ms": Duration(
            applies_to="queue",
            parameter="MessageRetentionPeriod of the dead-letter queue",
            default="336h",
            minimum="1m",
            maximum="336h",
            owner=SERVICE_OWNER,
            reason="14 days, the most SQS allows, to look at a message before it is gone; in a standard queue its age counts from the first queue on; SQS ships 4 days",
            expect="what fails stays in the dead-letter queue for at least 10 days",
            rollback="there is no hurry: a shorter retention deletes what is older within 15 minutes, for good; look at the messages first, then run aws sqs set-queue-attributes --queue-url URL --attributes MessageRetentionPeriod=SECONDS",
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
            rollback="there is no hurry: a shorter retention deletes what is older within 15 minutes, for good; let workers catch up first, then run aws sqs set-queue-attributes --queue-url URL --attributes MessageRetentionPeriod=SECONDS",
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
            says="VisibilityTimeout at least 6 times the longest job",
            left="visibility_timeout_ms",
            relation=">=",
            right=Product(6, "longest_job_ms"),
            fix="raise VisibilityTimeout of the queue, or split the longest job: a message must not come back while its job runs",
        ),
        Rule(
            says="retention of the dead-letter queue longer than that of the queue",
            left="dead_letter_retention_ms",
            relation=">",
            right="retention_ms",
            fix="raise MessageRetentionPeriod of the dead-letter queue: a message keeps the age it had in the first queue",
        ),
    )
