import { describe, expect, it } from 'vitest';

import { lines, VersionedService } from '../../fixtures/versioned-service.ts';

describe('dependencies', () => {
  const manifest = (dependencies: Record<string, string>) =>
    `${JSON.stringify({ name: 'marlin-service', scripts: {}, dependencies, devDependencies: {} }, null, 2)}\n`;
  const dependenciesOf = (service: VersionedService) =>
    (JSON.parse(service.read('package.json')) as { dependencies: unknown }).dependencies;

  it('of package.json are merged by name, side by side', async () => {
    const service = new VersionedService({ 'package.json': manifest({ b: '1', c: '1', d: '1' }) });
    const mine = service
      .read('package.json')
      .replace('"b": "1"', '"a": "9",\n    "b": "1"')
      .replace(/,\s*"d": "1"/, '');
    service.edit({ 'package.json': mine });
    const next = { 'package.json': manifest({ b: '2', bb: '1', c: '1', d: '1' }) };
    expect(await service.update(next)).toMatchObject({ outcome: 'updated', conflicts: [] });
    expect(dependenciesOf(service)).toEqual({ a: '9', b: '2', bb: '1', c: '1' });
  });

  it('on our packages take the versions that the template names, whatever the version of the engine', async () => {
    const ours = (defaults: string, jobs: string) =>
      manifest({ '@seaworthy/defaults': defaults, '@seaworthy/jobs': jobs });
    const service = new VersionedService({ 'package.json': ours('0.4.0', '0.2.1') });
    expect(dependenciesOf(service)).toEqual({ '@seaworthy/defaults': '0.4.0', '@seaworthy/jobs': '0.2.1' });
    await service.update({ 'package.json': ours('0.5.0', '0.2.1') });
    expect(service.read('.seaworthy/state.json')).toContain('"templateVersion": "1.1.0"');
    expect(dependenciesOf(service)).toEqual({ '@seaworthy/defaults': '0.5.0', '@seaworthy/jobs': '0.2.1' });
  });

  it('of package.json that both changed are a conflict, and no other line is', async () => {
    const service = new VersionedService({ 'package.json': manifest({ b: '1', c: '1' }) });
    service.edit({ 'package.json': service.read('package.json').replace('"b": "1"', '"b": "7"') });
    const result = await service.update({ 'package.json': manifest({ b: '2', c: '2' }) });
    expect(result.conflicts).toEqual([{ file: 'package.json' }]);
    expect(service.read('package.json')).toContain('"b": "7"');
    expect(service.read('package.json')).toContain('"c": "2"');
    expect(service.read('package.json')).not.toContain('"c": "1"');
  });

  it.each([
    ['only that', {}],
    ['a file that you removed, too', { 'gone.ts': undefined }],
  ])('in a table that the template adds come where it has them, beside your edit: %s', async (_what, removed) => {
    const facts = { name: 'marlin-service', license: 'MIT', dependencies: { b: '1' }, engines: { node: '>=22' } };
    const before = `${JSON.stringify(facts, null, 2)}\n`;
    const service = new VersionedService({ 'package.json': before, 'gone.ts': lines(9) });
    service.edit({ 'package.json': service.read('package.json').replace('MIT', 'ISC'), ...removed });
    const next = before
      .replace('"license"', '"peerDependencies": {\n    "c": "1"\n  },\n  "license"')
      .replace('"b": "1"', '"b": "2"');
    expect(await service.update({ 'package.json': next })).toMatchObject({ outcome: 'updated', conflicts: [] });
    const merged = JSON.parse(service.read('package.json')) as object;
    expect(merged).toMatchObject({ license: 'ISC', peerDependencies: { c: '1' }, dependencies: { b: '2' } });
    expect(Object.keys(merged).slice(0, 3)).toEqual(['name', 'peerDependencies', 'license']);
  });

  it('of pyproject.toml with comments at their end: two of them are a conflict', async () => {
    const list = (end: string) => `[project]\nname = "x"\ndependencies = [\n  "a==1",\n${end}]\n`;
    const service = new VersionedService({ 'pyproject.toml': list('') }, 'python');
    service.edit({ 'pyproject.toml': list('  # MINE\n') });
    expect(await service.update({ 'pyproject.toml': list('  # THEIRS\n') })).toMatchObject({
      conflicts: [{ file: 'pyproject.toml' }],
    });
    expect(service.read('pyproject.toml')).toMatch(/# MINE\n[^]*# THEIRS\n/);
  });

  it('that neither changed are left as they are written', async () => {
    const compact =
      '{\n  "name": "marlin-service",\n  "license": "MIT",\n  "dependencies": { "b": "1" },\n  "devDependencies": {},\n  "x": 1\n}\n';
    const service = new VersionedService({ 'package.json': compact });
    // As the template writes it a list stands on lines of its own; somebody has written it shorter.
    const mine = service
      .read('package.json')
      .replace(/"dependencies": \{\s+"b": "1"\s+\}/, '"dependencies": { "b": "1" }');
    service.edit({ 'package.json': mine });
    await service.update({ 'package.json': compact.replace('"MIT"', '"ISC"') });
    expect(service.read('package.json')).toBe(mine.replace('"MIT"', '"ISC"'));
    const lists =
      '[project]\nname = "marlin-service"\ndependencies = ["a==1", "b==1"]\n\n[tool.ruff]\nline-length = 100\n';
    const python = new VersionedService({ 'pyproject.toml': lists }, 'python');
    python.edit({ 'pyproject.toml': `${python.read('pyproject.toml')}# mine\n` });
    await python.update({ 'pyproject.toml': lists.replace('name = ', '# theirs\nname = ') });
    expect(python.read('pyproject.toml')).toBe(
      `${lists.replace('name = ', '# theirs\nname = ').replace('marlin-service', 'orders-api')}# mine\n`,
    );
  });

  it('of pyproject.toml come beside an edit of yours in another table', async () => {
    const before =
      '[project]\nname = "marlin-service"\ndependencies = [\n  "a==1",\n]\n\n[tool.ruff]\nline-length = 100\n';
    const service = new VersionedService({ 'pyproject.toml': before }, 'python');
    service.edit({ 'pyproject.toml': service.read('pyproject.toml').replace('100', '88') });
    await service.update({ 'pyproject.toml': before.replace('a==1', 'a==2') });
    expect(service.read('pyproject.toml')).toBe(
      before.replace('a==1', 'a==2').replace('100', '88').replace('marlin-service', 'orders-api'),
    );
  });

  it('of pyproject.toml are merged by name, with their comments', async () => {
    const project = (dependencies: string, dev: string) =>
      `[project]\nname = "marlin-service"\ndependencies = [\n${dependencies}]\n\n[dependency-groups]\ndev = [\n${dev}]\n`;
    const base = project('  "fastapi==1",\n  "psycopg[binary]==1",\n', '  # inner parts\n  "pip==1",\n');
    const service = new VersionedService({ 'pyproject.toml': base }, 'python');
    const mine = service
      .read('pyproject.toml')
      .replace('  "fastapi==1",\n', '  "boto3==3", # mine\n  "fastapi==1",\n')
      .replace('"pip==1",', '"pip==1",\n  "mine==1",');
    service.edit({ 'pyproject.toml': mine });
    const next = project('  "fastapi==2",\n  "httpx==1",\n  "psycopg[binary]==2",\n', '  # inner parts\n  "pip==2",\n');
    expect(await service.update({ 'pyproject.toml': next })).toMatchObject({ outcome: 'updated', conflicts: [] });
    expect(service.read('pyproject.toml')).toBe(
      project(
        '  "boto3==3", # mine\n  "fastapi==2",\n  "httpx==1",\n  "psycopg[binary]==2",\n',
        '  # inner parts\n  "pip==2",\n  "mine==1",\n',
      ).replace('marlin-service', 'orders-api'),
    );
  });

  it('of a file that is no JSON or TOML any more are merged as lines', async () => {
    const service = new VersionedService({ 'pyproject.toml': lines(9), 'package.json': manifest({ b: '1' }) });
    service.edit({ 'pyproject.toml': `${lines(9)}[[[\n`, 'package.json': '{' });
    const next = { 'pyproject.toml': `x\n${lines(9)}`, 'package.json': manifest({ b: '2' }) };
    const result = await service.update(next);
    expect(service.read('pyproject.toml')).toBe(`x\n${lines(9)}[[[\n`);
    expect(result.conflicts).toEqual([{ file: 'package.json' }]);
  });
});
