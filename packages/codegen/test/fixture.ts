import { compileContract, RefusedDocumentError } from '@contract-first/codegen';

/** A small document that is accepted. Tests change a line of it, or add members, and look at what is refused. */
export const accepted = `openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
servers: [{ url: https://things.example/v1 }]
security: [{ Token: [] }]
paths:
  /things/{thingId}:
    parameters:
      - { name: thingId, in: path, required: true, schema: { type: string } }
    put:
      operationId: SetThing
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Thing' }
      responses:
        '200':
          description: Done.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Thing' }
components:
  securitySchemes:
    Token: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://id.example/t', scopes: { write: Write } } } }
  schemas:
    Thing:
      type: object
      properties:
        name: { type: string }
`;

/** Replaces a part of {@link accepted} that must be there exactly once. */
export function changed(part: string, replacement: string): string {
  if (accepted.split(part).length !== 2) throw new Error(`The fixture must have this exactly once: ${part}`);
  return accepted.replace(part, () => replacement);
}

/** What is refused, one `LINE:COLUMN  reason` each; an empty list if the document is accepted. */
export async function refusalsOf(text: string): Promise<readonly string[]> {
  try {
    await compileContract(text, 'openapi.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof RefusedDocumentError)) throw error;
    return error.message.split('\n').map((line) => line.replace(/^openapi\.yaml:/, ''));
  }
}
