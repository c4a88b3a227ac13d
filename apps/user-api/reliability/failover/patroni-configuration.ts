/** How long Patroni waits for what, in seconds. */
export interface PatroniTimes {
  /** A leader that does not renew its lease for so long is not the leader any more. Patroni takes no less than 20. */
  readonly ttl: number;
  readonly loopWait: number;
  /** Patroni demands that loopWait and twice this are not more than the ttl. */
  readonly retryTimeout: number;
}

export interface PatroniNodeSettings {
  readonly name: string;
  readonly data: string;
  readonly passwordFile: string;
  /** Ports of 127.0.0.1. */
  readonly ports: { readonly postgres: number; readonly rest: number; readonly etcd: number };
  readonly password: string;
  /** The folder of PostgreSQL's programs. */
  readonly binaries: string;
  readonly times: PatroniTimes;
}

/**
 * The configuration of a node, as JSON, which is YAML too. Synchronous mode is strict: without a standby that has them,
 * no change is acknowledged.
 */
export function patroniConfiguration(settings: PatroniNodeSettings): string {
  const { name, data, passwordFile, ports, password, binaries } = settings;
  const local = (port: number): string => `127.0.0.1:${port}`;
  return JSON.stringify({
    scope: 'user-api',
    name,
    restapi: { listen: local(ports.rest), connect_address: local(ports.rest) },
    etcd3: { hosts: [local(ports.etcd)] },
    bootstrap: { dcs: sharedConfiguration(settings), initdb: [{ encoding: 'UTF8' }, { locale: 'C' }] },
    postgresql: {
      listen: local(ports.postgres),
      connect_address: local(ports.postgres),
      data_dir: data,
      bin_dir: binaries,
      pgpass: passwordFile,
      authentication: {
        superuser: { username: 'postgres', password },
        replication: { username: 'replicator', password },
      },
      parameters: { unix_socket_directories: '', lc_messages: 'C' },
      pg_hba: ['host all all 127.0.0.1/32 scram-sha-256', 'host replication replicator 127.0.0.1/32 scram-sha-256'],
    },
    watchdog: { mode: 'off' },
  });
}

/** What all nodes have from the first one. */
function sharedConfiguration({ times }: PatroniNodeSettings) {
  return {
    ttl: times.ttl,
    loop_wait: times.loopWait,
    retry_timeout: times.retryTimeout,
    synchronous_mode: true,
    synchronous_mode_strict: true,
    postgresql: {
      use_pg_rewind: true,
      parameters: { synchronous_commit: 'on', password_encryption: 'scram-sha-256' },
    },
  };
}
