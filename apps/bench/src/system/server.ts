/** Something that answers HTTP requests and can be measured. */
export interface Server {
  readonly port: number;
  /** All its processes. */
  pids(): number[];
  stop(): Promise<void>;
}
