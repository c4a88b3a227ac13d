import type { Context, Described, Rule } from '../redocly.ts';

/** Whatever has a name of its own says what it is: people choose by the description, not by the type. */
export const nodeHasDescription: Rule = () => ({
  Parameter: describe,
  Header: describe,
  RequestBody: describe,
  Response: describe,
  Schema(schema, context) {
    if (hasName(context.location.pointer)) describe(schema, context);
  },
});

function describe({ description, $ref }: Described, context: Context): void {
  if ($ref !== undefined || (description ?? '').trim() !== '') return;
  context.report({ message: `${context.key}: add a description. Nobody can tell what it is for.` });
}

/** Schemas have a name as a component or as a member, not as an item or a part of a combinator. */
function hasName(pointer: string): boolean {
  return /\/(?:schemas|properties|\$defs)\/[^/]*$/.test(pointer);
}
