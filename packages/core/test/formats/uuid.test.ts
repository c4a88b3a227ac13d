import { formats } from '@contract-first/core';
import { accepts } from './accepts.ts';

accepts('H5 uuid', formats.uuid, {
  valid: [
    'c0daf39b-4df5-4241-9e7d-b1b85f829090',
    'C0DAF39B-4DF5-4241-9E7D-B1B85F829090',
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ],
  invalid: [
    '',
    'urn:uuid:c0daf39b-4df5-4241-9e7d-b1b85f829090',
    '{c0daf39b-4df5-4241-9e7d-b1b85f829090}',
    'c0daf39b4df542419e7db1b85f829090',
    'c0daf39b-4df5-4241-9e7d-b1b85f82909',
    'c0daf39b-4df5-4241-9e7d-b1b85f8290900',
    'g0daf39b-4df5-4241-9e7d-b1b85f829090',
    'c0daf39b-4df5-4241-9e7d-b1b85f829090\n',
    ' c0daf39b-4df5-4241-9e7d-b1b85f829090',
    'c0daf39b-4df5-4241-9e7d_b1b85f829090',
  ],
});
