import type { Group, Settings } from './group.ts';

/**
 * A group that is declared when it is first used: a process that imports one shipped group does not pay for the others.
 *
 * A wrong declaration therefore throws at first use; the tests of this package use every group it ships.
 */
export function lazyGroup<S extends Settings>(declare: () => Group<S>): Group<S> {
  let declared: Group<S> | undefined;
  const group = (): Group<S> => (declared ??= declare());
  return Object.freeze({
    get name() {
      return group().name;
    },
    get prefix() {
      return group().prefix;
    },
    get settings() {
      return group().settings;
    },
    get rules() {
      return group().rules;
    },
  });
}
