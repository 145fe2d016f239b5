export * from './lib/i18n/i18n';
export * from './lib/i18n/languages';
export * from './lib/i18n/provide-i18n';
export type * from './lib/i18n/translation-keys';
export * from './lib/preferences';
