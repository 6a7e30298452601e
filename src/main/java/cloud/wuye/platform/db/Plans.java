package cloud.wuye.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * How PostgreSQL plans the statements of a transaction. Left alone it keeps the plan of a prepared statement, until statistics are
 * taken again, unless one for the values looks cheaper. Either is wrong at times.
 */
public final class Plans {
    private static final String ANEW = "SET LOCAL plan_cache_mode = force_custom_plan";

    /**
     * The setting for statements that are planned once and then kept, whatever their values. Where months of a partitioned table
     * fall away by the values, a plan for these always looks cheaper, though the months fall away in a kept plan too; and making
     * it takes longer than carrying it out. Only for statements that have one good way, whatever the table holds.
     */
    static final String KEPT = "SET LOCAL plan_cache_mode = force_generic_plan";

    private Plans() {}

    /**
     * Each statement of this transaction is planned for its parameters and the tables as large as they are now: a plan made while
     * a table was empty, that reads all of it, does for a hundred thousand rows what it did for none.
     */
    public static Uni<Void> anew(SqlConnection tx) {
        return tx.query(ANEW).execute().replaceWithVoid();
    }
}
