/** Processor time this process has used: what else runs on the machine hardly counts in it, unlike the time on the clock. */
export function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
