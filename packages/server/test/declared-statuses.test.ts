import { compileContract } from '@contract-first/codegen';
import { expect, test } from 'vitest';
import { BootError, createServer } from '../src/index.ts';

/** A parcel that needs a token without scopes, and what else the operation says. */
const parcel = (more: string) => `
  openapi: 3.1.0
  info: { title: Parcels, version: 1.0.0 }
  paths:
    /parcels/{parcelId}:
      get:
        operationId: GetParcel
        security: [{ Token: [] }]
        ${more}
        parameters: [{ name: parcelId, in: path, required: true, schema: { type: string } }]
        responses:
          '204': { description: there }
          '401': { description: no token }
          '422': { description: a parameter that is wrong }
          '500': { description: failed }
  components: { securitySchemes: { Token: { type: http, scheme: bearer } } }
`;

async function faultsOf(text: string): Promise<readonly string[]> {
  const authenticate = () => Promise.reject(new Error('never called'));
  const handlers = { GetParcel: () => Promise.reject(new Error('never called')) };
  const app = createServer({
    contract: await compileContract(text),
    handlers,
    authenticators: { Token: authenticate },
    undeclaredErrors: 'refuse',
  });
  const thrown: unknown = await app.ready().then(
    () => null,
    (error: unknown) => error,
  );
  return thrown instanceof BootError ? thrown.faults : [];
}

test('403 must be declared where an operation has an owner, although no scope is asked for', async () => {
  expect(await faultsOf(parcel(''))).toEqual([]);
  const faults = await faultsOf(parcel('x-owner: { subject: $request.path.parcelId }'));
  expect(faults).toEqual([expect.stringContaining('status 403 must be declared')]);
});
