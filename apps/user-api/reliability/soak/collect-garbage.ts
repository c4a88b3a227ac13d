import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Preloaded into a service under test: what it tells of its memory is what is left after a collection. Otherwise a busy
 * process shows for minutes what it has just not collected yet.
 */

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');
const { memoryUsage } = process;

function usageAfterCollection(): NodeJS.MemoryUsage {
  if (typeof collect === 'function') collect();
  return memoryUsage();
}

process.memoryUsage = Object.assign(usageAfterCollection, { rss: memoryUsage.rss });
