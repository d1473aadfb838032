// What the browser gets where our contract says "zod/mini" (next.config.js, docs/decisions/023): the builders that the
// contract uses, over zod's own core, by name. The bundler cannot tell which classes of zod/mini a page needs and ships
// all of them (22 kB); named imports of the core it can (12 kB). Types and the server keep to zod/mini itself; a builder
// that is missing here fails the build, and zod-mini.test.ts holds both to the same answers.
import {
  _boolean,
  _gte,
  _isoDateTime,
  _lte,
  _maxLength,
  _minLength,
  _multipleOf,
  _number,
  _regex,
  _string,
  _uuid,
  $constructor,
  $ZodArray,
  $ZodBoolean,
  $ZodEnum,
  $ZodISODateTime,
  $ZodLiteral,
  $ZodNullable,
  $ZodNumber,
  $ZodObject,
  $ZodOptional,
  $ZodPipe,
  $ZodRecord,
  $ZodString,
  $ZodTransform,
  $ZodUnion,
  $ZodUUID,
  clone,
  parse as coreParse,
  safeParse as coreSafeParse,
} from "zod/v4/core";

/** A class of the core with the one method that the contract calls. */
const withCheck = (name, core) =>
  /*@__PURE__*/ $constructor(name, (schema, def) => {
    core.init(schema, def);
    schema.check = (...checks) =>
      clone(schema, { ...def, checks: [...(def.checks ?? []), ...checks] }, { parent: true });
  });

const MiniString = /*@__PURE__*/ withCheck("MiniString", $ZodString);
const MiniUuid = /*@__PURE__*/ withCheck("MiniUuid", $ZodUUID);
const MiniDateTime = /*@__PURE__*/ withCheck("MiniDateTime", $ZodISODateTime);
const MiniNumber = /*@__PURE__*/ withCheck("MiniNumber", $ZodNumber);
const MiniBoolean = /*@__PURE__*/ withCheck("MiniBoolean", $ZodBoolean);
const MiniArray = /*@__PURE__*/ withCheck("MiniArray", $ZodArray);
const MiniObject = /*@__PURE__*/ withCheck("MiniObject", $ZodObject);
const MiniUnion = /*@__PURE__*/ withCheck("MiniUnion", $ZodUnion);
const MiniRecord = /*@__PURE__*/ withCheck("MiniRecord", $ZodRecord);
const MiniEnum = /*@__PURE__*/ withCheck("MiniEnum", $ZodEnum);
const MiniLiteral = /*@__PURE__*/ withCheck("MiniLiteral", $ZodLiteral);
const MiniNullable = /*@__PURE__*/ withCheck("MiniNullable", $ZodNullable);
const MiniOptional = /*@__PURE__*/ withCheck("MiniOptional", $ZodOptional);
const MiniPipe = /*@__PURE__*/ withCheck("MiniPipe", $ZodPipe);
const MiniTransform = /*@__PURE__*/ withCheck("MiniTransform", $ZodTransform);

export const string = () => _string(MiniString);
export const uuid = () => _uuid(MiniUuid);
export const number = () => _number(MiniNumber);
export const boolean = () => _boolean(MiniBoolean);
export const iso = { datetime: (options) => _isoDateTime(MiniDateTime, options) };
export const array = (element) => new MiniArray({ type: "array", element });
export const object = (shape) => new MiniObject({ type: "object", shape });
export const union = (options) => new MiniUnion({ type: "union", options, inclusive: true });
export const record = (keyType, valueType) => new MiniRecord({ type: "record", keyType, valueType });
export const literal = (value) => new MiniLiteral({ type: "literal", values: [value] });
export const nullable = (innerType) => new MiniNullable({ type: "nullable", innerType });
export const optional = (innerType) => new MiniOptional({ type: "optional", innerType });
export const pipe = (from, to) => new MiniPipe({ type: "pipe", in: from, out: to });
export const transform = (change) => new MiniTransform({ type: "transform", transform: change });

const enumOf = (values) =>
  new MiniEnum({ type: "enum", entries: Object.fromEntries(values.map((value) => [value, value])) });

export const maxLength = (length) => _maxLength(length);
export const minLength = (length) => _minLength(length);
export const minimum = (value) => _gte(value);
export const maximum = (value) => _lte(value);
export const multipleOf = (value) => _multipleOf(value);
export const regex = (pattern) => _regex(pattern);
export const parse = (schema, value) => coreParse(schema, value);
export const safeParse = (schema, value) => coreSafeParse(schema, value);
export { enumOf as enum };
