interface LockedPackage {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** Where npm finds a dependency of a package: in its own folder, or in one above. */
function isLocked(lock: LockFile, from: string, name: string): boolean {
  const parts = from === '' ? [] : from.split('/node_modules/');
  const above = parts.map(
    (_, index) => `${parts.slice(0, parts.length - index).join('/node_modules/')}/node_modules/${name}`,
  );
  return [...above, `node_modules/${name}`].some((place) => place in lock.packages);
}

/** What is wrong with a lock file of Python: anything but versions with hashes, as an address of an index would be. */
export function requirementsLockProblems(text: string): string[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.flatMap((line, index) => {
    if (/^ {4}--hash=sha256:[0-9a-f]{64}(?: \\)?$/.test(line)) return [];
    if (!/^[a-z0-9-]+==[A-Za-z0-9.!+]+(?: ; [^\\#]+)? \\$/.test(line)) return [`not a version of a package: ${line}`];
    return lines[index + 1]?.startsWith('    --hash=') === true ? [] : [`no hash: ${line}`];
  });
}

/** What is wrong with a lock file: addresses of a registry, and platforms for which an optional package is missing. */
export function lockFileProblems(lock: LockFile): string[] {
  return Object.entries(lock.packages).flatMap(([place, locked]) => {
    const address = locked.resolved !== undefined && locked.link !== true ? [`${place} carries an address`] : [];
    const missing = Object.keys(locked.optionalDependencies ?? {}).filter((name) => !isLocked(lock, place, name));
    return [...address, ...missing.map((name) => `${place || 'the root'} needs ${name}, which is not locked`)];
  });
}
