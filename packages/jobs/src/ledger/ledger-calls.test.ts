import { describe, expect, it } from 'vitest';

import { job, memoryStore, migrate, prune } from '../index.ts';

const badStores = [undefined, null, {}, 'sqlite', { ...memoryStore(), claim: undefined }];

describe('migrate', () => {
  it.each(badStores)('refuses %j as a store', async (store) => {
    await expect(migrate(store as never)).rejects.toMatchObject({
      code: 'JOB_OPTIONS_INVALID',
      problems: [{ name: 'store' }],
    });
  });
});

describe('prune', () => {
  async function filled(count: number) {
    let nowMs = 0;
    const store = memoryStore(() => nowMs);
    for (let key = 0; key < count; key += 1) {
      // oxlint-disable-next-line no-await-in-loop -- each a job of its own
      await job({ name: 'sweep', key: String(key), input: null, store, keepMs: 1 }, () => key);
    }
    nowMs = 1;
    return store;
  }

  it('deletes in batches until nothing is left', async () => {
    const store = await filled(2500);
    const batches: number[] = [];
    const counting = { ...store, prune: (limit: number) => store.prune((batches.push(limit), limit)) };
    expect(await prune(counting)).toBe(2500);
    expect(batches).toEqual([1000, 1000, 1000]);
    expect(await prune(store)).toBe(0);
  });

  it('deletes no more than it may', async () => {
    const store = await filled(1500);
    expect([await prune(store, 1200), await prune(store, 1200)]).toEqual([1200, 300]);
  });

  it.each([0, -1, 1.5, Number.NaN, '5', null])('refuses the limit %j', async (limit) => {
    const wrong = { code: 'JOB_OPTIONS_INVALID', problems: [{ name: 'limit' }] };
    await expect(prune(memoryStore(), limit as never)).rejects.toMatchObject(wrong);
  });

  it.each(badStores)('refuses %j as a store', async (store) => {
    await expect(prune(store as never)).rejects.toMatchObject({ problems: [{ name: 'store' }] });
  });
});
