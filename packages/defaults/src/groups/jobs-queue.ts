import { count } from '../kinds/count.ts';
import { duration } from '../kinds/duration.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

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
        'a message comes back when its job has not ended by then: at least 6 times what a job may take (JOBS_LOCK_DURATION), or it runs twice at once; SQS ships 30s',
      expect: 'no message is received again while its first job still runs',
      rollback: wayBack.setAttribute('VisibilityTimeout'),
      source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
    }),
    maxReceiveCount: count({
      appliesTo: 'queue',
      parameter: 'RedrivePolicy.maxReceiveCount',
      default: 5,
      min: 1,
      max: 1_000,
      owner: serviceOwner,
      reason:
        'a message that failed five times is moved aside for a person to look at; fewer would move messages after a short outage; SQS moves none',
      expect: 'the dead-letter queue is empty, and an alarm tells when it is not',
      rollback: wayBack.setAttribute('RedrivePolicy'),
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
        '14 days, the most SQS allows, to look at a message before it is gone; its age counts from the first queue on; SQS ships 4 days',
      expect: 'nothing in the dead-letter queue goes away by itself before somebody has looked at it',
      rollback:
        'set MessageRetentionPeriod of the dead-letter queue back; what is older is deleted within minutes, so read it first',
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
      rollback:
        'set MessageRetentionPeriod of the queue back; what is older is deleted within minutes, so let workers catch up first',
      source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
    }),
  };
}
