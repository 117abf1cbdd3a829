import { readdirSync } from 'node:fs';
import path from 'node:path';

/** True where something of precisely this name is there: on a disk that does not tell cases apart, `readme.md` answers for `README.md`. */
export function isExactName(place: string): boolean {
  try {
    return readdirSync(path.dirname(place)).includes(path.basename(place));
  } catch {
    return false;
  }
}
