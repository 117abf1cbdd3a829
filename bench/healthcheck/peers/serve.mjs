// One measured server: `node serve.mjs PROGRAM`. Tells its parent the port, and lives until the parent ends it.
const [, , program] = process.argv;
const { createServer } = await import(program);
const server = await createServer();
// A connection waits for its turn while the other servers are measured.
server.keepAliveTimeout = 0;
server.headersTimeout = 0;
server.requestTimeout = 0;
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.once('disconnect', () => process.exit(0));
