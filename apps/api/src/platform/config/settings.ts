/** How much of the start-up and the requests is logged; pino's levels. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Where files are kept, and how to get in. */
export interface S3Settings {
  /** Without a trailing slash. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** How mails go out. */
export interface MailSettings {
  /** `smtp://` or `smtps://` address, with user and password where the server wants them. */
  smtpUrl: string;
  /** What mails come from: an address, or a name and an address. */
  from: string;
  /** How long a message must have been unread. */
  delayMinutes: number;
  /** Whether mails show what was written. */
  withText: boolean;
}

/** Everything an operator can set, read and checked once at start. */
export class Settings {
  /** Where to listen; port 0 takes any free one. */
  readonly port!: number;
  readonly host!: string;
  /** `postgres://` address, or null for the embedded database. */
  readonly databaseUrl!: string | null;
  /** Absolute path of the folder for the embedded database, uploads and generated secrets. */
  readonly dataDir!: string;
  /** At least 32 bytes, or null where one is generated into `dataDir`. */
  readonly jwtSecret!: string | null;
  /** The administrator to make sure of at start. */
  readonly admin!: { email: string; password: string } | null;
  readonly demoData!: boolean;
  readonly rateLimits!: boolean;
  /** Whether anyone may register. */
  readonly registration!: boolean;
  /** Whether `/metrics` answers on the public port. */
  readonly publicMetrics!: boolean;
  /** Own port for `/metrics`, on the same host, or null. */
  readonly metricsPort!: number | null;
  /** Address people use, without a trailing slash, or null when unknown. */
  readonly publicUrl!: string | null;
  /** Further origins whose pages may call the API. */
  readonly allowedOrigins!: readonly string[];
  /** Proxies whose `X-Forwarded-For` is believed: addresses or CIDR ranges. */
  readonly trustedProxies!: readonly string[];
  readonly logLevel!: LogLevel;
  /** `redis://` address of the bus and the shared memory, or null: PostgreSQL carries the bus. */
  readonly redisUrl!: string | null;
  /** Whether browsers may be told by push. */
  readonly push!: boolean;
  /** Push services besides those of the browsers: `host`, `*.host`, `host:port`, `http://host:port`. */
  readonly pushHosts!: readonly string[];
  /** Whether pushes show what was written. */
  readonly pushWithText!: boolean;
  /** How long a message must have been unread before a push tells of it. */
  readonly pushDelaySeconds!: number;
  /** Null: no mails. */
  readonly mail!: MailSettings | null;
  /** How many processes share the port. */
  readonly workers!: number;
  /** The S3 server that keeps uploaded files, or null: a folder in `dataDir` does. */
  readonly s3!: S3Settings | null;
  readonly production!: boolean;

  constructor(values: Settings) {
    Object.assign(this, values);
  }
}
