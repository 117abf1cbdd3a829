// What is installed on this machine.
export { describeWhere, folderOf, userNamed } from './programs.ts';

// What the tests start, and nothing else touches.
export { freePort } from './free-port.ts';
export { type NpmRegistry, startNpmRegistry } from './npm-registry.ts';
export { openPool } from './open-pool.ts';
export { describePostgres, type PostgresServer, startPostgres } from './postgres-server.ts';
export { describeRedis, type RedisServer, startRedis } from './redis-server.ts';
