/** Something that answers HTTP requests and can be measured. */
export interface Server {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}
