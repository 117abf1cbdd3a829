import path from 'node:path';

/**
 * Where a new file goes whose folder was moved as a whole; undefined where it stays.
 *
 * Git could do this, but then it moves files of yours as well that no template knows: secrets, for one.
 *
 * @param moves where single files were moved to
 * @param left the paths that are still there
 */
export function movedPlace(
  file: string,
  moves: ReadonlyMap<string, string>,
  left: ReadonlySet<string>,
): string | undefined {
  for (let folder = path.posix.dirname(file); folder !== '.'; folder = path.posix.dirname(folder)) {
    const to = destinationOf(folder, moves);
    const isLeft = [...left].some((one) => one.startsWith(`${folder}/`));
    if (to !== undefined && !isLeft) return path.posix.join(to, path.posix.relative(folder, file));
  }
  return undefined;
}

/** The folder to which more of its files were moved than to any other. */
function destinationOf(folder: string, moves: ReadonlyMap<string, string>): string | undefined {
  const counts = new Map<string, number>();
  for (const [from, to] of moves) {
    if (path.posix.dirname(from) !== folder) continue;
    const place = path.posix.dirname(to);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const [first, second] = [...counts].toSorted(([, left], [, right]) => right - left);
  return first !== undefined && first[1] !== second?.[1] ? first[0] : undefined;
}
