import { changed } from '../fixture.ts';
import { refuses } from './refuses.ts';

const operation = (members: string) => changed('operationId: SetThing\n', `operationId: SetThing\n      ${members}\n`);

refuses('operations', [
  ['no operationId', changed('      operationId: SetThing\n', ''), '9:5  the operation has no operationId;'],
  [
    'an operationId with a hyphen',
    changed('SetThing', 'set-thing'),
    '10:7  the operationId set-thing is not an identifier;',
  ],
  [
    'an operationId that every object has',
    changed('SetThing', 'toString'),
    '10:7  the operationId toString is not an identifier;',
  ],
  [
    'an operationId twice',
    changed('    put:\n', '    get: { operationId: SetThing, responses: { default: { description: x } } }\n    put:\n'),
    '11:7  the operationId SetThing is there twice;',
  ],
  ['trace', changed('    put:\n', '    trace: {}\n    put:\n'), '9:5  trace of a path item is not served;'],
  [
    'a method of OpenAPI 3.2',
    changed('    put:\n', '    query: {}\n    put:\n'),
    '9:5  OpenAPI 3.1 has no member query here (path item);',
  ],
  ['callbacks', operation('callbacks: {}'), '11:7  callbacks are not sent;'],
  ['servers of an operation', operation('servers: []'), '11:7  servers of one operation are not served;'],
  ['a misspelt member', operation('requestbody: {}'), '11:7  OpenAPI 3.1 has no member requestbody here (operation);'],
  [
    'a path item reference',
    changed('    parameters:\n', "    $ref: '#/components/pathItems/A'\n    parameters:\n"),
    '7:5  $ref of a path item is not served;',
  ],
  ['a body of GET', changed('put:', 'get:'), '11:7  a body of GET has no meaning (RFC 9110 §9.3);'],
  ['a body of DELETE', changed('put:', 'delete:'), '11:7  a body of DELETE has no meaning (RFC 9110 §9.3);'],
  [
    'a reply to HEAD with a body',
    changed('put:', 'head:').replace(/ {6}requestBody:\n(?: {8}.*\n)+/, ''),
    '14:11  a reply to HEAD has no body (RFC 9110 §9.3.2);',
  ],
]);
