import type { Location } from './redocly.ts';

/**
 * Names an operation the way people do, for messages.
 *
 * @param location of the operation, or of something in it
 * @returns for example `PATCH /users/{userId}`; the pointer itself if it leads to no operation
 */
export function operationName(location: Location): string {
  const [root, path, method] = location.pointer.replace('#/', '').split('/');
  if (root !== 'paths' || path === undefined || method === undefined) return location.pointer;
  return `${method.toUpperCase()} ${path.replaceAll('~1', '/').replaceAll('~0', '~')}`;
}
