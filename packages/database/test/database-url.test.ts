import { expect, test } from 'vitest';
import { databaseUrls } from '../src/database-url.ts';

test.each([
  ['postgres://db/users', ['postgres://db/users']],
  ['postgresql://u:p%40@db:5432/users?sslmode=require', ['postgresql://u:p%40@db:5432/users?sslmode=require']],
  ['postgres:///users?host=/run/postgresql', ['postgres:///users?host=/run/postgresql']],
  ['postgres://u:p@one:5432,two:5433/db?a=b', ['postgres://u:p@one:5432/db?a=b', 'postgres://u:p@two:5433/db?a=b']],
  [
    'postgres://u:a,b@one,[::1]:5433,three',
    ['postgres://u:a,b@one', 'postgres://u:a,b@[::1]:5433', 'postgres://u:a,b@three'],
  ],
])('%s has an address for each host', (text, urls) => {
  expect(databaseUrls(text)).toEqual(urls);
});

test.each([
  'mysql://db/users',
  'postgres://',
  'postgres:///users',
  'postgres://one,/db',
  'postgres://,one/db',
  'postgres://one:x,two/db',
  'one,two',
  '',
])('%s is no address', (text) => {
  expect(databaseUrls(text)).toBeUndefined();
});
