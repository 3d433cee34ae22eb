/** Where a file of the benchmarks lies once it is compiled, for processes that start with it. */
export const compiled = (path: string): string => `test/bench/dist/test/bench/${path}`;
