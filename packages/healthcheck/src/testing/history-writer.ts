// A program of its own: appends one minute after the other as fast as it can, and prints each that was taken.
import { writeSync } from 'node:fs';

import { fileHistory } from '../history/file-history.ts';
import { recordOf } from './minute-records.ts';

const [path = '', releaseId = '', first = '0', count = '1', maxMinutes = '1440'] = process.argv.slice(2);
const history = fileHistory({
  path,
  maxMinutes: Number(maxMinutes),
  onProblem: ({ code }) => void writeSync(2, `${code}\n`),
});
for (let minute = Number(first); minute < Number(first) + Number(count); minute += 1) {
  try {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await history.append(recordOf(minute, releaseId));
    writeSync(1, `${minute}\n`);
  } catch (error) {
    writeSync(2, `${String(error)}\n`);
  }
}
