import path from 'node:path';

import { contract } from './contract.ts';

contract({
  name: 'the Python template',
  directory: path.resolve(import.meta.dirname, '../../templates/python-service'),
});
