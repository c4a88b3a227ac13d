/** What the clients and the resource of the identity provider for development are named after. */
export const SERVICE_NAME = 'user-api';
