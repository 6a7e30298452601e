package cloud.wuye.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * How PostgreSQL plans the statements of a transaction. Left alone it keeps the plan of a prepared statement, until statistics
 * are taken again, unless one for the values looks cheaper. Both are wrong at times: a plan made while a table was empty, that reads
 * all of it, does for a hundred thousand rows what it did for none; and one for the values always looks cheaper where months of a
 * partitioned table fall away, though they do in a kept plan too, and takes longer to make than to carry out.
 */
public final class Plans {
    private static final String ANEW = "SET LOCAL plan_cache_mode = force_custom_plan";

    /** The setting for statements that are planned once and then kept, whatever their values. */
    static final String KEPT = "SET LOCAL plan_cache_mode = force_generic_plan";

    private Plans() {}

    /** Each statement of this transaction is planned for its parameters and the tables as large as they are now. */
    public static Uni<Void> anew(SqlConnection tx) {
        return tx.query(ANEW).execute().replaceWithVoid();
    }
}
