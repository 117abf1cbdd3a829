import path from 'node:path';

import { templateContract } from './contract.ts';

templateContract({
  name: 'the Python template',
  directory: path.resolve(import.meta.dirname, '../../templates/python-service'),
});
