import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RouteNames, toTemplate } from './route-names.ts';

describe('the names of routes', () => {
  it('are numbered in the order of their first request, after `other`', () => {
    const routes = new RouteNames(10);
    expect(['/a', '/b', '/a', undefined].map((route) => routes.numberOf(route))).toEqual([1, 2, 1, 0]);
    expect(routes.names).toEqual(['other', '/a', '/b']);
  });

  it('are one where a framework and a handler write the same template', () => {
    const routes = new RouteNames(10);
    expect(['/orders/:id', '/orders/{id}', '/orders/:id'].map((route) => routes.numberOf(route))).toEqual([1, 1, 1]);
    expect(routes.names).toEqual(['other', '/orders/{id}']);
  });

  it('are none with a limit of 0', () => {
    const routes = new RouteNames(0);
    expect([routes.numberOf('/a'), routes.names]).toEqual([0, ['other']]);
  });

  it('that are too long are counted as `other`', () => {
    const routes = new RouteNames(10);
    expect([routes.numberOf(`/${'a'.repeat(255)}`), routes.numberOf(`/${'a'.repeat(256)}`)]).toEqual([1, 0]);
  });

  it.each([
    ['/orders/:orderNumber', '/orders/{orderNumber}'],
    ['/:a/:b-:c.png', '/{a}/{b}-{c}.png'],
    ['/:hour(^\\d{2})h:minute(^\\d{2})m', '/{hour}h{minute}m'],
    ['/users/:id?', '/users/{id}'],
    ['/posts/:date{[0-9]+}', '/posts/{date}'],
    ['/orders/{orderNumber}', '/orders/{orderNumber}'],
    ['/files/*rest', '/files/*rest'],
    ['/name::verb', '/name::verb'],
    ['/', '/'],
  ])('%s is printed as %s', (route, template) => {
    expect(toTemplate(route)).toBe(template);
  });

  it('stay within the limit, whatever arrives', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 200 }), fc.nat({ max: 20 }), (arriving, limit) => {
        const routes = new RouteNames(limit);
        const numbers = arriving.map((route) => routes.numberOf(route));
        expect(routes.names.length).toBeLessThanOrEqual(limit + 1);
        expect(arriving.map((route) => routes.numberOf(route))).toEqual(numbers);
        expect(new Set(routes.names).size).toBe(routes.names.length);
      }),
    );
  });
});
