import path from 'node:path';

import { describeProcesses } from '../../testing/describe-processes.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

describeProcesses('SQLite', () => Promise.resolve({ file: path.join(temporaryFolder(), 'orders.db') }));
