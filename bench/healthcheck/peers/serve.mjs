// One measured server: `node serve.mjs PROGRAM`. Writes its port, and lives until its input ends.
const [, , program] = process.argv;
const { createServer } = await import(program);
const server = await createServer();
// A connection waits for its turn while the other servers are measured.
server.keepAliveTimeout = 0;
server.headersTimeout = 0;
server.requestTimeout = 0;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.on('end', () => process.exit(0)).resume();
