import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Trusted Types for the Angular apps; a second policy header, since the API's own pages lack them. */
export const APP_TRUSTED_TYPES =
  "require-trusted-types-for 'script'; trusted-types angular angular#bundler support-chat#worker";

/** The headers of every answer, errors and files included (OWASP ASVS 5.0, chapter 3). */
export function useSecurityHeaders(app: NestFastifyApplication): void {
  app.useSecurityHeaders({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: "'self'",
        baseUri: "'none'",
        connectSrc: "'self'",
        fontSrc: "'self'",
        formAction: "'self'",
        frameAncestors: "'none'",
        // Images of messages are fetched with the caller's token and shown from memory.
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: "'none'",
        scriptSrc: "'self'",
        scriptSrcAttr: "'none'",
        // Angular puts each component's styles into the page as it is first shown.
        styleSrc: ["'self'", "'unsafe-inline'"],
      },
    },
    strictTransportSecurity: { maxAge: 31_536_000 },
    xFrameOptions: { action: 'deny' },
  });
}
