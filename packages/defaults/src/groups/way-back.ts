// The ways back that many settings share, so that the same step is always told in the same words.

export function unset(name: string): string {
  return `unset ${name} and restart one instance; watch it, then restart the rest`;
}

export function dropFlag(flag: string): string {
  return `drop ${flag} from the start command and restart one instance; watch it, then restart the rest`;
}

export function dropOption(option: string): string {
  return `drop ${option} from create_async_engine and restart one instance; watch it, then restart the rest`;
}

export function resetRole(parameter: string): string {
  return `ALTER ROLE app RESET ${parameter} (app is the role of the service): back to no limit, in new sessions only; restart one instance and watch it`;
}

export function configSet(): string {
  return 'CONFIG SET maxmemory-policy to the old value, live and without a restart; Redis itself ships noeviction';
}

export function setAttribute(attribute: string): string {
  return `set ${attribute} of the queue back to its old value; it applies to new receives`;
}

export function undoRollout(): string {
  return 'kubectl rollout undo, then revert the manifest, or the next apply brings the value back';
}

/** A revision keeps the pods and nothing else, so undoing a rollout leaves a field of the Deployment as it is. */
export function applyOldManifest(): string {
  return 'revert the manifest and apply it: kubectl rollout undo brings back the pods, not this field';
}
