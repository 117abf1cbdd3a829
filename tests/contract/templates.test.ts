import path from 'node:path';

import { contract } from './contract.ts';

const templates = path.resolve(import.meta.dirname, '../../templates');

contract('the Node template', path.join(templates, 'node-service'));
contract('the Python template', path.join(templates, 'python-service'));
