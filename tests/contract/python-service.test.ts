import path from 'node:path';

import { serviceContract } from './contract.ts';

serviceContract({
  name: 'the Python template',
  directory: path.resolve(import.meta.dirname, '../../templates/python-service'),
});
