import type { History } from '../history/history.ts';
import { parseRecord, printRecord } from '../history/minute-record-codec.ts';
import { readMinute } from '../history/read-history-options.ts';
import type { MinuteRecord } from '../recording/minute-record.ts';

/** A history of this process alone. Records are copied on the way in, as by every other. */
export function memoryHistory(): History {
  const kept: MinuteRecord[] = [];
  return {
    // oxlint-disable-next-line typescript/require-await -- what is thrown becomes a rejection
    async append(record) {
      const copy = parseRecord(printRecord(record));
      if (copy !== undefined) kept.push(copy);
    },
    // oxlint-disable-next-line typescript/require-await
    async read(sinceMinute) {
      const since = readMinute('sinceMinute', sinceMinute);
      return kept.filter(({ minute }) => minute >= since);
    },
  };
}
