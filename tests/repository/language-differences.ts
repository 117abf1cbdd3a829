interface Pair {
  readonly node: string;
  readonly python: string;
}

/** What a person types, or a program runs, in one language and in the other. */
export const commands: readonly Pair[] = [
  { node: 'npm run --silent settings', python: '.venv/bin/python -m marlin_service.settings' },
  { node: 'npm start --silent', python: '.venv/bin/python -m marlin_service' },
  { node: 'marlin-service src/migrate.ts', python: 'marlin-service -m marlin_service.migrate' },
  {
    node: `"v$(npm pkg get version | tr -d '"')"`,
    python: String.raw`"v$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)"`,
  },
  // The same as strings of JSON.
  {
    node: String.raw`\"v$(npm pkg get version | tr -d '\"')\"`,
    python: String.raw`\"v$(sed -n 's/^version = \"\\(.*\\)\"/\\1/p' pyproject.toml)\"`,
  },
];

/** What is called differently: the language, what it installs, and where a thing stands. */
export const names: readonly Pair[] = [
  { node: '"language": "node"', python: '"language": "python"' },
  {
    node: 'Node 22.18 or newer, Fastify, Kysely over',
    python: 'Python 3.11 or newer, FastAPI, uvicorn, SQLAlchemy Core over',
  },
  { node: 'dependencies in `package.json`', python: 'dependencies in `pyproject.toml`' },
  { node: 'in `groups` of `src/settings.ts`', python: 'in `Settings` of `src/marlin_service/settings.py`' },
  { node: 'declaration in `src/settings.ts`', python: 'declaration in `src/marlin_service/settings.py`' },
  {
    node: 'a `schema` setting of `@seaworthy/defaults`: any zod type',
    python: 'a `Checked` setting of `_seaworthy/checked_kind.py`: any pydantic type',
  },
  {
    node: 'a `ScheduledJob`, entered in `src/scheduled-jobs.ts`',
    python: 'a function for `job` of `_seaworthy/jobs`, entered in `src/marlin_service/run_job.py`',
  },
  {
    node: '| `src/main.ts`, `src/listen.ts`, `src/stop-gracefully.ts` |',
    python: '| `src/marlin_service/__main__.py`, `server.py` |',
  },
  {
    node: '| `src/start-health.ts`, `src/watch-other-processes.ts` |',
    python: '| `src/marlin_service/create_health.py`, `watch_other_processes.py` |',
  },
  { node: '| `src/app.ts` |', python: '| `src/marlin_service/app.py`, `request_answers.py` |' },
  {
    node: '| `src/orders-routes.ts`, `src/post-order.ts`, `src/order-store.ts` |',
    python: '| `src/marlin_service/orders.py`, `create_order.py`, `order_store.py` |',
  },
  {
    node: '| `src/openapi/` |',
    python: '| `src/marlin_service/openapi_document.py`, `openapi_parameters.py`, `openapi_responses.py` |',
  },
  { node: '| `src/idempotency/` |', python: '| `src/marlin_service/idempotency/` |' },
  { node: '| `src/database/`, `src/cache/` |', python: '| `src/marlin_service/database/`, `cache/` |' },
  { node: '`migrations/`, `src/migrations/`', python: '`migrations/`, `src/marlin_service/migrations/`' },
  {
    node: '| `src/import-orders.ts`, `src/run-job.ts` |',
    python: '| `src/marlin_service/import_orders.py`, `run_job.py` |',
  },
  { node: '| `src/settings.ts` |', python: '| `src/marlin_service/settings.py` |' },
  {
    node: 'what package-lock.json names; without a lock, write one',
    python: 'what the lock files name into .venv',
  },
  { node: 'write package-lock.json from package.json', python: 'write the lock files from pyproject.toml' },
  { node: 'this workstation and restart on every change', python: 'this workstation' },
  {
    node: 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0',
    python: 'actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0',
  },
  { node: 'node-version: 24', python: `python-version: \${{ matrix.python }}` },
];

/** Settings that one language alone has, by their variable, or by the parameter of what reads them. */
export const settings: Readonly<Record<keyof Pair, readonly string[]>> = {
  node: [
    'HTTP_HEADERS_TIMEOUT',
    'HTTP_KEEP_ALIVE_TIMEOUT_BUFFER',
    'HTTP_MAX_REQUESTS_PER_SOCKET',
    'HTTP_MAX_EVENT_LOOP_DELAY',
    'HTTP_SHED_RETRY_AFTER',
    'LOG_DEPTH_LIMIT',
    'LOG_EDGE_LIMIT',
    'DATABASE_CONNECTION_LIFETIME',
    'DATABASE_CONNECTION_LIFETIME_JITTER',
    'DATABASE_IDLE_TIMEOUT',
    'CACHE_OFFLINE_QUEUE',
  ],
  python: ['connect_args.timeout', 'pool_pre_ping', 'pool_recycle'],
};

/** Whole lines that one language alone has, by how they begin: there the services themselves differ. */
export const lines: Readonly<Record<keyof Pair, readonly string[]>> = {
  node: [
    'A second signal, at least a second after the first,',
    'Under systemd the unit starts',
    '| 503 `overloaded` |',
    '- While a statement waits for another writer, the process answers nothing',
    '- headersTimeout at most requestTimeout.',
  ],
  python: [
    'Under systemd the unit starts',
    '`requirements.lock` has what the running service needs,',
    '| `src/marlin_service/_seaworthy/` |',
    '| `tools/lock.py` |',
    '- Statements on SQLite stand in a queue,',
    '- Each instance on PostgreSQL holds one connection more',
    'strategy:',
    'fail-fast: false',
    'matrix:',
    "python: ['3.11', '3.12', '3.13', '3.14']",
  ],
};
