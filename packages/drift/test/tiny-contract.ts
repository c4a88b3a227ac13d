/** A small contract in which every mutator has something to change. */
export const tinyContract = `openapi: 3.1.0
info: { title: Tiny, version: 1.0.0 }
servers:
  - url: https://api.example.com/tiny
security:
  - OIDC: [read]
paths:
  /things/{thingId}:
    parameters:
      - $ref: '#/components/parameters/ThingId'
    get:
      operationId: GetThing
      security:
        - OIDC: [read]
        - OAuth2: [read]
      x-resource: { type: Thing, id: $request.path.thingId }
      x-owner: { subject: $request.path.thingId, unless: admin }
      parameters:
        - $ref: '#/components/parameters/Trace'
      requestBody:
        $ref: '#/components/requestBodies/Thing'
      responses:
        '200':
          $ref: '#/components/responses/Thing'
        '404':
          $ref: '#/components/responses/NotFound'
components:
  securitySchemes:
    OIDC: { type: openIdConnect, openIdConnectUrl: https://id.example.com }
    OAuth2:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://id.example.com/auth
          tokenUrl: https://id.example.com/token
          scopes: { read: Read, admin: Everything }
  parameters:
    ThingId:
      name: thingId
      in: path
      required: true
      schema: { type: string, format: uuid, maxLength: 36 }
      example: c0daf39b-4df5-4241-9e7d-b1b85f829090
    Trace:
      name: X-Trace
      in: header
      schema: { type: string, pattern: '^[a-z]+$', maxLength: 8 }
  headers:
    ETag: { required: true, schema: { type: string, maxLength: 8 }, example: '"1"' }
    Vary: { schema: { type: string, maxLength: 8 } }
  requestBodies:
    Thing:
      required: true
      content:
        application/json:
          schema: { $ref: '#/components/schemas/ThingDocument' }
  responses:
    Thing:
      description: A thing.
      headers:
        ETag: { $ref: '#/components/headers/ETag' }
      content:
        application/json:
          schema: { $ref: '#/components/schemas/ThingDocument' }
          examples:
            thing:
              value: { id: a, colour: red, parts: [{ size: 1 }] }
    NotFound:
      description: None.
      content:
        application/json:
          schema: { $ref: '#/components/schemas/ErrorDocument' }
  schemas:
    ThingDocument:
      type: object
      additionalProperties: false
      required: [id]
      properties:
        id: { type: string, maxLength: 8 }
        colour: { type: [string, 'null'], enum: [red, green, null] }
        kind: { type: string, const: Thing }
        parts:
          type: array
          maxItems: 3
          items:
            type: object
            properties:
              size: { type: integer, minimum: 0 }
    ErrorDocument:
      type: object
      properties:
        detail: { type: string, maxLength: 8 }
`;
