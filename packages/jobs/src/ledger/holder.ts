import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** Who claims: `<host name>/<process id>/<random>`, new for each claim. */
export const newHolder = (): string => `${hostname()}/${process.pid}/${randomBytes(3).toString('hex')}`;
