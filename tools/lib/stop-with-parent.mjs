// Loaded before a program that another script runs: when that script is gone, however it ended,
// the channel to it closes and the program stops as if asked to.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
