import path from 'node:path';

import { contract } from './contract.ts';

contract({
  name: 'the Node template',
  directory: path.resolve(import.meta.dirname, '../../templates/node-service'),
});
