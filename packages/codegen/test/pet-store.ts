/** A document in the manner of the well-known pet store, with what a contract of another domain has. */
export const petStore = `openapi: 3.1.1
info: { title: Pet store, version: 2.1.0 }
servers:
  - url: https://a.example/pets/v2/
  - url: http://localhost:8080/pets/v2
security:
  - OIDC: []
paths:
  /pets:
    parameters:
      - { name: limit, in: query, schema: { type: integer, format: int32, minimum: 1, maximum: 100 } }
      - { name: X-Trace, in: header, schema: { type: string } }
    get:
      operationId: listPets
      security: []
      parameters:
        - { name: limit, in: query, required: true, schema: { type: integer, maximum: 10 } }
        - name: tags
          in: query
          schema: { type: array, items: { $ref: '#/components/schemas/Tag' }, maxItems: 3 }
        - name: ids
          in: query
          explode: false
          schema: { type: array, items: { type: number } }
        - { name: sold, in: query, schema: { type: boolean } }
      responses:
        '200':
          description: A page.
          headers:
            X-Next: { description: The next page., schema: { type: string, format: uri-reference } }
            X-Total: { required: true, schema: { type: integer } }
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Pet' } }
        default: { $ref: '#/components/responses/Problem' }
    post:
      operationId: createPet
      security:
        - OIDC: [pets]
          Token: []
        - Token: []
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/Pet' } }
          application/Merge-Patch+JSON: { schema: { type: object, minProperties: 1 } }
      responses:
        '201': { description: Created. }
        4XX: { $ref: '#/components/responses/Problem' }
components:
  securitySchemes:
    OIDC: { type: openIdConnect, openIdConnectUrl: 'https://id.example/.well-known/openid-configuration' }
    Token: { type: http, scheme: Bearer }
  responses:
    Problem:
      description: What went wrong.
      content:
        application/problem+json:
          schema: { type: object, required: [title], properties: { title: { type: string } } }
  schemas:
    Tag: { type: string, pattern: '^[a-z]+$' }
    Pet:
      type: object
      required: [name]
      unevaluatedProperties: false
      properties:
        name: { type: string, maxLength: 2 }
        tags: { type: array, uniqueItems: true, items: { $ref: '#/components/schemas/Tag' } }
        children: { type: array, items: { $ref: '#/components/schemas/Pet' } }
        owner: { $ref: '#/components/schemas/Owner' }
    Owner:
      type: object
      properties:
        pets: { type: array, items: { $ref: '#/components/schemas/Pet' } }
`;
