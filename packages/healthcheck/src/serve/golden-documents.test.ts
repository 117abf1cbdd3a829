import { describe, expect, it } from 'vitest';
import { readGoldenState, snapshotOf, stateNames } from '../testing/golden-state.ts';
import { schemaProblems } from '../testing/health-schema.ts';
import { buildDocument } from './build-document.ts';

describe.each(stateNames)('the golden document %s', (name) => {
  const state = readGoldenState(name);

  it('is what is rendered from what is given', () => {
    const snapshot = snapshotOf(state.given);
    expect(buildDocument(snapshot, false)).toEqual(state.public);
    expect(buildDocument(snapshot, true)).toEqual(state.full);
  });

  it('is allowed by the schema, public and full', () => {
    expect([...schemaProblems(state.public), ...schemaProblems(state.full)]).toEqual([]);
  });

  it('shows the public nothing that names a dependency, a job or a route', () => {
    const names = [...state.given.checks, ...state.given.jobs].map((each) => each.name);
    const routes = state.given.requests.map(({ route }) => route).filter((route) => route !== 'other');
    const text = JSON.stringify(state.public);
    expect([...names, ...routes].filter((each) => text.includes(`"${each}"`) || text.includes(`"${each}:`))).toEqual(
      [],
    );
  });

  it('begins in full with what is public', () => {
    expect(state.full).toMatchObject(state.public as object);
  });
});

describe('the golden documents', () => {
  it('have every status and most answers between them', () => {
    const documents = stateNames.map((name) => readGoldenState(name).public as ReturnType<typeof buildDocument>);
    const all = (pick: (document: ReturnType<typeof buildDocument>) => string) =>
      [...new Set(documents.map(pick))].toSorted();
    expect(all(({ status }) => status)).toEqual(['fail', 'pass', 'warn']);
    expect(all(({ answers }) => answers.up)).toEqual(['draining', 'no', 'yes']);
    expect(all(({ answers }) => answers.slow)).toEqual(['no', 'not enough data', 'yes']);
    expect(all(({ answers }) => answers.jobs)).toEqual(['failing', 'no jobs', 'ok']);
    expect(all(({ answers }) => answers.deploy)).toEqual(['collecting', 'no change seen', 'not measured', 'slower']);
  });
});
