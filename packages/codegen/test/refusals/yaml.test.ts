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
  ['a prototype', `${accepted}x-a: { __proto__: 1 }\n`, '29:8  __proto__ cannot be a key;'],
  ['an alias without an anchor', `${accepted}x-a: *gone\n`, '29:6  Unresolved alias'],
  ['an alias that contains itself', `${accepted}x-a: &a { b: *a }\n`, '29:14  the alias *a contains itself;'],
  ['a merge of what is no mapping', `${accepted}x-a: { <<: 1 }\n`, '1:1  Merge sources must be maps or map aliases;'],
  ['several documents', `${accepted}---\na: 1\n`, '29:1  the file holds a second YAML document;'],
  ['500 levels of JSON', `{"a":${'['.repeat(500)}${']'.repeat(500)}}`, '1:205  the document is nested too deeply;'],
  ['keys that are one text', `${accepted}x-a: { 200: a, '200': b }\n`, '29:16  Map keys must be unique;'],
  [
    'an integer that would change',
    `${accepted}x-a: 9007199254740993\n`,
    '29:6  the number 9007199254740993 would not be read as it is written;',
  ],
  ['infinity', `${accepted}x-a: .inf\n`, '29:6  the number .inf would not be read as it is written;'],
  ['a list', '- a\n', '1:1  the document is not an object;'],
  ['nothing', '', '1:1  the document is not an object;'],
]);
