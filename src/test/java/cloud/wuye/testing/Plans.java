package cloud.wuye.testing;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** PostgreSQL's plans as text. */
public final class Plans {
    private static final String TYPES =
            "SELECT parameter_types::text[] FROM pg_prepared_statements WHERE name = 'kept'";

    private Plans() {}

    /** What an EXPLAIN answered, a line of it in a line. */
    public static String text(RowSet<Row> explained) {
        return StreamSupport.stream(explained.spliterator(), false)
                .map(row -> row.getString(0) + "\n")
                .collect(Collectors.joining());
    }

    /** The plan for these values. */
    public static Uni<String> of(SqlClient connection, String options, String sql, Tuple values) {
        return connection
                .preparedQuery("EXPLAIN (" + options + ") " + sql)
                .execute(values)
                .map(Plans::text);
    }

    /**
     * The plan that is kept for whatever values, as a statement has it that is prepared once and executed often; run with these
     * values. In a transaction, whose settings it changes.
     */
    public static Uni<String> kept(SqlConnection tx, String options, String sql, Tuple values) {
        return tx.query("SET LOCAL plan_cache_mode = force_generic_plan")
                .execute()
                .chain(() -> tx.query("PREPARE kept AS " + sql).execute())
                .chain(() -> tx.query(TYPES).execute())
                .map(rows -> List.of(rows.iterator().next().getArrayOfStrings(0)))
                .call(types -> handOver(tx, types, values))
                .chain(types ->
                        tx.query("EXPLAIN (" + options + ") " + execute(types)).execute())
                .map(Plans::text)
                .call(() -> tx.query("DEALLOCATE kept").execute());
    }

    /**
     * EXPLAIN EXECUTE takes no parameters from outside, but expressions: each value is a setting of the transaction's, where an
     * empty text is as good as none.
     */
    private static Uni<Void> handOver(SqlConnection tx, List<String> types, Tuple values) {
        List<Object> given = new ArrayList<>();
        IntStream.range(0, values.size()).forEach(i -> given.add(values.getValue(i)));
        String settings = IntStream.range(0, types.size())
                .mapToObj(i -> "set_config('kept.p" + i + "', $" + (i + 1) + "::" + types.get(i) + "::text, true)")
                .collect(Collectors.joining(", "));
        return types.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery("SELECT " + settings)
                        .execute(Tuple.from(given))
                        .replaceWithVoid();
    }

    private static String execute(List<String> types) {
        return "EXECUTE kept"
                + (types.isEmpty()
                        ? ""
                        : IntStream.range(0, types.size())
                                .mapToObj(i -> "nullif(current_setting('kept.p" + i + "'), '')::" + types.get(i))
                                .collect(Collectors.joining(", ", "(", ")")));
    }
}
