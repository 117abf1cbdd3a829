// The questions have not changed yet: this stands in for the first change, in which `team` became `owner`.
import { expect, it, vi } from 'vitest';

import { lines, VersionedService } from '../../fixtures/versioned-service.ts';
import type * as Migrations from '../state/answer-migrations.ts';

import { updateService } from './update-service.ts';

vi.mock('../state/answer-migrations.ts', async (original) => {
  const actual = await original<typeof Migrations>();
  const renameTeam = ({ team, ...answers }: Readonly<Record<string, unknown>>) => ({ ...answers, owner: team });
  return {
    answersVersion: 2,
    migrateAnswers: (answers: Readonly<Record<string, unknown>>, from: number) =>
      actual.migrateAnswers(answers, from, [renameTeam]),
  };
});

/** A service whose answers were recorded before the questions changed. */
function earlierService(team: string): VersionedService {
  const service = new VersionedService({ 'a.ts': lines(9) });
  const state = JSON.parse(service.read('.seaworthy/state.json')) as { answers: Record<string, unknown> };
  const { owner: _later, ...answers } = state.answers;
  const earlier = { ...state, answersVersion: 1, answers: { ...answers, team } };
  return service.edit({
    '.seaworthy/state.json': `${JSON.stringify(earlier, null, 2)}\n`,
    'a.ts': `${lines(9)}mine\n`,
  });
}

it('recorded answers are brought to the questions of today, by the update that asks them first', async () => {
  const service = earlierService('team-orders');
  expect(await service.update({ 'a.ts': `new\n${lines(9)}` })).toMatchObject({ outcome: 'updated', conflicts: [] });
  expect(service.read('a.ts')).toBe(`new\n${lines(9)}mine\n`);
  expect(JSON.parse(service.read('.seaworthy/state.json'))).toMatchObject({
    answersVersion: 2,
    answers: { name: 'orders-api', owner: 'team-orders' },
  });
  expect(service.read('.seaworthy/state.json')).not.toContain('"team"');
  const again = { ...service.release({ 'a.ts': `new\n${lines(9)}` }), cwd: service.directory };
  expect(await updateService('.', again)).toMatchObject({ outcome: 'current' });
});

it('an answer that is not accepted any more is told by the name it has today', async () => {
  await expect(earlierService('Team Orders').update({ 'a.ts': 'new\n' })).rejects.toThrow(
    /UPDATE_STATE[^]*--owner="Team Orders"[^]*write it under "answers" of \.seaworthy\/state\.json/,
  );
});
