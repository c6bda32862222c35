/** What every `$SRV` reply begins with (NATS ADR-32, "ServiceIdentity"). */
export interface ServiceIdentity {
  readonly name: string;
  readonly id: string;
  readonly version: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface PingReply extends ServiceIdentity {
  readonly type: "io.nats.micro.v1.ping_response";
}

export interface InfoReply extends ServiceIdentity {
  readonly type: "io.nats.micro.v1.info_response";
  readonly description: string;
  readonly endpoints: readonly EndpointInfo[];
}

export interface EndpointInfo {
  readonly name: string;
  readonly subject: string;
  readonly queue_group: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface StatsReply extends ServiceIdentity {
  readonly type: "io.nats.micro.v1.stats_response";
  /** RFC 3339, UTC. */
  readonly started: string;
  readonly endpoints: readonly EndpointStatsReply[];
}

/** Times are integer nanoseconds; the `nats` command line refuses a reply without `last_error`. */
export interface EndpointStatsReply {
  readonly name: string;
  readonly subject: string;
  readonly queue_group: string;
  readonly num_requests: number;
  readonly num_errors: number;
  readonly last_error: string;
  readonly processing_time: number;
  readonly average_processing_time: number;
}
