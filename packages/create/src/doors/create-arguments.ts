import { ScaffoldError } from '../errors.ts';

import { asksForHelp, readTokens, toTokens } from './command-line-tokens.ts';
import type { Door, Request } from './door.ts';

/** The door of the package's own command: the service goes where the user stands. */
export const createDoor: Door = {
  command: 'npx create-seaworthy',
  example: 'npx create-seaworthy orders-api --language=python --owner=team-orders',
  defaults: { directory: '.' },
  remark: 'A service takes over what its template changes later: npx create-seaworthy update --help',
};

/**
 * Reads the arguments of `create-seaworthy`: the first word is the name, the rest are flags.
 *
 * @throws {ScaffoldError} `SCAFFOLD_ARGUMENTS`, naming everything that is not understood.
 */
export function parseCreateArguments(args: readonly string[]): Request {
  const tokens = toTokens(args);
  if (asksForHelp(tokens)) return { kind: 'help' };
  const { problems, input, run, words } = readTokens(tokens);
  const [name, ...more] = words;
  if (name !== undefined && input['name'] !== undefined) problems.push(`${name}: the name is given twice`);
  if (more.length > 0) {
    problems.push(
      `${more.join(', ')}: expected one name and flags; npm keeps flags to itself that stand before --: npm create seaworthy@latest orders-api -- --language=python --owner=team-orders`,
    );
  }
  if (problems.length > 0) throw new ScaffoldError('SCAFFOLD_ARGUMENTS', [...problems, `usage: ${createDoor.example}`]);
  return { kind: 'run', run, input: name === undefined ? input : { ...input, name } };
}
