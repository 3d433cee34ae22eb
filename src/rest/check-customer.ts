/** A body may name its customer, which can only be the caller's. Nothing is said about whether another exists. */
import { type Fault, Problem } from '../problem.ts';

export function checkCustomer(customerId: string | null, own: string, errors?: readonly Fault[]): void {
  if (customerId === null || customerId.toLowerCase() === own) return;
  const facts = errors === undefined ? {} : { errors };
  throw new Problem('FORBIDDEN', `You act for the customer ${own} and cannot create rows of another.`, facts);
}
