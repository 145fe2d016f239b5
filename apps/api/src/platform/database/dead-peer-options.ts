/**
 * Options of a connection, by which the server notices within 30 s that the machine of its client is
 * gone, whether it waits for it or has just written to it. By default that takes from a quarter of an
 * hour to two hours, and for so long the others would think it there and silent. They are of TCP, and
 * without effect on a Unix socket.
 */
export const DEAD_PEER_OPTIONS = [
  '-c tcp_keepalives_idle=10',
  '-c tcp_keepalives_interval=5',
  '-c tcp_keepalives_count=4',
  // Only Linux has it, and elsewhere a server says so for each connection.
  ...(process.platform === 'linux' ? ['-c tcp_user_timeout=30000'] : []),
].join(' ');
