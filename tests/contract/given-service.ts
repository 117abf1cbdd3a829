// One service that somebody names: `npm run contract -- --dir FOLDER` or `--url ADDRESS` sets these variables.
import { describe } from 'vitest';

import { contract } from './contract.ts';
import { readOnlyContract } from './read-only-contract.ts';
import { readFacts } from './running-service.ts';

const { CONTRACT_DIRECTORY: directory, CONTRACT_URL: address, HEALTH_TOKEN: token } = process.env;

if ((directory === undefined) === (address === undefined))
  throw new Error('expected CONTRACT_DIRECTORY or CONTRACT_URL');

if (directory !== undefined) {
  contract({ name: readFacts(directory).name, directory });
}

describe.runIf(address !== undefined)(`the contract, kept by ${address ?? 'nobody'}`, () => {
  readOnlyContract({ address: address ?? '', token });
});
