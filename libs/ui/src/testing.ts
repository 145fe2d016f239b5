export { provideTestI18n } from './lib/i18n/provide-test-i18n';
