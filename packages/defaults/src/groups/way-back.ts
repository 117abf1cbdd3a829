// The ways back that many settings share, so that the same step is always told in the same words. NAME and `app` stand
// for what only the service knows, and each text says so: a way back is read at three in the morning.

const oneByOne = 'and restart one instance; watch it, then restart the rest';

export function unset(name: string): string {
  return `unset ${name} wherever it is set ${oneByOne}`;
}

/** Where a rule compares two settings, the default of one may contradict a value that the other still has. */
export function unsetTogether(name: string): string {
  return `unset ${name} wherever it is set, together with what was changed with it (rules tie them), ${oneByOne}`;
}

export function dropFlag(flag: string): string {
  return `drop ${flag} from the start command ${oneByOne}`;
}

/** The option stands in the code, so a restart alone changes nothing. */
export function dropOption(option: string): string {
  return `drop ${option} from create_async_engine and release that to one instance; watch it, then release it to the rest`;
}

/** `then` says what still acts, since without the limit the database waits for ever. */
export function resetRole(parameter: string, then: string): string {
  return `ALTER ROLE app RESET ${parameter}; where app is the role of the service: it takes the limit away from new sessions only, so restart one instance, watch it, then restart the rest; ${then}`;
}

export const keepInRedis =
  'a restart of Redis forgets it, so then run CONFIG REWRITE or change redis.conf, and on a managed Redis its parameter group instead';

export function undoRollout(): string {
  return 'kubectl rollout undo deployment/NAME, where NAME is the Deployment of the service, takes back the whole last revision; if the value is older, and so that the next apply does not bring it back, revert the manifest and run kubectl apply -f with it';
}

/** A revision keeps the pods and nothing else, so undoing a rollout leaves a field of the Deployment as it is. */
export function applyOldManifest(): string {
  return 'revert the manifest and run kubectl apply -f with it, which restarts no pod; undoing the rollout would bring back the pods, not this field';
}
