/**
 * Reads a .dockerignore file. As in Docker the last pattern that matches a path, or a folder that it is in, decides.
 *
 * @returns whether a path, relative to the context, is left out
 * @throws {Error} for an exception below a folder that is left out: the folder is not looked into
 */
export function readDockerIgnore(text: string): (path: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ pattern: line.replace(/^!/, '').replace(/^\/|\/$/g, ''), leavesOut: !line.startsWith('!') }));
  for (const { pattern, leavesOut } of rules) {
    if (!leavesOut && pattern.includes('/'))
      throw new Error(`.dockerignore: !${pattern} is deeper than can be followed`);
  }
  return (path) => {
    const places = path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
    const rule = rules.findLast(({ pattern }) => places.some((place) => expressionOf(pattern).test(place)));
    return rule?.leavesOut ?? false;
  };
}

/** As in Docker, and other than in a shell, a star stands for names that begin with a dot, too. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/|\*|\?)/).map((part) => wildcards[part] ?? RegExp.escape(part));
  return new RegExp(`^${parts.join('')}$`);
}

const wildcards: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '*': '[^/]*', '?': '[^/]' };
