package cloud.wuye.platform.paging;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A list statement with its filters, order and page. Values always travel as parameters, written {@code ?} in the
 * fragments given here; column names are the caller's own literals, never a client's text.
 */
public final class Select {
    private static final Pattern OR = Pattern.compile("\\bor\\b", Pattern.CASE_INSENSITIVE);

    private final List<Object> values = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final String from;
    private String tail = "";

    private Select(String selectFrom, Object... values) {
        from = bind(selectFrom, values);
    }

    /** Begins with {@code select … from …}, without a WHERE clause. */
    public static Select of(String selectFrom, Object... values) {
        return new Select(selectFrom, values);
    }

    /** Adds a condition, which holds as a whole whatever stands beside it: one with an OR is bracketed. */
    @CanIgnoreReturnValue
    public Select where(String condition, Object... parameters) {
        String bound = bind(condition, parameters);
        conditions.add(OR.matcher(bound).find() ? "(" + bound + ")" : bound);
        return this;
    }

    /** {@code column = value}; a null value filters nothing. */
    public Select eq(String column, Object value) {
        return value == null ? this : where(column + " = ?", value);
    }

    /** {@code column = any(values)}; null filters nothing, an empty collection lets nothing through. */
    public Select in(String column, Collection<?> any) {
        if (any == null) {
            return this;
        }
        return any.isEmpty() ? where("false") : where(column + " = any(?)", any);
    }

    /** {@code from ≤ column < to}; a null range or end filters nothing. */
    public Select between(String column, InstantRangeInput range) {
        if (range == null) {
            return this;
        }
        if (range.from() != null) {
            where(column + " >= ?", range.from());
        }
        return range.to() == null ? this : where(column + " < ?", range.to());
    }

    /** The text occurs anywhere in the column, whatever its case; null or blank filters nothing. */
    public Select contains(String column, String text) {
        return text == null || text.isBlank() ? this : where(column + " ilike ?", "%" + escaped(text) + "%");
    }

    /** The column begins with the text, exactly; null or blank filters nothing. */
    public Select startsWith(String column, String text) {
        return text == null || text.isBlank() ? this : where(column + " like ?", escaped(text) + "%");
    }

    /** Runs the statement for one page; reads one row more than asked, to know whether rows follow. */
    public <T> Uni<Page<T>> page(SqlConnection connection, Keyset keyset, PageInput page, Function<Row, T> show) {
        return chunk(connection, keyset, page.first(), page.after(), show);
    }

    /**
     * The same for a reader of the service's own, which {@link PageInput#LIMIT} does not bind.
     *
     * @param rows the most rows
     * @param after the cursor of the row before them, or null for the start
     */
    public <T> Uni<Page<T>> chunk(
            SqlConnection connection, Keyset keyset, int rows, String after, Function<Row, T> show) {
        if (after != null) {
            // Before the filters: where one of them bounds the same column, PostgreSQL 18 begins to read an index at
            // the one that is written first, and a filter's span may begin millions of rows before the cursor.
            conditions.add(0, keyset.after(after, this::placeholder));
        }
        // A number and no parameter: PostgreSQL thinks a plan for any limit dear, and would plan each page anew.
        tail = " order by " + keyset.orderBy() + " limit " + (rows + 1);
        return execute(connection).map(found -> cut(found, keyset, rows, after, show));
    }

    /** How many rows the statement gives; no more are counted than {@code atMost}. */
    public Uni<Integer> count(SqlConnection connection, int atMost) {
        String counting = "select count(*)::int from (" + sql() + " limit " + placeholder(atMost) + ") counted";
        return connection.preparedQuery(counting).execute(Tuple.from(values)).map(rows -> rows.iterator()
                .next()
                .getInteger(0));
    }

    /** Runs the statement as it is, with an order and limit of the caller's own such as {@code order by id limit 10}. */
    public <T> Uni<List<T>> list(SqlConnection connection, String tail, Function<Row, T> show) {
        this.tail = " " + tail;
        return execute(connection).map(rows -> {
            var list = new ArrayList<T>(rows.size());
            rows.forEach(row -> list.add(show.apply(row)));
            return list;
        });
    }

    /** The statement so far. */
    public String sql() {
        return from + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions)) + tail;
    }

    private Uni<RowSet<Row>> execute(SqlConnection connection) {
        return connection.preparedQuery(sql()).execute(Tuple.from(values));
    }

    private static <T> Page<T> cut(RowSet<Row> rows, Keyset keyset, int first, String after, Function<Row, T> show) {
        var items = new ArrayList<T>(Math.min(first, rows.size()));
        var cursors = new ArrayList<String>(Math.min(first, rows.size()));
        for (Row row : rows) {
            if (items.size() == first) {
                break;
            }
            items.add(show.apply(row));
            cursors.add(keyset.cursor(row));
        }
        return new Page<>(items, cursors, rows.size() > first, after != null);
    }

    private String bind(String fragment, Object... parameters) {
        var bound = new StringBuilder(fragment.length() + 8);
        int next = 0;
        for (int i = 0; i < fragment.length(); i++) {
            char c = fragment.charAt(i);
            if (c == '?') {
                bound.append(placeholder(parameters[next++]));
            } else {
                bound.append(c);
            }
        }
        if (next != parameters.length) {
            throw new IllegalArgumentException(parameters.length + " values for " + next + " marks in " + fragment);
        }
        return bound.toString();
    }

    private String placeholder(Object value) {
        values.add(sqlValue(value));
        return "$" + values.size();
    }

    /** The types that the PostgreSQL client knows. */
    private static Object sqlValue(Object value) {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Collection<?> collection) {
            var elements = collection.stream().map(Select::sqlValue);
            return collection.iterator().next() instanceof UUID
                    ? elements.toArray(UUID[]::new)
                    : elements.toArray(String[]::new);
        }
        return value;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
