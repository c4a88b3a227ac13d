import { once } from 'node:events';
import { type Cluster, createCluster, findBinaries, postgresMissing } from '@contract-first/testing';
import { createProgram } from '../reliability/harness/program.ts';

/** What such a program may send. Every order is answered with the URL of the server that it was about. */
const orders = {
  start: (cluster: Cluster) => cluster.start(),
  stop: (cluster: Cluster) => cluster.stop('fast'),
  crash: (cluster: Cluster) => cluster.stop('crash'),
  standby: (cluster: Cluster) => cluster.startStandby(),
};

const description = `A throw-away PostgreSQL on 127.0.0.1, until Ctrl-C. A program that starts it with an IPC channel can stop and start it,
and add a standby.`;

await createProgram('postgres', description)
  .argument('[settings...]', 'of postgresql.conf, such as max_connections=5')
  .action(async (settings: readonly string[]) => {
    process.exitCode = await run(settings);
  })
  .parseAsync();

async function run(given: readonly string[]): Promise<number> {
  const binaries = findBinaries();
  if (binaries === null) {
    console.error(postgresMissing);
    return 1;
  }
  const end = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'].map((event) => once(process, event)));
  const settings = given.map((setting) => /^(\w+)=(.*)$/s.exec(setting) ?? [setting, setting, '']);
  const cluster = await createCluster(binaries, Object.fromEntries(settings.map(([, name, value]) => [name, value])));
  try {
    await cluster.start();
    obey(cluster);
    if (process.send) process.send(cluster.url);
    else console.log(`DATABASE_URL=${cluster.url}\nCtrl-C stops it and removes its data.`);
    await end;
  } finally {
    await cluster.remove();
  }
  return 0;
}

function obey(cluster: Cluster): void {
  process.on('message', async (order: keyof typeof orders) => {
    const about = await orders[order](cluster);
    process.send?.(about?.url ?? cluster.url);
  });
}
