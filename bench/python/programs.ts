import path from 'node:path';

import type { Launch, Program } from '../requests/program.ts';

const repository = path.resolve(import.meta.dirname, '../..');

export const peersFolder = path.join(import.meta.dirname, 'peers');

/** Where the service of the template stands, whose own middleware is measured. */
const templateSource = path.join(repository, 'templates/python-service/src');

export const requestsPerRound = 1_000;

export const launch = ({ file }: Program): Launch => ({
  command: path.join(peersFolder, '.venv/bin/python'),
  args: ['serve.py', path.basename(file, '.py'), templateSource],
  cwd: peersFolder,
});

const base = 'bare.py';

export const bare: Program = { file: base, title: 'FastAPI alone', packages: ['fastapi', 'uvicorn'], base };
export const ours: Program = { file: 'ours.py', title: 'the middleware of the template', packages: [], base };
export const baseHttpMiddleware: Program = {
  file: 'base_http_middleware.py',
  title: '`BaseHTTPMiddleware` that records the same',
  packages: ['starlette'],
  base,
};

export const programs: readonly Program[] = [
  bare,
  { ...bare, title: 'FastAPI alone, again (noise)' },
  ours,
  baseHttpMiddleware,
  {
    file: 'instrumentator.py',
    title: 'prometheus-fastapi-instrumentator',
    packages: ['prometheus-fastapi-instrumentator'],
    base,
  },
];
