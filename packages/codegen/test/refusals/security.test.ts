import { changed } from '../fixture.ts';
import { refuses } from './refuses.ts';

const operation = (members: string) => changed('operationId: SetThing\n', `operationId: SetThing\n      ${members}\n`);

refuses('security', [
  [
    'a flow of OpenAPI 3.2',
    changed('clientCredentials:', 'deviceAuthorization: {}, clientCredentials:'),
    '23:37  OpenAPI 3.1 has no member deviceAuthorization here (OAuth flows);',
  ],
  [
    'an apiKey',
    changed('Token: { type: oauth2', 'Key: { type: apiKey, in: header, name: k }\n    Token: { type: oauth2'),
    '23:5  an apiKey is not enforced (Key);',
  ],
  [
    'basic',
    changed('Token: { type: oauth2', 'Basic: { type: http, scheme: basic }\n    Token: { type: oauth2'),
    '23:5  the http scheme basic is not enforced (Basic);',
  ],
  [
    'mutualTLS',
    changed('Token: { type: oauth2', 'Tls: { type: mutualTLS }\n    Token: { type: oauth2'),
    '23:5  mutualTLS is not enforced (Tls);',
  ],
  [
    'an undeclared scheme',
    changed('security: [{ Token: [] }]', 'security: [{ Other: [] }]'),
    '4:14  the security scheme Other is not declared;',
  ],
  [
    'an undeclared scope',
    changed('security: [{ Token: [] }]', 'security: [{ Token: [read] }]'),
    '4:22  the scope read is not declared;',
  ],
  ['none at all', changed('security: [{ Token: [] }]\n', ''), '8:5  the operation has no security;'],
  [
    'an empty alternative',
    changed('security: [{ Token: [] }]', 'security: [{ Token: [] }, {}]'),
    '4:27  an empty security requirement makes the others optional;',
  ],
  [
    'an owner of a public operation',
    operation('security: []\n      x-owner: { subject: $request.path.thingId }'),
    '12:7  x-owner needs a token, but the operation is public;',
  ],
  [
    'an owner that is not in the path',
    operation('x-owner: { subject: $request.path.userId }'),
    '11:18  the path has no parameter userId;',
  ],
  [
    'an owner with an undeclared scope',
    operation('x-owner: { subject: $request.path.thingId, unless: admin }'),
    '11:50  the scope admin is not declared;',
  ],
  [
    'a misspelt member of an owner',
    operation('x-owner: { subject: $request.path.thingId, unles: write }'),
    '11:50  unles has no meaning here;',
  ],
  [
    'an owner for a whole path',
    changed('    parameters:\n', '    x-owner: { subject: $request.path.thingId }\n    parameters:\n'),
    '7:5  x-owner of a path item is not served;',
  ],
  [
    'a resource whose id is no expression',
    operation('x-resource: { type: Thing, id: thingId }'),
    '11:34  id is not a runtime expression;',
  ],
  [
    'a resource without a type',
    operation('x-resource: { id: $request.path.thingId }'),
    '11:7  x-resource has no type;',
  ],
]);
