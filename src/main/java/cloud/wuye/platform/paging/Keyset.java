package cloud.wuye.platform.paging;

import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A total order over the rows of a list, from which a page can be resumed after any row.
 *
 * <p>The last key must be unique (the id), else rows that tie at a page's end are lost or shown twice.
 */
public final class Keyset {
    private final List<Key> keys;

    private Keyset(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * An order by these keys.
     *
     * @throws IllegalArgumentException when there is no key, or the last one may be null
     */
    public static Keyset by(Key... keys) {
        if (keys.length == 0 || keys[keys.length - 1].nullable()) {
            throw new IllegalArgumentException("A keyset ends with a unique column that is never null");
        }
        return new Keyset(List.of(keys));
    }

    /** The same keys with every direction turned round; nulls stay last. */
    public Keyset reversed() {
        return new Keyset(keys.stream().map(Key::reversed).toList());
    }

    /** This order if its first key already goes the wanted way (or none is wanted), else the reverse. */
    public Keyset towards(SortDirection direction) {
        return direction == null || keys.get(0).direction() == direction ? this : reversed();
    }

    /** The cursor of a row, which must carry every key's column. */
    public String cursor(Row row) {
        var values = new ArrayList<Object>(keys.size());
        for (Key key : keys) {
            values.add(key.type().read(row, key.label()));
        }
        return Cursor.encode(signature(), values);
    }

    /** {@code k1 asc, k2 desc nulls last, id asc}, without the words ORDER BY. */
    public String orderBy() {
        return keys.stream().map(Key::orderBy).collect(Collectors.joining(", "));
    }

    /**
     * The condition "after this cursor".
     *
     * @param placeholder takes a value and returns the placeholder that stands for it, such as {@code $3}
     * @throws cloud.wuye.platform.problem.Problem when the cursor was not made for this order
     */
    public String after(String cursor, Function<Object, String> placeholder) {
        List<Object> values = Cursor.decode(cursor, signature(), keys);
        return isUniform() ? rowComparison(values, placeholder) : stepwise(0, values, placeholder);
    }

    /**
     * One direction and no nulls: a row comparison, which PostgreSQL answers from one index range. The first column's bound
     * by itself says nothing more to an index, but leaves out a partitioned table's partitions, which a row comparison does not:
     * the months between a list's beginning and the cursor are not opened.
     */
    private String rowComparison(List<Object> values, Function<Object, String> placeholder) {
        Key first = keys.get(0);
        var columns = keys.stream().map(Key::column).collect(Collectors.joining(", "));
        var bounds = values.stream().map(placeholder).toList();
        String beyond = "(" + columns + ") " + first.comparison() + " (" + String.join(", ", bounds) + ")";
        return keys.size() == 1
                ? beyond
                : beyond + " and " + first.column() + " " + first.comparison() + "= " + bounds.get(0);
    }

    private String stepwise(int index, List<Object> values, Function<Object, String> placeholder) {
        Key key = keys.get(index);
        Object value = values.get(index);
        boolean last = index == keys.size() - 1;
        if (value == null) {
            // Nulls are last, so only the later keys can still be greater.
            return "(" + key.column() + " is null and " + stepwise(index + 1, values, placeholder) + ")";
        }
        String bound = placeholder.apply(value);
        String beyond = key.column() + " " + key.comparison() + " " + bound;
        if (key.nullable()) {
            beyond += " or " + key.column() + " is null";
        }
        return last
                ? "(" + beyond + ")"
                : "(" + beyond + " or (" + key.column() + " = " + bound + " and "
                        + stepwise(index + 1, values, placeholder) + "))";
    }

    private boolean isUniform() {
        var first = keys.get(0).direction();
        return keys.stream().noneMatch(key -> key.nullable() || key.direction() != first);
    }

    /** Names the order, so that a cursor of one order is refused by another. */
    private String signature() {
        return Integer.toHexString(orderBy().hashCode());
    }
}
