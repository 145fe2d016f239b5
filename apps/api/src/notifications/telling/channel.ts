/** By what people are told while they are not looking. */
export type Channel = 'push' | 'mail';
