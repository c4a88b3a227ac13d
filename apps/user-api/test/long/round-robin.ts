import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export interface Target {
  readonly url: string;
  /** Where `/readyz` is. */
  readonly admin: string;
}

export interface RoundRobin {
  add(target: Target): void;
  /** Resolves once the target has answered a request; rejects if one has failed, because then more would be in vain. */
  inService(target: Target): Promise<void>;
  /** What was not answered with 200; nothing is tried again. */
  readonly failures: readonly string[];
  stop(): Promise<void>;
}

interface Member extends Target {
  readonly agent: Agent;
  isReady: boolean;
  hasAnswered: boolean;
}

const POLL_MILLISECONDS = 20;

/**
 * What stands before a service in production, in small: sends requests to the ready ones of its targets in turn, over
 * connections that it keeps.
 *
 * @param clients how many requests are under way at once
 */
export function startRoundRobin(clients: number, path: string, headers: Readonly<Record<string, string>>): RoundRobin {
  const members: Member[] = [];
  const failures: string[] = [];
  let isStopped = false;
  let turn = 0;

  async function poll(member: Member): Promise<void> {
    while (!isStopped) {
      member.isReady = await fetch(`${member.admin}/readyz`).then(
        ({ status }) => status === 200,
        () => false,
      );
      await wait(POLL_MILLISECONDS);
    }
  }

  async function sendAll(): Promise<void> {
    while (!isStopped) {
      const ready = members.filter(({ isReady }) => isReady);
      const member = ready[turn % ready.length];
      turn += 1;
      if (member === undefined) await wait(POLL_MILLISECONDS);
      else await send(member);
    }
  }

  async function send(member: Member): Promise<void> {
    const outcome = await exchange(`${member.url}${path}`, member.agent, headers).catch((error: unknown) => error);
    if (outcome === 200) member.hasAnswered = true;
    else failures.push(String(outcome));
  }

  const running = Array.from({ length: clients }, sendAll);
  return {
    add(target) {
      const member = { ...target, agent: new Agent({ keepAlive: true }), isReady: false, hasAnswered: false };
      members.push(member);
      running.push(poll(member));
    },
    async inService(target) {
      while (!members.some(({ url, hasAnswered }) => url === target.url && hasAnswered)) {
        const [failure] = failures;
        if (failure !== undefined) throw new Error(`a request was not answered with 200: ${failure}`);
        await wait(POLL_MILLISECONDS);
      }
    },
    failures,
    async stop() {
      isStopped = true;
      await Promise.all(running);
      for (const { agent } of members) agent.destroy();
    },
  };
}

function exchange(url: string, agent: Agent, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { agent, headers }, (incoming) => {
      incoming.resume();
      incoming.on('end', () => resolve(incoming.statusCode ?? 0));
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
