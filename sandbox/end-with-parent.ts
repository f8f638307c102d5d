// Loaded into a program that keep-running.ts starts. Without it a demo killed with kill -9 would leave its shop behind,
// which would hold the data folder's lock against the next one.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
