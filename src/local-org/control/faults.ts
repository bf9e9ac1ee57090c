import type { Fault } from './control-requests.ts';

interface ArmedFault {
  readonly id: number;
  readonly fault: Fault;
  seen: number;
  hits: number;
}

export interface FaultRequest {
  readonly method: string;
  readonly path: string;
  readonly body: () => Promise<string>;
}

/** Faults waiting for their requests. They live in the process alone: a restarted org is a healthy one. */
export interface FaultBoard {
  add(fault: Fault): { id: number };
  list(): { id: number; fault: Fault; seen: number; hits: number }[];
  clear(): void;
  /** The faults this request is to suffer, in order of their making; counts them as hit. */
  take(request: FaultRequest): Promise<Fault[]>;
}

export function openFaultBoard(): FaultBoard {
  let nextId = 1;
  let armed: ArmedFault[] = [];
  return {
    add(fault) {
      const id = nextId;
      nextId += 1;
      armed.push({ id, fault, seen: 0, hits: 0 });
      return { id };
    },
    list: () => armed.map((entry) => ({ ...entry })),
    clear() {
      armed = [];
    },
    async take(request) {
      const taken: Fault[] = [];
      for (const entry of armed) {
        if (!(await matches(entry.fault.match, request))) continue;
        entry.seen += 1;
        const { after, times } = entry.fault;
        if (entry.seen <= after || (times !== undefined && entry.hits >= times)) continue;
        entry.hits += 1;
        taken.push(entry.fault);
      }
      return taken;
    },
  };
}

async function matches(match: Fault['match'], request: FaultRequest): Promise<boolean> {
  if (match.method !== undefined && match.method.toUpperCase() !== request.method) return false;
  if (!new RegExp(match.path, 'u').test(request.path)) return false;
  return match.body === undefined || new RegExp(match.body, 'su').test(await request.body());
}
