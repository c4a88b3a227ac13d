/**
 * The addresses of a PostgreSQL database. As in libpq a URL may name several hosts of which one takes writes:
 * `postgres://user:password@one:5432,two:5432/database`.
 *
 * @returns a URL for each host, in order; undefined if the text is no such URL
 */
export function databaseUrls(text: string): readonly string[] | undefined {
  const [, before, hosts, after] = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#@]*)(.*)$/s.exec(text) ?? [];
  if (before === undefined || hosts === undefined || after === undefined) return undefined;
  const urls = hosts.split(',').map((host) => `${before}${host}${after}`);
  return urls.every(hasHost) ? urls : undefined;
}

function hasHost(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.hostname !== '' || url.searchParams.has('host'));
}
