import { formats } from '@contract-first/core';
import { expect, test } from 'vitest';
import { accepts } from './accepts.ts';

accepts('F2 time-zone', formats['time-zone'], {
  valid: [
    ...['EST', 'Etc/UTC', 'Etc/GMT-14', 'US/Pacific', 'America/Argentina/ComodRivadavia', 'Antarctica/Troll'],
    ...['Europe/Berlin', 'UTC', 'Europe/Kyiv', 'Europe/Kiev', 'Asia/Kolkata', 'Asia/Calcutta', 'Etc/GMT+12', 'GMT'],
    ...['America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'America/Ciudad_Juarez', 'Zulu', 'EST5EDT'],
  ],
  invalid: [
    'Utc',
    'Mars/Olympus_Mons',
    'Berlin',
    '/Europe/Berlin',
    'Europe/../UTC',
    '+02:00',
    'UTC+2',
    'GMT+2',
    'toString',
    '__proto__',
    ...['', 'europe/berlin', 'EUROPE/BERLIN', 'utc', 'Europe/berlin', 'Europe', 'Europe/', 'Europe/Berlin ', '+01:00'],
    ...['Europe/Berlin\n', 'Europe/Berlin Europe/Paris', 'posix/Europe/Berlin', 'Mars/Phobos', 'CEST', 'localtime'],
  ],
});

test('F2 time-zone: every name that Intl knows is taken', () => {
  expect(Intl.supportedValuesOf('timeZone').filter((name) => !formats['time-zone'](name))).toEqual([]);
});
