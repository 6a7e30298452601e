package cloud.wuye.platform.db;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Many rows as a few arrays, one a column, for statements that take a batch by {@code unnest}; and what the client calls a
 * {@code timestamptz} as the instant that it is. Absent values stay absent.
 */
public final class Columns {
    private Columns() {}

    /** One value of each row, in the rows' order. */
    public static <R, T> T[] column(
            Collection<R> rows, IntFunction<T[]> array, Function<? super R, ? extends T> value) {
        T[] column = array.apply(rows.size());
        int i = 0;
        for (R row : rows) {
            column[i++] = value.apply(row);
        }
        return column;
    }

    /** Ids. */
    public static <R> UUID[] uuids(Collection<R> rows, Function<? super R, UUID> value) {
        return column(rows, UUID[]::new, value);
    }

    /** Texts. */
    public static <R> String[] texts(Collection<R> rows, Function<? super R, String> value) {
        return column(rows, String[]::new, value);
    }

    /** Exact numbers. */
    public static <R> BigDecimal[] numbers(Collection<R> rows, Function<? super R, BigDecimal> value) {
        return column(rows, BigDecimal[]::new, value);
    }

    /** Instants. */
    public static <R> OffsetDateTime[] times(Collection<R> rows, Function<? super R, Instant> value) {
        return column(rows, OffsetDateTime[]::new, row -> utc(value.apply(row)));
    }

    /** An instant as the client takes it. */
    public static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** An instant as a row has it in the column of that name. */
    public static Instant instant(Row row, String column) {
        return instant(row, row.getColumnIndex(column));
    }

    /** An instant as a row has it in that column, counted from 0. */
    public static Instant instant(Row row, int column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
