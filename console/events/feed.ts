/** One look into the ledger a second for everybody who listens, and none while nobody does. */
import type { Change } from '../../ledger/changes';

/** Told everything that changed, in whatever order; what is in his sight is the listener's own question. */
export type Listener = (changes: readonly Change[]) => void;

/** People see each other's work within a second; a look costs one read of an index. */
const EVERY_MS = 1_000;
/** A look that took long (a backlog, a busy database) is followed by a rest five times as long. */
const REST = 5;
const LONGEST_REST_MS = 60_000;

export class Feed {
  private readonly listeners = new Set<Listener>();
  private timer: NodeJS.Timeout | null = null;
  private read: (() => Promise<Change[]>) | null = null;

  /** @param reader begins to read from now on */
  constructor(private readonly reader: () => () => Promise<Change[]>) {}

  /** Tells the listener of changes from now on, until the answer is called. */
  async listen(listener: Listener): Promise<() => void> {
    if (this.read === null) {
      this.read = this.reader();
      // The first look only marks where it begins: it must be over before its listener shows anything.
      await this.read();
    }
    this.listeners.add(listener);
    if (this.timer === null) this.waitFor(EVERY_MS);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.read = null;
  }

  private waitFor(ms: number): void {
    this.timer = setTimeout(() => void this.look(), ms);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    const { read } = this;
    const began = performance.now();
    // A database that is away is asked again: what it has meanwhile is read then.
    const changes = read ? await read().catch(() => []) : [];
    if (this.read !== read || read === null) return;
    if (changes.length > 0) for (const listener of [...this.listeners]) listener(changes);
    if (this.listeners.size === 0) return this.stop();
    this.waitFor(Math.min(LONGEST_REST_MS, Math.max(EVERY_MS, (performance.now() - began) * REST)));
  }
}
