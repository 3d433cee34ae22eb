/** The selections that ask for everything: a whole envelope as REST shows it, and the data that a patch is applied to. */
import type { Attribute, Resource } from '../model.ts';
import type { Output } from './selection.ts';

/** Every declared attribute in the order of the declaration. */
export function wholeData(resource: Resource): readonly Output[] {
  return Object.entries(resource.declaration.fields).map(([key, field]): Output => {
    if (field.storage === 'column') return { kind: 'attribute', key, attribute: at(resource, ['data', key]) };
    if (field.storage === 'group') {
      const group = Object.keys(field.members).map((member) => at(resource, ['data', key, member]));
      return { kind: 'object', key, group, members: group.map(attributeOutput) };
    }
    const rows = resource.rows.find(({ path }) => path[1] === key)!;
    return { kind: 'rows', key, rows, members: field.bare ? null : rows.members.map(attributeOutput) };
  });
}

/** `{ id, customerId, securityGroupId, data, meta }` */
export function wholeEnvelope(resource: Resource): readonly Output[] {
  const [top, meta] = [1, 2].map((depth) => resource.envelope.filter(({ path }) => path.length === depth));
  const label: Output = { kind: 'constant', key: 'resource', json: JSON.stringify(resource.label) };
  return [
    ...top!.map(attributeOutput),
    { kind: 'object', key: 'data', members: wholeData(resource) },
    { kind: 'object', key: 'meta', members: [label, ...meta!.map(attributeOutput)] },
  ];
}

export function attributeOutput(attribute: Attribute): Output {
  return { kind: 'attribute', key: attribute.path.at(-1)!, attribute };
}

function at(resource: Resource, path: readonly string[]): Attribute {
  return resource.attributes.find((attribute) => attribute.path.join('/') === path.join('/'))!;
}
