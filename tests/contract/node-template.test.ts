import path from 'node:path';

import { templateContract } from './contract.ts';

templateContract({
  name: 'the Node template',
  directory: path.resolve(import.meta.dirname, '../../templates/node-service'),
});
