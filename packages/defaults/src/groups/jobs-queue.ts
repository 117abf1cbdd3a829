import { count } from '../kinds/count.ts';
import { duration } from '../kinds/duration.ts';

import { serviceOwner } from './service-owner.ts';

function setAttribute(attribute: string): string {
  return `aws sqs set-queue-attributes --queue-url URL --attributes ${attribute}=SECONDS`;
}

/** Nothing is gained at night by keeping messages for a shorter time, and much may be lost. */
function keepForLess(first: string): string {
  return `there is no hurry: a shorter retention deletes what is older within 15 minutes, for good; ${first}, then run ${setAttribute('MessageRetentionPeriod')}`;
}

/** The attributes of an SQS queue and of the dead-letter queue behind it. */
export function jobsQueue() {
  return {
    visibilityTimeoutMs: duration({
      appliesTo: 'queue',
      parameter: 'VisibilityTimeout',
      default: '3m',
      min: '1s',
      max: '12h',
      owner: serviceOwner,
      reason:
        'a message comes back when its job has not ended by then, and runs twice at once: at least 6 times the longest job, as AWS advises for Lambda; SQS ships 30s',
      expect: 'no message is received again because its job is not done yet',
      rollback: `${setAttribute('VisibilityTimeout')} with the SECONDS it had before (SQS ships 30, and runs a longer job twice); messages in work keep the time they were received with`,
      source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
    }),
    longestJobMs: duration({
      appliesTo: 'queue',
      parameter: 'longest job',
      default: '30s',
      min: '1s',
      max: '2h',
      owner: serviceOwner,
      reason:
        'states how long the longest job takes, so that VisibilityTimeout can be checked against it; nothing else reads it, and no job is ended by it',
      expect: 'no job takes longer',
      rollback: 'set it to what the longest job takes',
    }),
    maxReceiveCount: count({
      appliesTo: 'queue',
      parameter: 'RedrivePolicy.maxReceiveCount',
      default: 5,
      min: 1,
      max: 1_000,
      owner: serviceOwner,
      reason:
        'a message that was received five times without success is moved aside for a person to look at; fewer would move messages after a short outage; SQS moves none',
      expect: 'the dead-letter queue is empty while workers are well: put an alarm on it',
      rollback:
        'set maxReceiveCount in RedrivePolicy of the queue back and keep its deadLetterTargetArn; what was moved stays in the dead-letter queue until aws sqs start-message-move-task brings it back',
      source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
    }),
    deadLetterRetentionMs: duration({
      appliesTo: 'queue',
      parameter: 'MessageRetentionPeriod of the dead-letter queue',
      default: '336h',
      min: '1m',
      max: '336h',
      owner: serviceOwner,
      reason:
        '14 days, the most SQS allows, to look at a message before it is gone; in a standard queue its age counts from the first queue on; SQS ships 4 days',
      expect: 'what fails stays in the dead-letter queue for at least 10 days',
      rollback: keepForLess('look at the messages first'),
      source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
    }),
    retentionMs: duration({
      appliesTo: 'queue',
      parameter: 'MessageRetentionPeriod',
      default: '96h',
      min: '1m',
      max: '336h',
      owner: serviceOwner,
      reason:
        'a worker may be down over a long weekend before jobs are lost; shorter than in the dead-letter queue; the default of SQS, stated',
      expect: 'the oldest message of the queue is minutes old, not days',
      rollback: keepForLess('let workers catch up first'),
      source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
    }),
  };
}
