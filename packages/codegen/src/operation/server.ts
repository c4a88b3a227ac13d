import type { DocumentReader } from '../document/reader.ts';
import type { Place } from '../document/source.ts';

/** The path that all servers of the document share, without a slash at the end (OAS 3.1 §4.8.5). */
export function basePath(reader: DocumentReader): string {
  const servers = reader.items(reader.member(reader.root, 'servers'));
  const paths = servers.map((server) => serverPath(reader, server));
  for (const [index, server] of servers.entries()) {
    if (paths[index] !== paths[0])
      reader.refuse(server, 'the servers have different paths; use the same path for each');
  }
  return paths[0] ?? '';
}

function serverPath(reader: DocumentReader, server: Place): string {
  reader.allowOnly(server, 'server', ['url', 'description', 'variables']);
  const url = reader.string(server, 'url') ?? '';
  const at = reader.member(server, 'url') ?? server;
  if (/[{}]/.test(url)) reader.refuse(at, 'the server URL has variables; list each server with its whole URL');
  else if (!URL.canParse(url, 'http://relative.invalid'))
    reader.refuse(at, `the server URL ${url} is malformed; correct it`);
  else return plainPath(reader, at, new URL(url, 'http://relative.invalid'));
  return '';
}

function plainPath(reader: DocumentReader, at: Place, { pathname, search, hash }: URL): string {
  if (search !== '' || hash !== '') reader.refuse(at, 'the server URL has a query or a fragment; remove it');
  if (!/^[\w./~-]*$/.test(pathname) || pathname.includes('//')) {
    reader.refuse(
      at,
      `the server path ${pathname} has characters that a router reads differently; use letters, digits and -._~`,
    );
  }
  return pathname.replace(/\/+$/, '');
}
