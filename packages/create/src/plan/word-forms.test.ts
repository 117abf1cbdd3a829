import { describe, expect, it } from 'vitest';

import { replaceWords, wordForms } from './word-forms.ts';

const allForms = 'marlin-service marlin_service MARLIN_SERVICE MarlinService Marlin Service marlin-team';

function replaced(name: string, contents: Buffer | string, file = 'a.txt') {
  const forms = wordForms({ name, owner: 'team-orders' });
  return [...replaceWords(new Map([[file, { contents: Buffer.from(contents), mode: 0o755 }]]), forms)][0];
}

describe('word forms', () => {
  it.each([
    ['orders-api', 'orders-api orders_api ORDERS_API OrdersApi Orders Api team-orders'],
    ['ab', 'ab ab AB Ab Ab team-orders'],
    ['a1-2b-c', 'a1-2b-c a1_2b_c A1_2B_C A12bC A1 2b C team-orders'],
  ])('of %s stand in contents', (name, expected) => {
    expect(replaced(name, allForms)?.[1]).toEqual({ contents: Buffer.from(expected), mode: 0o755 });
  });

  it('stand in paths', () => {
    expect(replaced('orders-api', '', 'src/marlin_service/MarlinService.ts')?.[0]).toBe('src/orders_api/OrdersApi.ts');
  });

  it('are replaced everywhere, inside words too', () => {
    expect(replaced('orders-api', 'xmarlin-services, marlin-service.')?.[1].contents.toString()).toBe(
      'xorders-apis, orders-api.',
    );
  });

  it.each([
    ['a null byte', Buffer.from('marlin-service\0')],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from('marlin-service'), Buffer.from([0xff, 0xfe])])],
  ])('leave a file with %s as it is', (_reason, contents) => {
    expect(replaced('orders-api', contents)?.[1].contents.equals(contents)).toBe(true);
  });

  it('keep text outside ASCII', () => {
    expect(replaced('orders-api', 'größer → marlin-service')?.[1].contents.toString()).toBe('größer → orders-api');
  });
});
