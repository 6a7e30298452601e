package cloud.wuye.platform.retention;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;

/** Rows of one kind that grow without end; a feature makes a bean of this and {@link ForgetOldRows} finds it. */
public interface OldRows {
    /** Its word in {@code wuye.retention.keep.<kind>}. */
    String kind();

    /** The least age that may be asked for: younger rows are still needed, whatever the settings say. */
    Duration least();

    /**
     * Removes rows that are older and owed to nobody.
     *
     * @param tx sees all tenants
     * @param before what came about before this
     * @param atMost how many at once, so that locks are short
     * @return how many it removed; 0 when there are no more
     */
    Uni<Integer> forget(SqlConnection tx, Instant before, int atMost);
}
