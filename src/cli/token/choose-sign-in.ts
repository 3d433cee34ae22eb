/** One of the places where a person may sign in; whoever has several is told them, with the option that chooses. */
import type { SignIn } from '../../store/sign-ins.ts';
import { CommandFailure } from '../command-failure.ts';

export interface Choice {
  readonly organization?: string;
  readonly customer?: string;
}

export function chooseSignIn(email: string, signIns: readonly SignIn[] | null, choice: Choice): SignIn {
  if (signIns === null) throw new CommandFailure(`Nobody here has the email ${email}.`);
  if (signIns.length === 0) {
    throw new CommandFailure(`${email} may not sign in: the user is inactive, or an active member of no organization.`);
  }
  const customers = distinct(signIns, ({ customerId }) => customerId);
  const inCustomer = signIns.filter(({ customerId }) => customerId === (choice.customer ?? customerId));
  if (inCustomer.length === 0) {
    throw new CommandFailure(
      `${email} is not known to the customer ${choice.customer}, but to ${listCustomers(customers)}.`,
    );
  }
  if (choice.customer === undefined && choice.organization === undefined && customers.length > 1) {
    throw new CommandFailure(
      `${email} is known to several customers: ${listCustomers(customers)}. Choose with --customer.`,
      true,
    );
  }
  const chosen = inCustomer.filter(({ organizationId }) => organizationId === (choice.organization ?? organizationId));
  const [one, other] = chosen;
  if (one === undefined) {
    throw new CommandFailure(
      `${email} is no active member of ${choice.organization}, but of ${listOrganizations(inCustomer)}.`,
    );
  }
  if (other === undefined) return one;
  if (choice.organization !== undefined) {
    throw new CommandFailure(
      `Several customers have that organization: ${listCustomers(chosen)}. Choose with --customer.`,
      true,
    );
  }
  throw new CommandFailure(
    `${email} is a member of several organizations: ${listOrganizations(chosen)}. Choose with --organization.`,
    true,
  );
}

function distinct(signIns: readonly SignIn[], keyOf: (signIn: SignIn) => string): readonly SignIn[] {
  return [...new Map(signIns.map((signIn) => [keyOf(signIn), signIn])).values()];
}

function listCustomers(signIns: readonly SignIn[]): string {
  return signIns.map(({ customerId, customerName }) => `${customerName} (${customerId})`).join(', ');
}

function listOrganizations(signIns: readonly SignIn[]): string {
  return signIns.map(({ organizationId, organizationName }) => `${organizationName} (${organizationId})`).join(', ');
}
