import path from 'node:path';

import { contract } from './contract.ts';

const templates = path.resolve(import.meta.dirname, '../../templates');

contract({
  name: 'the Node template',
  directory: path.join(templates, 'node-service'),
});
contract({
  name: 'the Python template',
  directory: path.join(templates, 'python-service'),
});
