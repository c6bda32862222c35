/** One method's share of a worker. */
export interface Lane<Job> {
  running: number;
  readonly limit: number;
  readonly waiting: Job[];
  /** Index of the first job of `waiting` that has not been taken. */
  head: number;
}

export interface AdmissionOptions<Job> {
  /** Calls that run at once, over all lanes. */
  readonly maxConcurrency: number;
  /** Calls that wait, over all lanes. */
  readonly maxQueue: number;
  start(job: Job): void;
}

/**
 * Bounds what a worker takes on: a call runs, waits, or is refused. Nothing waits
 * anywhere else: callback subscriptions of the client buffer nothing, while its
 * iterators buffer without bound (49,999 messages seen).
 */
export class Admission<Job> {
  readonly #lanes: Lane<Job>[] = [];
  readonly #options: AdmissionOptions<Job>;
  #running = 0;
  #waiting = 0;
  #turn = 0;
  #pumping = false;
  #onIdle: (() => void) | undefined;

  constructor(options: AdmissionOptions<Job>) {
    this.#options = options;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting;
  }

  addLane(limit: number): Lane<Job> {
    const lane: Lane<Job> = { running: 0, limit, waiting: [], head: 0 };
    this.#lanes.push(lane);
    return lane;
  }

  /** True, with the place taken, when a call may run now. */
  tryStart(lane: Lane<Job>): boolean {
    if (this.#running >= this.#options.maxConcurrency || lane.running >= lane.limit) {
      return false;
    }
    this.#running++;
    lane.running++;
    return true;
  }

  /** True when the job waits now; false when the queue is full. */
  tryQueue(lane: Lane<Job>, job: Job): boolean {
    if (this.#waiting >= this.#options.maxQueue) {
      return false;
    }
    this.#waiting++;
    lane.waiting.push(job);
    return true;
  }

  /** A call that ran is over. */
  leave(lane: Lane<Job>): void {
    this.#running--;
    lane.running--;
    if (this.#waiting > 0) {
      this.#pump();
    }
    if (this.#running === 0 && this.#waiting === 0) {
      this.#onIdle?.();
    }
  }

  /** Takes everything that waits out of the queue. */
  takeWaiting(): Job[] {
    const jobs = this.#lanes.flatMap((lane) => lane.waiting.splice(0).slice(lane.head));
    for (const lane of this.#lanes) {
      lane.head = 0;
    }
    this.#waiting = 0;
    return jobs;
  }

  idle(): Promise<void> {
    if (this.#running === 0 && this.#waiting === 0) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#onIdle = resolve;
    });
  }

  /**
   * Starts what may start, one lane after the other, so that a busy method does
   * not starve the rest. A job that ends while it is being started (a synchronous
   * handler) comes back here; the loop goes on in place of a deeper call.
   */
  #pump(): void {
    if (this.#pumping) {
      return;
    }
    this.#pumping = true;
    try {
      let blocked = 0;
      while (this.#waiting > 0 && blocked < this.#lanes.length) {
        this.#turn = (this.#turn + 1) % this.#lanes.length;
        const lane = this.#lanes[this.#turn];
        if (lane === undefined || lane.head === lane.waiting.length || !this.tryStart(lane)) {
          blocked++;
          continue;
        }
        blocked = 0;
        const job = lane.waiting[lane.head++];
        this.#waiting--;
        // shift() of a long array moves every element; so the front is cut off in blocks.
        if (lane.head === lane.waiting.length || lane.head >= 1024) {
          lane.waiting.splice(0, lane.head);
          lane.head = 0;
        }
        if (job !== undefined) {
          this.#options.start(job);
        }
      }
    } finally {
      this.#pumping = false;
    }
  }
}
