import path from 'node:path';

import { serviceContract } from './contract.ts';

serviceContract({
  name: 'the Node template',
  directory: path.resolve(import.meta.dirname, '../../templates/node-service'),
});
