import { renderDocument, shell, table } from './render-document.ts';
import type { ServiceJson } from './schema.ts';

const address = 'http://127.0.0.1:8080';
const fullDocument = `curl -sS -H "Authorization: Bearer \${HEALTH_TOKEN:?export it from the secret store}" ${address}/healthz`;

function facts({ owner, onCall, review, objectives, routes, jobs, summary }: ServiceJson): string {
  const { responseTimeMs, errorRate, databaseCallsPerRequest } = objectives;
  const about = table(
    ['Fact', 'Value'],
    [
      ['What it does', summary],
      ['Owner', owner],
      ['On call', onCall],
      ['Read again by the owner', `every ${review.everyDays} days`],
      ['Response time', `95 of 100 answers within ${responseTimeMs}ms`],
      ['Error rate', `at most ${errorRate * 100} of 100 requests answered with 500 or more`],
      ['Database calls', `at most ${databaseCallsPerRequest} for each request, on average`],
    ],
  );
  const columns = ['Route', 'Does', 'Expected input', 'Slowest statement', 'The user notices'];
  const served = routes.map((route) => [
    `\`${route.method} ${route.path}\``,
    route.does,
    route.expectedInput,
    `\`${route.slowQuery}\``,
    route.userNotices,
  ]);
  const started = jobs.map(({ name, does, schedule, command }) => [`\`${name}\``, does, schedule, `\`${command}\``]);
  const scheduled = jobs.length === 0 ? [] : [table(['Scheduled job', 'Does', 'When', 'Command'], started)];
  return [about, table(columns, served), ...scheduled].join('\n\n');
}

function startCommand({ commands }: ServiceJson): string {
  return `RELEASE_ID="$(git describe --tags --always 2>/dev/null || echo unreleased)" DEPLOY_ENVIRONMENT=production ${commands.start}`;
}

function setUp(service: ServiceJson): string {
  const { setup, settings, migrate } = service.commands;
  const migrated = migrate === undefined ? [] : [`DEPLOY_ENVIRONMENT=production ${migrate}`];
  const listens =
    'prints a line with `"message":"listening"`. Stop with Ctrl-C or SIGTERM: requests in flight finish, and the exit code is 0.';
  const then =
    migrate === undefined
      ? `the third ${listens}`
      : `the third applies what the database lacks and ends with \`"message":"migrations applied"\`; the fourth ${listens} With a migration pending it does not start. Deploy in this order: migrations only add, so the release that still runs goes on meanwhile.`;
  return [
    `Everything here is typed in the folder of the service, on its host. \`HEALTH_TOKEN\` is exported beforehand from the secret store; it has at least 16 characters.`,
    shell(setup, `DEPLOY_ENVIRONMENT=production ${settings}`, ...migrated, startCommand(service)),
    `Expected: the second command prints every setting with its origin and exits 0; ${then}`,
  ].join('\n\n');
}

function areJobsFailing({ jobs }: ServiceJson): string {
  const commands = jobs.map(({ command }) => `DEPLOY_ENVIRONMENT=production ${command}`);
  const answer =
    'Expected: `answers.jobs` is `ok`, or `no jobs` while the service has heard of none since its start. It is `failing` when the last run of one failed: the full document names it under `jobs:outcome`.';
  const again =
    'Every other command is a job itself: its line says `"outcome":"succeeded"`, or `"skipped"` when it was done before.';
  return [
    shell(`curl -fsS ${address}/healthz`, ...commands),
    jobs.length === 0 ? answer : `${answer} ${again}`,
    'Imports and scheduled jobs run as commands. A job writes one line for each outcome: look for `"outcome":"failed"`. An import names each `import line refused`, and says on the standard error output why it broke off. Running one again is safe.',
  ].join('\n\n');
}

function questions(service: ServiceJson): string {
  const { objectives } = service;
  return [
    '### Is it up?',
    shell(`curl -fsS ${address}/livez`, `curl -fsS ${address}/readyz`),
    'Expected: `{"status":"pass"}` twice. `/livez` silent: the process is gone, start it again. `/readyz` 503: it is stopping, or a check that gates traffic fails.',
    '### Is it slow?',
    shell(`curl -sS ${address}/healthz`, fullDocument),
    `Expected: \`answers.slow\` is \`no\`; below 40 requests in six minutes it says \`not enough data\`. The second command shows the four numbers; an answer without \`checks\` means that the token is wrong: \`http:responseTime\` (slow above ${objectives.responseTimeMs}ms; hits and misses apart, so that a lucky cache hit does not look like a fix), \`http:errorRate\`, \`cache:hitRatio\` and \`db:callsPerRequest\`.`,
    'To find slow requests, look for a large `durationMs` in the log, which is what the service prints on stdout: its line names `route`, `cache`, `dbCalls` and `requestId`.',
    '### Are jobs failing?',
    areJobsFailing(service),
    '### Did the last deployment change anything?',
    shell('git log -1 --format="%h %s"', `curl -fsS ${address}/healthz`),
    '`releaseId` names what runs now, and `answers.deploy` what it changed; while it says `collecting` or `not enough data`, it cannot tell. Where it says `not measured`, compare the four numbers by hand: save the full document before a deployment and again six minutes after it, and compare hits with hits and misses with misses.',
  ].join('\n\n');
}

function rollback(service: ServiceJson): string {
  const undone = service.commands.migrate === undefined ? '' : ', so no migration is undone';
  const previous = `git switch --detach "$(git describe --tags --abbrev=0 --match '${service.release.tagPrefix}*' HEAD^)"`;
  return [
    'Do it when an objective is missed for five minutes after a deployment. Stop the service first: Ctrl-C, or `kill` with the `pid` of its line `listening`. Then:',
    shell(`${previous} &&`, `${service.commands.setup} &&`, startCommand(service)),
    `Expected: \`releaseId\` in \`${address}/healthz\` names the previous tag. The first line goes back one tag each time it runs: when a later one fails, repeat only from there. When git refuses because a file was edited on this host, keep the edit with \`git stash\` and bring it back with \`git stash pop\` after the first line. The data stays: a release may add to the database and never takes away${undone}. The first release has no earlier one: leave the service stopped.`,
    'Tell the owner. To go forward again: stop the service, `git switch -`, then set up and start as above.',
  ].join('\n\n');
}

/**
 * Renders the marked blocks of RUNBOOK.md from the facts of a service; prose outside the marks is kept.
 *
 * @throws {ScaffoldError} `SCAFFOLD_DOCUMENT` when a mark is missing, unknown or left open.
 */
export function renderRunbook(service: ServiceJson, markdown: string): string {
  return renderDocument('RUNBOOK.md', markdown, {
    facts: facts(service),
    questions: questions(service),
    'set-up': setUp(service),
    rollback: rollback(service),
  });
}
