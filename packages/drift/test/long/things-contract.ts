/** A small contract whose changes are tried with a client of the version before. */
export const thingsContract = `openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
servers:
  - url: /v1
security: []
paths:
  /things/{thingId}:
    parameters:
      - { name: thingId, in: path, required: true, schema: { type: string, maxLength: 8 } }
    get:
      operationId: GetThing
      security: []
      parameters:
        - { name: tag, in: query, schema: { type: string, maxLength: 4 } }
      responses:
        '200':
          description: A thing.
          headers:
            X-Size: { required: true, schema: { type: integer } }
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Thing' }
        '404':
          $ref: '#/components/responses/Problem'
        default:
          $ref: '#/components/responses/Problem'
    patch:
      operationId: UpdateThing
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Update' }
      responses:
        '200':
          description: The thing.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Thing' }
        default:
          $ref: '#/components/responses/Problem'
components:
  responses:
    Problem:
      description: What went wrong.
      content:
        application/json:
          schema: { $ref: '#/components/schemas/Problem' }
  schemas:
    Thing:
      type: object
      additionalProperties: false
      required: [id]
      properties:
        id: { type: string }
        colour: { type: [string, 'null'], enum: [red, green, null] }
        parts:
          type: array
          maxItems: 3
          items:
            oneOf:
              - type: object
                additionalProperties: false
                required: [kind]
                properties:
                  kind: { type: string, const: wheel }
                  size: { type: integer }
              - type: object
                additionalProperties: false
                required: [kind]
                properties:
                  kind: { type: string, const: door }
                  lock: { type: boolean }
    Update:
      type: object
      additionalProperties: false
      required: [name]
      properties:
        name: { type: string, maxLength: 8 }
        note: { type: string }
    Problem:
      type: object
      additionalProperties: false
      properties:
        detail: { type: string }
`;

/** The operations of the contract, as a client sees them. */
export interface Operations {
  readonly GetThing: {
    parameters: { path: { thingId: string }; query?: { tag?: string } };
    responses: { 200: Reply; 404: Reply; default: Reply };
  };
  readonly UpdateThing: {
    parameters: { path: { thingId: string } };
    requestBody: { content: { 'application/json': object } };
    responses: { 200: Reply; default: Reply };
  };
}

interface Reply {
  headers: { [name: string]: unknown };
  content: { 'application/json': object };
}
