import { accepted, changed } from '../fixture.ts';
import { refuses } from './refuses.ts';

refuses('yaml', [
  [
    'a duplicate key',
    changed('operationId: SetThing', 'operationId: SetThing\n      operationId: Other'),
    '11:7  Map keys must be unique;',
  ],
  [
    'a syntax error',
    changed('security: [{ Token: [] }]', 'security: [{ Token: [] }'),
    '5:1  Flow sequence in block collection must be sufficiently indented and end with a ];',
  ],
  ['a merge key', `${accepted}x-a: { <<: { b: 1 } }\n`, '29:8  YAML 1.2 has no merge key;'],
  ['a prototype', `${accepted}x-a: { __proto__: 1 }\n`, '29:8  __proto__ cannot be a key;'],
  ['an alias without an anchor', `${accepted}x-a: *gone\n`, '1:1  Unresolved alias'],
  ['a list', '- a\n', '1:1  the document is not an object;'],
  ['nothing', '', '1:1  the document is not an object;'],
]);
