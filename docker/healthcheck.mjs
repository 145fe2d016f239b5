// Exits with 0 while the server in this container can serve.
const url = `http://127.0.0.1:${process.env.PORT ?? 3000}/health/ready`;
const response = await fetch(url, { signal: AbortSignal.timeout(4_000) }).catch(() => undefined);
process.exit(response?.ok ? 0 : 1);
