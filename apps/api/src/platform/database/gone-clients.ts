/**
 * Options of a connection, by which the server notices within 30 s that the machine of its client is
 * gone: by default that takes two hours, and for so long the others would think it there and silent.
 * They are of TCP, and without effect on a Unix socket.
 */
export const GONE_CLIENTS =
  '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4';
