import { formats } from '@contract-first/core';
import { accepts } from './accepts.ts';

accepts('ipv4', formats.ipv4, {
  valid: ['0.0.0.0', '192.0.2.1', '255.255.255.255'],
  invalid: [
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.0.0.1',
    '01.2.3.4',
    '1.2.3.4.',
    '1.2.3.',
    '1..3.4',
    '1.2.3.4\n',
    '0x1.2.3.4',
  ],
});

accepts('ipv6', formats.ipv6, {
  valid: [
    '::',
    '::1',
    '1::',
    '2001:db8::1',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7::',
    '::2:3:4:5:6:7:8',
    '::ffff:192.0.2.1',
    '1:2:3:4:5:6:192.0.2.1',
    'FE80::ABCD',
  ],
  invalid: [
    ...[
      '',
      ':',
      ':::',
      '1::2::3',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '1:2:3:4:5:6:7:8::',
      '::12345',
      '::g',
      'fe80::1%eth0',
    ],
    ...[
      '192.0.2.1',
      '1:2:3:4:5:6:7:192.0.2.1',
      '192.0.2.1::',
      '::1.2.3',
      '1:',
      ':1',
      '1:2:3:4:5:6:7:',
      '::1\n',
      '[::1]',
    ],
  ],
});

accepts('hostname', formats.hostname, {
  valid: ['a', 'example.com', 'EXAMPLE.com', 'a-b.c--d.1', '1.2.3.4', 'a'.repeat(63), `${'a.'.repeat(126)}a`],
  invalid: [
    '',
    '.',
    'a.',
    '.a',
    'a..b',
    '-a',
    'a-',
    'a_b',
    'exämple.com',
    'a b',
    'a\n',
    'a'.repeat(64),
    `${'a.'.repeat(127)}a`,
  ],
});

accepts('uri', formats.uri, {
  valid: [
    'https://example.com/a?b#c',
    'urn:isbn:0451450523',
    'mailto:a@b.example',
    'a:',
    'http://[::1]:80/',
    'ftp://u:p@h/%20',
    'tag:a',
  ],
  invalid: [
    '',
    '/a',
    'a',
    '1a:b',
    ':a',
    'a b:c',
    'http://a b/',
    'http://a/%g0',
    'http://a/\n',
    'http://a/[',
    'http://ä/',
    'http://a:b/',
    'http://a/#b#c',
  ],
});

accepts('uri-reference', formats['uri-reference'], {
  valid: ['', '/a/b', 'a', '../a', '?a=b', '#c', '//host/a', 'https://example.com/', 'a/b:c'],
  invalid: ['a b', '\\a', '/a%', '%', '<a>', '1a:b', '//a:b:c', '"'],
});

accepts('byte', formats.byte, {
  valid: ['', 'YQ==', 'YWI=', 'YWJj', 'ab+/'],
  invalid: ['a', 'YQ', 'YQ=', 'YQ===', 'YW==I', 'ab-_', 'YW Jj', 'YWJj\n', '='],
});

accepts('password', formats.password, { valid: ['', 'a'], invalid: [] });
