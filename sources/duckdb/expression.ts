import { DuckDBTypeId, type DuckDBType } from '@duckdb/node-api';

const limit = 2 ** 53;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The SQL of `x` as FLOAT or DOUBLE, never null: null is NaN, and so is an integer beyond ±2^53. */
function numberOf(x: string, type: DuckDBType): string | undefined {
  switch (type.typeId) {
    case DuckDBTypeId.FLOAT:
      return `coalesce(${x}, 'nan'::FLOAT)`;
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT: {
      const low = type.typeId === DuckDBTypeId.BIGINT || type.typeId === DuckDBTypeId.HUGEINT ? -limit : 0;
      return `coalesce(CASE WHEN ${x} BETWEEN ${low} AND ${limit} THEN ${x}::DOUBLE END, 'nan'::DOUBLE)`;
    }
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.BOOLEAN:
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.DECIMAL:
      return `coalesce(${x}::DOUBLE, 'nan'::DOUBLE)`;
    default:
      return undefined;
  }
}

/** The SQL that gives a column as numbers or as a list of numbers; undefined if its type holds neither. */
export function expressionOf(name: string, type: DuckDBType): { sql: string; list: boolean } | undefined {
  const column = quoted(name);
  if (type.typeId !== DuckDBTypeId.LIST && type.typeId !== DuckDBTypeId.ARRAY) {
    const sql = numberOf(column, type);
    return sql === undefined ? undefined : { sql, list: false };
  }
  const { valueType } = type as DuckDBType & { valueType: DuckDBType };
  const element = numberOf('x', valueType);
  if (element === undefined) return undefined;
  return { sql: `coalesce(list_transform(${column}, lambda x: ${element}), [])`, list: true };
}
