package cloud.wuye.platform.secret;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Secrets of companies that a feature keeps sealed; after the platform's key has been changed they are sealed anew. */
public interface SealedSecrets {
    /** What they belong to, in the plural, for the log. */
    String owners();

    /** The table that they stand in; it has a {@code tenant_id}. */
    String table();

    /**
     * Seals with the key of now whatever of the running unit's company is sealed with another, and leaves the rest as it is.
     * Rows are locked; it may be repeated. Tells how many owners' secrets were sealed anew.
     */
    Uni<Integer> sealAnew(SqlConnection tx);
}
