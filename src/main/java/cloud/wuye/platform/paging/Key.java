package cloud.wuye.platform.paging;

/**
 * One key of an ordering.
 *
 * @param column the SQL expression, such as {@code d.created_at}; the statement must select it under its last name
 * @param type how its values travel in a cursor
 * @param direction which way
 * @param nullable whether the column may be null; then nulls come last in either direction
 */
public record Key(String column, KeyType type, SortDirection direction, boolean nullable) {

    public static Key asc(String column, KeyType type) {
        return new Key(column, type, SortDirection.ASC, false);
    }

    public static Key desc(String column, KeyType type) {
        return new Key(column, type, SortDirection.DESC, false);
    }

    /** The same key over a column that may be null. An index serves it only with the same {@code NULLS LAST}. */
    public Key nullsLast() {
        return new Key(column, type, direction, true);
    }

    Key reversed() {
        return new Key(column, type, direction.opposite(), nullable);
    }

    /** The name of the column in a result row. */
    String label() {
        return column.substring(column.lastIndexOf('.') + 1);
    }

    String orderBy() {
        return column + (direction == SortDirection.ASC ? " asc" : " desc") + (nullable ? " nulls last" : "");
    }

    String comparison() {
        return direction == SortDirection.ASC ? ">" : "<";
    }
}
