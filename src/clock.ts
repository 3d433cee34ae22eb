/** The only place that asks what time it is, so that everything else can be given another clock. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
