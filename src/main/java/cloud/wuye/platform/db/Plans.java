package cloud.wuye.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * How PostgreSQL plans the statements of a transaction. It keeps the plan of a prepared statement until statistics are taken
 * again: made while a table was empty, one that reads all of it does for a hundred thousand rows what it did for none.
 */
public final class Plans {
    private static final String ANEW = "SET LOCAL plan_cache_mode = force_custom_plan";

    private Plans() {}

    /** Each statement of this transaction is planned for its parameters and the tables as large as they are now. */
    public static Uni<Void> anew(SqlConnection tx) {
        return tx.query(ANEW).execute().replaceWithVoid();
    }
}
