import { describe, expect, it } from 'vitest';

import { explain } from '../../bench/create/explain.ts';
import { inFolder } from '../../bench/create/in-folder.ts';
import { measureScaffold, timeProgram } from '../../bench/create/measure-scaffold.ts';
import { code, command, commandWithGit, copy, floor, plopDoor, type Program } from '../../bench/create/programs.ts';

describe('the programs of the benchmark', { timeout: 60_000 }, () => {
  it('write the same service through each door, once in each round', () => {
    const doors = [floor, copy, command, commandWithGit, plopDoor, code];
    const timings = inFolder((folder) => measureScaffold(folder, 1, doors));
    expect(Array.from(timings, ([program, samples]) => [program, samples.length])).toEqual(
      doors.map((door) => [door, 1]),
    );
  });

  it('that leave files out are found', () => {
    const time = (program: Program, files: readonly string[]) => () =>
      inFolder((folder) => timeProgram(program, { folder, files, copied: '', host: '/nowhere' }));
    expect(time({ ...floor, files: 'ours' }, ['RUNBOOK.md'])).toThrow('wrote 0 files, expected 1');
    expect(time({ ...floor, args: () => ['-e', 'process.exit(1)'] }, [])).toThrow('failed');
  });

  it('are explained with their medians', () => {
    const timings = new Map([
      [floor, [50, 60, 70]],
      [command, [100, 110, 120]],
    ]);
    expect(explain(timings, {})).toContain('| `create-seaworthy --no-git` | 110 | 102 | 118 |');
    expect(explain(timings, {})).toContain('3 rounds');
  });
});
