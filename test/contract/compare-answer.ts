/** Where an answer is not what its operation says: the status, the media type, the body, the headers. */
import type { Description, Operation } from './description.ts';
import type { Answer } from './request.ts';

export function compareAnswer(description: Description, operation: Operation, answer: Answer): readonly string[] {
  const { status, headers, mediaType, body } = answer;
  const shown = JSON.stringify(body)?.slice(0, 1_000) ?? 'nothing';
  const response = operation.responses[String(status)];
  if (response === undefined) return [`${status} is not described: ${shown}`];
  const faults: string[] = [];
  if (body === undefined) {
    if (response.content !== undefined) faults.push(`${status} should hold something`);
  } else {
    const media = response.content?.[mediaType];
    if (media === undefined) faults.push(`${status} with ${mediaType} is not described`);
    else faults.push(...description.faultsOf(media.schema, body).map((fault) => `${fault} in ${shown}`));
  }
  for (const [name, { required = false, schema }] of Object.entries(response.headers ?? {})) {
    const value = headers[name.toLowerCase()];
    if (value !== undefined) faults.push(...description.faultsOf(schema, value).map((fault) => `${name} ${fault}`));
    else if (required) faults.push(`${name} is missing from ${status}`);
  }
  return faults;
}
