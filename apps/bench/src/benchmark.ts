import { BARE_TABLES } from './bare/bare.statements';
import { withClient } from './data/fill';
import { PILE_UP_UNREAD } from './data/fill.statements';
import { renewSessions } from './data/sessions';
import { openLoop } from './driver/open-loop';
import { readBundleSize } from './measure/bundle-size';
import { readDisk } from './measure/disk';
import { measureScenario, type Arena, type ScenarioResult } from './measure/measure-scenario';
import { measureWorkers, type WorkersResult } from './measure/measure-workers';
import { cpuOf, median } from './measure/median';
import { readMemory, type Memory } from './measure/memory';
import { runRound, type Round } from './measure/round';
import type { Options } from './options';
import { RealtimePart, type Realtime } from './realtime/realtime';
import type { Results } from './results';
import { SCENARIOS } from './scenarios';
import { idleUpdates } from './scenarios/idle.scenarios';
import { Stage } from './stage';
import { BareServer } from './system/bare-server';
import { stopChildren } from './system/child';
import { DatabaseServer } from './system/database-server';
import { canReadProcesses } from './system/processes';
import { programs } from './system/programs';

const STARTS = 3;
const FIXED_RATE_CONNECTIONS = 250;
const FIXED_RATE_ROUNDS = 3;

/** Brings up what is measured, measures it, and takes everything down again. */
export class Benchmark {
  private database: DatabaseServer | null = null;
  private readonly stages: Stage[] = [];
  private underLoad: Memory | null = null;

  constructor(
    private readonly options: Options,
    private readonly folder: string,
    private readonly say: (line: string) => void,
  ) {}

  async run(): Promise<Results> {
    const [large, small] = await this.fill();
    const disk = await withClient(large.databaseUrl, readDisk);
    const database = await this.restartDatabase();
    const startMs = await this.measureStart(large);
    await large.open();
    const atRest = canReadProcesses ? readMemory(large.api, database) : null;
    await small?.open();
    const bare = await BareServer.start(large.databaseUrl, this.folder);
    const arena = { options: this.options, database, bare, large, small };
    const scenarios = await this.measureAll(arena);
    const fixedRate = this.selects('fixed-rate') ? await this.measureFixedRate(arena) : null;
    const realtime = await this.measureRealtime(arena);
    const workers = await this.measureWorkers(arena);
    const piledUp = await this.measurePiledUp(arena, scenarios);
    await this.checkStages();
    return {
      ...{ large: large.name, small: small?.name ?? null, startMs, atRest, disk },
      ...{ scenarios, fixedRate, realtime, workers, piledUp, underLoad: this.underLoad },
      bundles: {
        support: readBundleSize(programs.app('support')),
        admin: readBundleSize(programs.app('admin')),
      },
    };
  }

  /** Takes everything down, however far it had come. */
  async stop(): Promise<void> {
    for (const stage of this.stages) await stage.close();
    await stopChildren();
  }

  private async fill(): Promise<[Stage, Stage | null]> {
    const { messages, baseline } = this.options;
    this.database = await DatabaseServer.start(this.folder);
    const large = await this.fillStage(this.database, messages);
    const small = baseline === null ? null : await this.fillStage(this.database, baseline);
    await withClient(large.databaseUrl, async (client) => {
      for (const statement of BARE_TABLES) await client.query(statement);
      await client.query('VACUUM (ANALYZE)');
    });
    return [large, small];
  }

  private async fillStage(database: DatabaseServer, messages: number): Promise<Stage> {
    this.say(`Filling a database with ${messages} messages`);
    const stage = await Stage.prepare(database, this.folder, messages, this.options);
    this.stages.push(stage);
    return stage;
  }

  /** So that nothing of the filling is in memory when memory is measured. */
  private async restartDatabase(): Promise<DatabaseServer> {
    await this.database?.stop();
    this.database = await DatabaseServer.start(this.folder);
    for (const stage of this.stages) stage.moveTo(this.database);
    return this.database;
  }

  private async measureStart(stage: Stage): Promise<number> {
    this.say('Starting the API');
    const times: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      const api = await stage.startApi();
      times.push(api.startMs);
      await api.stop();
    }
    return median(times);
  }

  private get fixedRateConnections(): number {
    return Math.min(FIXED_RATE_CONNECTIONS, this.options.fixedRate);
  }

  private selects(id: string): boolean {
    return id.includes(this.options.scenario);
  }

  private async measureAll(arena: Arena): Promise<ScenarioResult[]> {
    const results: ScenarioResult[] = [];
    for (const scenario of SCENARIOS.filter(({ id }) => this.selects(id))) {
      this.say(scenario.title);
      results.push(await measureScenario(scenario, arena));
      this.noteMemory(arena);
    }
    return results;
  }

  private noteMemory({ large, database }: Arena): void {
    if (!canReadProcesses) return;
    const now = readMemory(large.api, database);
    this.underLoad = {
      api: Math.max(now.api, this.underLoad?.api ?? 0),
      database: Math.max(now.database, this.underLoad?.database ?? 0),
    };
  }

  private async measureFixedRate({ large, database, options }: Arena): Promise<{
    perSecond: number;
    round: Round;
  }> {
    const perSecond = options.fixedRate;
    this.say(`Idle polls at a fixed rate of ${perSecond} a second`);
    const rounds: Round[] = [];
    for (let count = 0; count < FIXED_RATE_ROUNDS; count += 1) {
      const traffic = await idleUpdates(large);
      const run = { ...options, connections: this.fixedRateConnections };
      rounds.push(
        await runRound(large.api, database, traffic, run, async (load) =>
          openLoop({ ...load, perSecond }),
        ),
      );
    }
    rounds.sort((a, b) => a.figures.p99 - b.figures.p99);
    const middle = rounds[Math.floor(rounds.length / 2)];
    if (!middle) throw new Error('No round.');
    return {
      perSecond,
      round: {
        figures: middle.figures,
        failures: rounds.flatMap(({ failures }) => failures),
        failureCount: rounds.reduce((sum, { failureCount }) => sum + failureCount, 0),
      },
    };
  }

  private async measureRealtime(arena: Arena): Promise<Realtime | null> {
    const selects = (id: string): boolean => this.selects(id);
    if (!['latency', 'most', 'memory'].some((part) => selects(`realtime-${part}`))) return null;
    return new RealtimePart(arena, this.folder, this.say).measure(selects);
  }

  private async measureWorkers(arena: Arena): Promise<WorkersResult[]> {
    if (!this.selects('workers')) return [];
    this.say('Two workers against one');
    await renewSessions(arena.large.client, arena.large.people);
    const two = await arena.large.startApi({ workers: 2 });
    const results = await measureWorkers(arena, two, this.fixedRateConnections);
    await two.stop();
    return results;
  }

  /** The trap of chats that count unread messages as they read: many of them. */
  private async measurePiledUp(
    arena: Arena,
    before: readonly ScenarioResult[],
  ): Promise<ScenarioResult[]> {
    const scenarios = SCENARIOS.filter(({ id, alsoPiledUp }) => alsoPiledUp && this.selects(id));
    if (scenarios.length === 0) return [];
    const { client, people } = arena.large;
    await renewSessions(client, people);
    await client.query(PILE_UP_UNREAD, [people.students.map((student) => student.conversationId)]);
    await client.query('VACUUM (ANALYZE) chat_messages, chat_conversations');
    const results: ScenarioResult[] = [];
    for (const { against: _, ...scenario } of scenarios) {
      this.say(`${scenario.title}, with many unread`);
      const result = await measureScenario(scenario, { ...arena, small: null });
      const earlier = before.find(({ id }) => id === scenario.id);
      const growth = earlier ? cpuOf(result.figures) / cpuOf(earlier.figures) : null;
      results.push({ ...result, growth });
    }
    return results;
  }

  /** After all that load the counts still equal a recount. */
  private async checkStages(): Promise<void> {
    for (const stage of this.stages) await stage.checkConsistency();
  }
}
